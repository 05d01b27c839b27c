// The matrix of transitions whose answers are recorded from the peer's own server: every kind of state to every kind, in ten situations.

import { FUTURE, type Labelled, PAST, stored, type WireState, wire } from '../states.ts'

export interface Situation {
  readonly name: string
  readonly hasDeployment?: boolean
  readonly isSubflow?: boolean
  readonly isForced?: boolean
  readonly policy?: Readonly<Record<string, unknown>>
  /** Laid over the details of the state it comes from, and of the one proposed. */
  readonly fromDetails?: Readonly<Record<string, unknown>>
  readonly toDetails?: Readonly<Record<string, unknown>>
}

export interface Cell {
  readonly key: string
  readonly situation: Situation
  readonly from: WireState | null
  readonly to: WireState
}

const states: readonly Labelled[] = [
  { label: 'Scheduled', type: 'SCHEDULED', name: 'Scheduled', state_details: { scheduled_time: PAST } },
  { label: 'Late', type: 'SCHEDULED', name: 'Late', state_details: { scheduled_time: PAST } },
  { label: 'AwaitingRetry', type: 'SCHEDULED', name: 'AwaitingRetry', state_details: { scheduled_time: PAST } },
  { label: 'Resuming', type: 'SCHEDULED', name: 'Resuming', state_details: { scheduled_time: PAST } },
  { label: 'Pending', type: 'PENDING', name: 'Pending' },
  { label: 'Submitting', type: 'PENDING', name: 'Submitting' },
  { label: 'Running', type: 'RUNNING', name: 'Running' },
  { label: 'Retrying', type: 'RUNNING', name: 'Retrying' },
  { label: 'Completed', type: 'COMPLETED', name: 'Completed' },
  { label: 'Completed+', type: 'COMPLETED', name: 'Completed', data: stored },
  { label: 'Completed-', type: 'COMPLETED', name: 'Completed', data: { type: 'unpersisted' } },
  { label: 'Failed', type: 'FAILED', name: 'Failed' },
  { label: 'Crashed', type: 'CRASHED', name: 'Crashed' },
  { label: 'Cancelled', type: 'CANCELLED', name: 'Cancelled' },
  { label: 'Cancelling', type: 'CANCELLING', name: 'Cancelling' },
  { label: 'Paused', type: 'PAUSED', name: 'Paused', state_details: { pause_timeout: FUTURE, pause_key: 'first' } },
  {
    label: 'Suspended',
    type: 'PAUSED',
    name: 'Suspended',
    state_details: { pause_timeout: FUTURE, pause_reschedule: true, pause_key: 'first' },
  },
]

const situations: readonly Situation[] = [
  { name: 'ad hoc' },
  { name: 'deployed', hasDeployment: true },
  { name: 'forced', isForced: true },
  { name: 'forced, deployed', isForced: true, hasDeployment: true },
  { name: 'retries left', policy: { retries: 3, retry_delay: 60 } },
  { name: 'retries left, deployed', policy: { retries: 3, retry_delay: 60 }, hasDeployment: true },
  { name: 'subflow', isSubflow: true },
  { name: 'pause fired, resuming', policy: { pause_keys: ['first'], resuming: true }, hasDeployment: true },
  { name: 'due in the future, pause timed out', hasDeployment: true, fromDetails: { scheduled_time: FUTURE, pause_timeout: PAST } },
  {
    name: 'same transition id',
    hasDeployment: true,
    fromDetails: { transition_id: '00000000-0000-4000-8000-000000000001' },
    toDetails: { transition_id: '00000000-0000-4000-8000-000000000001' },
  },
]

export const cells: readonly Cell[] = situations.flatMap(situation =>
  [null, ...states].flatMap(from =>
    states.map(to => ({
      key: `${situation.name}: ${from?.label ?? 'none'} → ${to.label}`,
      situation,
      from: from && wire(from, situation.fromDetails),
      to: wire(to, situation.toDetails),
    })),
  ),
)
