import { z } from 'zod'
import { type StoredState, stateTypes } from '../../core/states/index.ts'
import { seconds, toIso } from '../../kernel/clock.ts'
import { jsonObject } from '../../kernel/inputs.ts'
import { time } from './wire.ts'

/** A state as the SDK proposes it. */
export const wireState = z
  .object({
    type: z.enum(stateTypes),
    name: z.string().nullish(),
    message: z.string().nullish(),
    data: z.unknown().optional(),
    state_details: jsonObject.nullish(),
  })
  .strict()
  .transform(({ type, name, message, data, state_details }) => ({
    type,
    name,
    message,
    data: isUnpersisted(data) ? null : data,
    details: state_details && withIsoTimes(state_details),
  }))

const times = ['scheduled_time', 'pause_timeout', 'cache_expiration']
const LATEST_SECONDS = 253_402_300_799

/** Some releases of the SDK send the times among the details as seconds since 1970, which the peer reads as well. */
const withIsoTimes = (details: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, times.includes(key) && isSeconds(value) ? toIso(seconds(value)) : value]),
  )

const isSeconds = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= LATEST_SECONDS

/** What the SDK sends where no result is kept: the peer keeps nothing of it either. */
const isUnpersisted = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && (data as { type?: unknown }).type === 'unpersisted'

/** Every key of the peer's details, so that a strict reader finds what it expects. */
const blankDetails = {
  flow_run_id: null,
  task_run_id: null,
  child_flow_run_id: null,
  scheduled_time: null,
  cache_key: null,
  cache_expiration: null,
  deferred: false,
  untrackable_result: false,
  pause_timeout: null,
  pause_reschedule: false,
  pause_key: null,
  run_input_keyset: null,
  refresh_cache: null,
  retriable: null,
  transition_id: null,
  task_parameters_id: null,
  traceparent: null,
  deployment_concurrency_lease_id: null,
}

export const stateToWire = (state: StoredState) => ({
  id: state.id,
  type: state.type,
  name: state.name,
  timestamp: time(state.timestamp),
  message: state.message,
  data: state.data,
  state_details: { ...blankDetails, ...state.details },
})
