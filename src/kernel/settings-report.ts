import { definitions, type Settings } from './settings.ts'

/** A setting as it is in force, told as it would be written in the environment. */
export interface SettingReport {
  readonly name: string
  /** The peer's name for it. */
  readonly peerName: string | null
  readonly description: string
  readonly isSecret: boolean
  /** Null where there is none. That of a secret is masked. */
  readonly value: string | null
  readonly defaultValue: string | null
  readonly isChanged: boolean
  /** An environment name, an option, a profile, or `default`. */
  readonly source: string
}

const MASK = '********'

export const reportSettings = (settings: Settings, { showsSecrets = false } = {}): SettingReport[] =>
  Object.entries(definitions).map(([key, { name, aliases, description, schema, isSecret = false }]) => {
    const value = written(settings[key as keyof typeof definitions])
    const defaultValue = written(schema.parse(undefined))
    return {
      name,
      peerName: aliases[0] ?? null,
      description,
      isSecret,
      value: isSecret && !showsSecrets && value !== null ? MASK : value,
      defaultValue,
      isChanged: value !== defaultValue,
      source: settings.sources[key as keyof typeof definitions],
    }
  })

const written = (value: unknown): string | null => (value === undefined ? null : Array.isArray(value) ? value.join(',') : String(value))
