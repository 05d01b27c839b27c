// The Python environment of the SDK tests: made once in .cache/sdk, and again when the pins change.
import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Shared } from './shared.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folder = here('../../.cache/sdk')
const stamp = join(folder, 'made-from')
const pins = [here('../sdk/requirements.txt'), here('../sdk/constraints.txt')]

/** Why there is no Python for the SDK here, or undefined. */
export function missingPython(): string | undefined {
  if (findPython()) return undefined
  return 'no Python 3.10 to 3.14 with venv was found: install python3 and python3-venv, or name one with the environment variable PYTHON'
}

/** Answers the path of an interpreter that can import the pinned SDK. */
export async function makePython(): Promise<Shared> {
  const interpreter = join(folder, 'bin', 'python')
  const isMade = existsSync(interpreter) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
  if (!isMade) await make(interpreter)
  return { value: interpreter, stop: async () => {} }
}

/** Without blocking: the process that makes it answers all test files meanwhile. */
async function make(interpreter: string): Promise<void> {
  const python = findPython()
  if (!python) throw new Error(missingPython())
  process.stderr.write('Making the Python environment of the SDK tests in .cache/sdk, once …\n')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await runOrThrow(python, ['-m', 'venv', folder])
  const [requirements, constraints] = pins as [string, string]
  await runOrThrow(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements, '-c', constraints])
  writeFileSync(stamp, fingerprint())
}

function findPython(): string | undefined {
  const names = [process.env['PYTHON'], 'python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', '/usr/bin/python3']
  const question = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 14))'
  return names.find(name => name && spawnSync(name, ['-c', question]).status === 0)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of pins) hash.update(readFileSync(path))
  return hash.digest('hex')
}

function runOrThrow(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')} failed: ${`${stdout}${stderr}`.trim() || error.message}`))
      else resolve()
    })
  })
}
