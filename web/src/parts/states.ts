import { namesOfTypes } from './state-names.ts'

export type StateType = 'SCHEDULED' | 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'CRASHED' | 'PAUSED' | 'CANCELLING'
export type Family = 'scheduled' | 'waiting' | 'pending' | 'running' | 'completed' | 'failed' | 'crashed' | 'paused' | 'cancelled'
export type Mark = keyof typeof marks

export interface StateLook {
  family: Family
  mark: Mark
  label: string
}

/** Body and glyph on a 16-unit grid. A glyph on a filled body is cut out of it, on a hollow one it is drawn. */
export const marks = {
  scheduled: { body: 'ring', glyph: 'M8 4.6V8l2.3 1.6' },
  late: { body: 'disc', glyph: 'M8 3.9V8l2.8 1.9' },
  awaitingRetry: { body: 'none', glyph: 'M13.6 8A5.6 5.6 0 1 1 11.7 3.8M13.3 1.4V4.7H10' },
  awaitingSlot: { body: 'ring', glyph: 'M5.2 8h5.6' },
  resuming: { body: 'ring', glyph: 'M6.9 5.6v4.8L10.6 8Z', isSolid: true },
  pending: { body: 'dashes', glyph: '' },
  running: { body: 'turning', glyph: '' },
  completed: { body: 'disc', glyph: 'M4.8 8.2 7.1 10.5 11.3 5.9' },
  cached: { body: 'ring', glyph: 'M5.3 8.2 7.2 10.1 10.8 6.2' },
  rolledBack: { body: 'disc', glyph: 'M5.4 6.6h3.4a2.2 2.2 0 1 1 0 4.4H6.6M7.2 4.6l-2 2 2 2' },
  failed: { body: 'square', glyph: 'M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2' },
  timedOut: { body: 'square', glyph: 'M8 4.2V8l2.5 1.8' },
  crashed: { body: 'triangle', glyph: 'M8 6v3.1M8 11.4v.1' },
  paused: { body: 'none', glyph: 'M3.4 2.5h3v11h-3ZM9.6 2.5h3v11h-3Z', isSolid: true },
  suspended: { body: 'ring', glyph: 'M6.6 5.6v4.8M9.4 5.6v4.8' },
  cancelling: { body: 'dashes', glyph: 'M5 11 11 5' },
  cancelled: { body: 'ring', glyph: 'M3.9 12.1 12.1 3.9' },
} as const satisfies Record<
  string,
  { body: 'ring' | 'disc' | 'dashes' | 'turning' | 'square' | 'triangle' | 'none'; glyph: string; isSolid?: boolean }
>

const byType: Record<StateType, StateLook> = {
  SCHEDULED: { family: 'scheduled', mark: 'scheduled', label: 'Scheduled' },
  PENDING: { family: 'pending', mark: 'pending', label: 'Pending' },
  RUNNING: { family: 'running', mark: 'running', label: 'Running' },
  COMPLETED: { family: 'completed', mark: 'completed', label: 'Completed' },
  FAILED: { family: 'failed', mark: 'failed', label: 'Failed' },
  CANCELLED: { family: 'cancelled', mark: 'cancelled', label: 'Cancelled' },
  CRASHED: { family: 'crashed', mark: 'crashed', label: 'Crashed' },
  PAUSED: { family: 'paused', mark: 'paused', label: 'Paused' },
  CANCELLING: { family: 'cancelled', mark: 'cancelling', label: 'Cancelling' },
}

/** Where a name is drawn or told otherwise than its type and its own words say. */
const byName: Record<string, Partial<StateLook>> = {
  'SCHEDULED/Late': { family: 'waiting', mark: 'late' },
  'SCHEDULED/AwaitingRetry': { family: 'waiting', mark: 'awaitingRetry' },
  'SCHEDULED/AwaitingConcurrencySlot': { family: 'waiting', mark: 'awaitingSlot', label: 'Awaiting slot' },
  'SCHEDULED/Resuming': { mark: 'resuming' },
  'PENDING/InfrastructurePending': { label: 'Starting infrastructure' },
  'COMPLETED/Cached': { mark: 'cached' },
  'COMPLETED/RolledBack': { mark: 'rolledBack' },
  'FAILED/TimedOut': { mark: 'timedOut' },
  'PAUSED/Suspended': { mark: 'suspended' },
  'PAUSED/NotReady': { label: 'Not ready' },
}

/** "RolledBack" as people say it: "Rolled back". */
const inWords = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

/** A name made up by a user takes mark and family of its type and is shown as written. */
export const lookOf = (type: StateType, name: string = byType[type].label): StateLook => ({
  ...byType[type],
  label: namesOfTypes[type].includes(name) ? inWords(name) : name,
  ...byName[`${type}/${name}`],
})

const typesByName = new Map(Object.entries(namesOfTypes).flatMap(([type, names]) => names.map(name => [name, type as StateType] as const)))

/** Undefined for a name that somebody made up. */
export const typeOfName = (name: string): StateType | undefined => typesByName.get(name)

/** Trouble first. */
export const stateTypes: readonly StateType[] = [
  'FAILED',
  'CRASHED',
  'PAUSED',
  'CANCELLING',
  'PENDING',
  'RUNNING',
  'SCHEDULED',
  'COMPLETED',
  'CANCELLED',
]

/** What one can choose from: each type, then the names that stand for a part of it. */
export const knownStates: readonly { type: StateType; name?: string }[] = stateTypes.flatMap(type => [
  { type },
  ...namesOfTypes[type].slice(1).map(name => ({ type, name })),
])

export const isStateType = (word: string): word is StateType => word in byType

export const isFinal = (type: StateType | null | undefined): boolean =>
  type === 'COMPLETED' || type === 'FAILED' || type === 'CRASHED' || type === 'CANCELLED'
