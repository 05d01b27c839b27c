import { z } from 'zod'
import { type StoredState, stateTypes } from '../../core/states/index.ts'
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
    details: state_details,
  }))

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
