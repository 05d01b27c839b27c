import type { DashboardEventFragment } from '../../generated/graphql.ts'
import { linkTo } from '../../links.ts'
import { isStateType, type StateType } from '../../parts/states.ts'
import { labelOf, resourceIdOf } from './feed.ts'

export interface EventWords {
  /** Of a run that entered it. */
  state: { type: StateType; name: string } | undefined
  /** What kind of thing it is, where the name alone would not tell. */
  kind: string
  name: string
  did: string
  href: string
}

const RUN = 'prefect.flow-run.'

const verbs: Record<string, string> = {
  Scheduled: 'was scheduled',
  Late: 'is late',
  AwaitingRetry: 'awaits a retry',
  AwaitingConcurrencySlot: 'awaits a slot',
  Resuming: 'resumes',
  Pending: 'is being prepared',
  InfrastructurePending: 'starts its infrastructure',
  Running: 'started',
  Retrying: 'started again',
  Rerunning: 'started again',
  Completed: 'completed',
  Cached: 'was cached',
  Failed: 'failed',
  TimedOut: 'timed out',
  Crashed: 'crashed',
  Paused: 'paused',
  Suspended: 'was suspended',
  Cancelling: 'is being cancelled',
  Cancelled: 'was cancelled',
  heartbeat: 'is alive',
}

/** An event as one sentence: what, which, what it did. */
export const wordsOf = ({ event, resource }: Pick<DashboardEventFragment, 'event' | 'resource'>): EventWords => {
  const id = resourceIdOf({ resource })
  const name = labelOf(resource, 'prefect.resource.name') ?? id.split('.').at(-1) ?? ''
  const type = labelOf(resource, 'prefect.state-type') ?? ''
  const last = event.split('.').at(-1) ?? event
  if (!id.startsWith(RUN)) return { state: undefined, kind: kindOf(id), name, did: last.replaceAll('-', ' '), href: hrefOf(id) }
  const href = linkTo.flowRun(id.slice(RUN.length))
  if (!isStateType(type)) return { state: undefined, kind: 'run', name, did: verbs[last] ?? `was ${last.replaceAll('-', ' ')}`, href }
  const state = { type, name: labelOf(resource, 'prefect.state-name') ?? last }
  return { state, kind: '', name, did: verbs[state.name] ?? `is ${state.name}`, href }
}

/** `prefect.work-pool.…`: work pool. */
const kindOf = (id: string): string => (id.split('.').at(-2) ?? '').replaceAll('-', ' ')

const hrefOf = (id: string): string => {
  const [own, kind] = [id.slice(id.lastIndexOf('.') + 1), kindOf(id)]
  if (kind === 'flow') return linkTo.flow(own)
  if (kind === 'deployment') return linkTo.deployment(own)
  return linkTo.events({ resource: id })
}
