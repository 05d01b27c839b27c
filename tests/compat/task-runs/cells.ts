// The matrix of task runs whose answers are recorded from the peer's own server: every kind of state to every kind in several situations, and what the
// rules of retries, results under a key, flow runs around and subflows turn on.

import { FUTURE, type Labelled, PAST, stored, type WireState, wire } from '../states.ts'

/** Where the task run is: in a flow run that is in some state, or in none. */
export const places = [
  'running',
  'scheduled',
  'pending',
  'completed',
  'failed',
  'crashed',
  'cancelled',
  'cancelling',
  'paused',
  'suspended',
  'retrying',
] as const
export type Place = (typeof places)[number] | 'background'

/** Under which key a result is known: the ground has lent one under each of the first three. */
export type KnownKey = 'lasting' | 'until the future' | 'until the past' | 'unknown'

type Details = Readonly<Record<string, unknown>>

/** What happens around one transition. */
export interface Situation {
  readonly name: string
  readonly place?: Place
  readonly isForced?: boolean
  readonly policy?: Details
  /** How it got to where it comes from: each accepted, or forced. */
  readonly before?: readonly { readonly state: WireState; readonly isForced: boolean }[]
  /** Laid over the details of the state it comes from, and of the one proposed. */
  readonly fromDetails?: Details
  readonly toDetails?: Details
  readonly knownKey?: KnownKey
  /** A key of the cell's own; another task run asks for its result afterwards. */
  readonly ownKey?: string
  /** What is proposed is proposed to a flow run that the task run stands for. */
  readonly isSubflow?: boolean
  /** The state is given at creation. */
  readonly isCreated?: boolean
}

export interface Cell {
  readonly key: string
  readonly situation: Situation
  readonly from: WireState | null
  readonly to: WireState
}

const states: readonly Labelled[] = [
  { label: 'Scheduled', type: 'SCHEDULED', name: 'Scheduled', state_details: { scheduled_time: PAST } },
  { label: 'AwaitingRetry', type: 'SCHEDULED', name: 'AwaitingRetry', state_details: { scheduled_time: PAST } },
  { label: 'Pending', type: 'PENDING', name: 'Pending' },
  { label: 'Running', type: 'RUNNING', name: 'Running' },
  { label: 'Retrying', type: 'RUNNING', name: 'Retrying' },
  { label: 'Completed', type: 'COMPLETED', name: 'Completed' },
  { label: 'Completed+', type: 'COMPLETED', name: 'Completed', data: stored },
  { label: 'Completed-', type: 'COMPLETED', name: 'Completed', data: { type: 'unpersisted' } },
  { label: 'Failed', type: 'FAILED', name: 'Failed', message: 'It failed.' },
  { label: 'Crashed', type: 'CRASHED', name: 'Crashed' },
  { label: 'Cancelled', type: 'CANCELLED', name: 'Cancelled' },
  { label: 'Cancelling', type: 'CANCELLING', name: 'Cancelling' },
  { label: 'Paused', type: 'PAUSED', name: 'Paused', state_details: { pause_timeout: FUTURE, pause_key: 'first' } },
  { label: 'NotReady', type: 'PAUSED', name: 'NotReady', state_details: { pause_timeout: FUTURE, pause_reschedule: true } },
]

const labelled = (...labels: readonly string[]) => states.filter(({ label }) => labels.includes(label))
const running = { type: 'RUNNING', name: 'Running' }
const forced = { state: running, isForced: true }
const accepted = { state: running, isForced: false }

const deferred = { deferred: true, task_parameters_id: '00000000-0000-4000-8000-00000000000a' }
const transitionId = { transition_id: '00000000-0000-4000-8000-000000000001' }

const wholeSituations: readonly Situation[] = [
  { name: 'in a flow' },
  { name: 'in the background', place: 'background' },
  { name: 'forced', isForced: true },
  { name: 'deferred', place: 'background', fromDetails: deferred, toDetails: { deferred: true } },
  { name: 'deferred, forced', place: 'background', isForced: true, fromDetails: deferred, toDetails: { deferred: true } },
  { name: 'deferred, in a flow', fromDetails: deferred, toDetails: { deferred: true } },
  { name: 'retries left', policy: { retries: 3, retry_delay: 60 } },
  { name: 'deferred, retries left', place: 'background', policy: { retries: 3, retry_delay: 60 }, toDetails: { deferred: true } },
  { name: 'retries used up', policy: { retries: 1 }, before: [forced, forced] },
  { name: 'has run in this attempt', before: [accepted] },
  { name: 'due in the future', fromDetails: { scheduled_time: FUTURE } },
  {
    name: 'deferred, due in the future',
    place: 'background',
    fromDetails: { ...deferred, scheduled_time: FUTURE },
    toDetails: { deferred: true },
  },
  { name: 'same transition id', fromDetails: transitionId, toDetails: transitionId },
  { name: 'in a paused flow', place: 'paused' },
  { name: 'in a cancelled flow', place: 'cancelled' },
  { name: 'stands for a subflow', isSubflow: true },
]

const across = (situations: readonly Situation[], froms: readonly (Labelled | null)[], tos: readonly Labelled[]): Cell[] =>
  situations.flatMap(situation =>
    froms.flatMap(from =>
      tos.map(to => ({
        key: `${situation.name}: ${from?.label ?? 'none'} → ${to.label}`,
        situation,
        from: from && wire(from, situation.fromDetails),
        to: wire(to, situation.toDetails),
      })),
    ),
  )

/** As core, forced and deferred proposals. */
const threeWays = (situation: Situation): Situation[] => [
  situation,
  { ...situation, name: `${situation.name}, forced`, isForced: true },
  { ...situation, name: `${situation.name}, deferred`, toDetails: { ...situation.toDetails, deferred: true } },
]

const flowsAround = places.map(place => ({ name: `in a flow that is ${place}`, place }))

const knownKeys: readonly Situation[] = [
  ...(['lasting', 'until the future', 'until the past', 'unknown'] as const).map(knownKey => ({ name: `result ${knownKey}`, knownKey })),
  { name: 'result lasting, to be refreshed', knownKey: 'lasting' as const, toDetails: { refresh_cache: true } },
]

const ownKeys: readonly Situation[] = [
  { name: 'key', ownKey: 'k' },
  { name: 'key until the future', ownKey: 'k', toDetails: { cache_expiration: FUTURE } },
  { name: 'key until the past', ownKey: 'k', toDetails: { cache_expiration: PAST } },
  { name: 'key of the greatest length', ownKey: 'k'.repeat(1900) },
  { name: 'key that is too long', ownKey: 'k'.repeat(2001) },
]

const retryPolicies: Readonly<Record<string, Details>> = {
  'no policy': {},
  'no retries': { retries: 0 },
  'a retry': { retries: 1 },
  'three retries': { retries: 3 },
  'three retries at once': { retries: 3, retry_delay: 0 },
  'three retries, a delay': { retries: 3, retry_delay: 5 },
  'three retries, three delays': { retries: 3, retry_delay: [10, 100, 200] },
  'three retries, two delays': { retries: 3, retry_delay: [10, 100] },
  'three retries, a delay with jitter': { retries: 3, retry_delay: 100, retry_jitter_factor: 1 },
  'three retries, delays with jitter': { retries: 3, retry_delay: [50, 100], retry_jitter_factor: 0.5 },
  'three retries, jitter of no delay': { retries: 3, retry_jitter_factor: 1 },
  'retries of long ago': { max_retries: 3, retry_delay_seconds: 10 },
}

const retries: readonly Situation[] = Object.entries(retryPolicies).flatMap(([name, policy]) =>
  [1, 2, 3, 4].flatMap(run =>
    [undefined, true, false].flatMap(retriable =>
      threeWays({
        name: `${name}, run ${run}${retriable === undefined ? '' : `, retriable: ${retriable}`}`,
        policy,
        before: Array.from({ length: run - 1 }, () => forced),
        ...(retriable === undefined ? {} : { toDetails: { retriable } }),
      }),
    ),
  ),
)

const created: readonly Situation[] = [
  { name: 'created in a flow', isCreated: true },
  { name: 'created in a cancelled flow', isCreated: true, place: 'cancelled' },
  { name: 'created in the background', isCreated: true, place: 'background' },
  { name: 'created, deferred', isCreated: true, place: 'background', toDetails: deferred },
  {
    name: 'created, deferred, due in the future',
    isCreated: true,
    place: 'background',
    toDetails: { ...deferred, scheduled_time: FUTURE },
  },
]

const withoutData = states.filter(({ data }) => data === undefined)

export const cells: readonly Cell[] = [
  ...across(wholeSituations, [null, ...states], states),
  ...across(flowsAround, [null, ...states], labelled('Running', 'Retrying')),
  ...across(knownKeys.flatMap(threeWays), [null, ...states], labelled('Running')),
  ...across(
    ownKeys.flatMap(threeWays),
    [null, ...labelled('Running', 'Completed+', 'Failed')],
    labelled('Completed', 'Completed+', 'Completed-', 'Failed'),
  ),
  ...across(retries, labelled('Running'), labelled('Failed')),
  ...across(created, [null], withoutData),
]
