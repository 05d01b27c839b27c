import type { Instant } from '../../kernel/clock.ts'

export const stateTypes = [
  'SCHEDULED',
  'PENDING',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'CRASHED',
  'PAUSED',
  'CANCELLING',
] as const
export type StateType = (typeof stateTypes)[number]

export const isStateType = (text: string): text is StateType => (stateTypes as readonly string[]).includes(text)

export const terminalTypes = ['COMPLETED', 'CANCELLED', 'FAILED', 'CRASHED'] as const satisfies readonly StateType[]

const terminal: ReadonlySet<StateType> = new Set(terminalTypes)

export const isTerminalType = (type: StateType): boolean => terminal.has(type)

/** What a caller asks a run to become. */
export interface ProposedState {
  readonly type: StateType
  readonly name: string
  readonly message: string | null
  /** Any JSON; the SDK keeps its result record here and wants it back verbatim. */
  readonly data: unknown
  readonly details: StateDetails
}

/** A state that some run was in. */
export interface StoredState extends ProposedState {
  readonly id: string
  readonly workspaceId: string
  readonly timestamp: Instant
  /** Who brought the run there. */
  readonly actorId: string
  readonly actorName: string
}

/** A state a flow run was in: its place in the run's history is `ordinal`, counted from 1. */
export interface StateRecord extends StoredState {
  readonly flowRunId: string
  readonly ordinal: number
}

/** A state a task run was in. They are reported in any order, so that only their times tell it. */
export interface TaskRunStateRecord extends StoredState {
  readonly taskRunId: string
}

/** The SDK's own keys, kept as it sends them: what is unknown here must come back unchanged. */
export interface StateDetails {
  readonly scheduled_time?: string | null
  readonly transition_id?: string | null
  readonly pause_timeout?: string | null
  readonly pause_reschedule?: boolean
  readonly pause_key?: string | null
  /** Where the parts of a pause's question are kept: keys of the run's inputs. */
  readonly run_input_keyset?: Readonly<Record<string, unknown>> | null
  readonly flow_run_id?: string | null
  readonly task_run_id?: string | null
  readonly child_flow_run_id?: string | null
  readonly cache_key?: string | null
  readonly cache_expiration?: string | null
  readonly refresh_cache?: boolean | null
  readonly retriable?: boolean | null
  readonly deferred?: boolean | null
  readonly task_parameters_id?: string | null
  readonly [key: string]: unknown
}

export const isTerminal = (state: Pick<ProposedState, 'type'> | null): boolean => state !== null && terminal.has(state.type)

export const defaultName = (type: StateType): string => type.charAt(0) + type.slice(1).toLowerCase()

/** The peer's notion of a result that is stored somewhere: a non-empty object that does not say it is unpersisted. */
export function hasPersistedData(state: Pick<ProposedState, 'data'>): boolean {
  const { data } = state
  if (typeof data !== 'object' || data === null || Array.isArray(data) || Object.keys(data).length === 0) return false
  return (data as { type?: unknown }).type !== 'unpersisted'
}
