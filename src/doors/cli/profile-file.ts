import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'smol-toml'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Profile } from '../../kernel/settings.ts'

const file = z.object({
  active: z.string().default('default'),
  profiles: z.record(z.string(), z.record(z.string(), z.coerce.string())).default({}),
})

/** All profiles of this user, in `profiles.toml` of the home folder. There is always one named default. */
export interface Profiles {
  readonly active: string
  readonly profiles: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export function readProfiles(home: string): Profiles {
  const path = join(home, 'profiles.toml')
  const text = readIfThere(path)
  if (text === undefined) return { active: 'default', profiles: { default: {} } }
  try {
    const { active, profiles } = file.parse(structuredClone(JSON.parse(JSON.stringify(parse(text)))))
    return { active: active in profiles ? active : 'default', profiles: { default: {}, ...profiles } }
  } catch (error) {
    throw new AppError('INVALID', `${path} cannot be read: ${(error as Error).message}`, { path }, { cause: error })
  }
}

/** Written beside and moved into place, readable by its owner alone: it may hold passwords. */
export function writeProfiles(home: string, profiles: Profiles): void {
  mkdirSync(home, { recursive: true })
  const path = join(home, 'profiles.toml')
  writeFileSync(`${path}.new`, `${stringify(profiles)}\n`, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}

export const activeProfile = (home: string): Profile => {
  const { active, profiles } = readProfiles(home)
  return { name: active, values: profiles[active] ?? {} }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
