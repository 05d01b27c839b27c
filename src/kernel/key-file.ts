import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { printKeys } from './key-texts.ts'

const remark = `# The keys that the secrets in the database are sealed with, the current one first.
# Keep a copy of this file apart from the copies of the database: without it nobody can read the secrets again.
`

/** Whole or not at all, and for its owner alone. Keys that seal something are on the disk before anything that is sealed with them. */
export function writeKeyFile(path: string, keys: readonly Buffer[]): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.draft`
  const file = openSync(draft, 'w', 0o600)
  try {
    fchmodSync(file, 0o600)
    writeSync(file, remark + printKeys(keys))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
