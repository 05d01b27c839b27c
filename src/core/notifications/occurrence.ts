import type { Instant } from '../../kernel/clock.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { stateChangeOf } from '../flow-runs/index.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { type Happening, matchesPolicy } from './notification-policy.rules.ts'

/** A run entered a state, as the log tells. */
export interface Occurrence extends Happening {
  readonly workspaceId: string
  readonly flowRunId: string
  readonly flowRunName: string
  readonly flowName: string
  readonly stateId: string
  readonly stateTimestamp: Instant
  readonly stateMessage: string | null
}

/** What one policy has to do about one occurrence. */
export interface Match {
  readonly policy: NotificationPolicyRecord
  readonly occurrence: Occurrence
  /** Whether the policy names such a transition. */
  readonly isAsked: boolean
  /** The flow has completed, which ends the trouble that the policy may have told of. */
  readonly isCompletion: boolean
}

/** The policies at work, by workspace. */
export type PolicyBook = ReadonlyMap<string, readonly NotificationPolicyRecord[]>

export const bookOf = (policies: readonly NotificationPolicyRecord[]): PolicyBook =>
  Map.groupBy(
    policies.filter(({ isActive }) => isActive),
    ({ workspaceId }) => workspaceId,
  )

/** What is to be done about an event. Deployments are left open: the log does not tell them. */
export function matchesOf(book: PolicyBook, event: LogEvent): Match[] {
  const policies = event.event.startsWith('prefect.flow-run.') ? book.get(event.workspaceId) : undefined
  const occurrence = policies && occurrenceOf(event)
  return occurrence ? policies.flatMap(policy => matchOf(policy, occurrence) ?? []) : []
}

/** Deployments are left open, as above. */
export function matchOf(policy: NotificationPolicyRecord, occurrence: Occurrence): Match | undefined {
  if (occurrence.stateTimestamp < policy.activeSince) return undefined
  const isCompletion = policy.resolveOnCompletion && occurrence.stateType === 'COMPLETED'
  const isAsked = matchesPolicy({ ...policy, deploymentIds: [] }, occurrence)
  return isAsked || isCompletion ? { policy, occurrence, isAsked, isCompletion } : undefined
}

const LONGEST_MESSAGE = 2000

export function occurrenceOf(event: LogEvent): Occurrence | undefined {
  const change = stateChangeOf(event)
  const flow = event.related.find(related => related['prefect.resource.role'] === 'flow')
  if (!change || !flow) return undefined
  const message = event.resource['prefect.state-message'] ?? ''
  return {
    workspaceId: event.workspaceId,
    flowRunId: change.flowRunId,
    flowRunName: event.resource['prefect.resource.name'] ?? change.flowRunId,
    flowId: (flow['prefect.resource.id'] ?? '').slice('prefect.flow.'.length),
    flowName: flow['prefect.resource.name'] ?? '',
    deploymentId: null,
    tags: event.related
      .filter(related => related['prefect.resource.role'] === 'tag')
      .map(related => (related['prefect.resource.id'] ?? '').slice('prefect.tag.'.length)),
    stateId: change.stateId,
    stateType: change.state.type,
    stateName: change.state.name,
    stateTimestamp: change.occurred,
    stateMessage: message === '' ? null : message.slice(0, LONGEST_MESSAGE),
  }
}
