import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEY_BYTES, type Key, keyOf } from './envelope.ts'
import { AppError } from './errors.ts'
import type { Ids } from './ids.ts'
import { writeKeyFile } from './key-file.ts'
import { parseKeys } from './key-texts.ts'
import { definitions, type Settings } from './settings.ts'
import type { DatabaseKind } from './storage.ts'

/** The keys that secrets are sealed and opened with. */
export interface KeyRing {
  /** The current one first, then older ones, which only open. Empty while none was given or made. */
  readonly keys: readonly Key[]
  /** Where they come from, to be named in a refusal. */
  readonly source: string
  /** Whether new keys are made here; else whoever runs the server gives them. */
  readonly canMake: boolean
  /** Makes a new current key; the others stay and open what they have sealed. */
  make(): Key
  /** Forgets all keys but the current one. */
  forgetOlder(): void
}

interface Site {
  readonly settings: Settings
  readonly ids: Ids
  readonly kind: DatabaseKind
}

export const KEY_FILE = 'encryption.key'

/** From the settings; else on SQLite from a file in the home folder, in memory for as long as the process lives, and on Postgres none. */
export function openKeyRing({ settings, ids, kind }: Site): KeyRing {
  const { encryptionKey, encryptionKeyFile, sources, home } = settings
  if (encryptionKey !== undefined) return given(parseKeys(encryptionKey), sources.encryptionKey)
  if (encryptionKeyFile !== undefined) return given(readGivenFile(encryptionKeyFile), `${sources.encryptionKeyFile} (${encryptionKeyFile})`)
  if (kind === 'postgres') return given([], `${definitions.encryptionKey.name} or ${definitions.encryptionKeyFile.name}`)
  if (kind === 'sqlite-memory') return making([], 'memory', ids, () => undefined)
  const path = join(home, KEY_FILE)
  return making(existsSync(path) ? readKeys(path) : [], path, ids, keys => writeKeyFile(path, keys))
}

function given(bytes: readonly Buffer[], source: string): KeyRing {
  const refuse = (): never => {
    throw new AppError('LOCKED', `The keys of ${source} are changed by whoever runs this server.`)
  }
  return { keys: bytes.map(keyOf), source, canMake: false, make: refuse, forgetOlder: () => undefined }
}

function making(found: readonly Buffer[], source: string, ids: Ids, save: (keys: readonly Buffer[]) => void): KeyRing {
  let bytes = found
  let keys = bytes.map(keyOf)
  const keep = (next: readonly Buffer[]) => {
    save(next)
    bytes = next
    keys = next.map(keyOf)
  }
  return {
    get keys() {
      return keys
    },
    source,
    canMake: true,
    make() {
      keep([Buffer.from(ids.bytes(KEY_BYTES)), ...bytes])
      return keys[0]!
    },
    forgetOlder: () => keep(bytes.slice(0, 1)),
  }
}

function readGivenFile(path: string): readonly Buffer[] {
  const setting = definitions.encryptionKeyFile
  if (!existsSync(path)) throw new AppError('INVALID', `${setting.name} names ${path}, which does not exist. ${setting.description}`)
  return readKeys(path)
}

function readKeys(path: string): readonly Buffer[] {
  const keys = parseKeys(readFileSync(path, 'utf8'))
  if (keys.length > 0) return keys
  throw new AppError('INVALID', `${path} holds no key: one a line is expected, each of ${KEY_BYTES} bytes in base64 or hexadecimal.`)
}
