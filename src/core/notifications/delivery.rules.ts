import { type Clock, type Instant, seconds } from '../../kernel/clock.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { ChannelAnswer, ChannelSeverity } from '../channels/index.ts'
import type { StateType } from '../states/index.ts'
import type { DeliveryKind, DeliveryStatus, NotificationDeliveryRecord } from './delivery.entity.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import type { Occurrence } from './occurrence.ts'

export const MOST_ATTEMPTS = 8

interface Queued {
  readonly kind: DeliveryKind
  readonly policy: NotificationPolicyRecord
  readonly occurrence: Occurrence
  readonly groupKey: string | null
  readonly channelId: string
  readonly status: 'PENDING' | 'HELD' | 'MUTED' | 'CANCELLED'
  readonly reason: string | null
  /** Default: at once. */
  readonly dueAt?: Instant
}

export function newDelivery(
  { ids, clock }: { readonly ids: Ids; readonly clock: Clock },
  { kind, policy, occurrence, groupKey, channelId, status, reason, dueAt }: Queued,
): NotificationDeliveryRecord {
  const now = clock.now()
  return {
    id: ids.uuid(),
    workspaceId: policy.workspaceId,
    policyId: policy.id,
    policyName: policy.name ?? null,
    channelId,
    kind,
    status,
    flowRunId: occurrence.flowRunId,
    flowRunName: occurrence.flowRunName,
    flowId: occurrence.flowId,
    flowName: occurrence.flowName,
    deploymentId: occurrence.deploymentId,
    tags: [...occurrence.tags],
    stateId: occurrence.stateId,
    stateType: occurrence.stateType,
    stateName: occurrence.stateName,
    stateTimestamp: occurrence.stateTimestamp,
    stateMessage: occurrence.stateMessage,
    groupKey: groupKey ?? `run:${occurrence.flowRunId}`,
    dueAt: dueAt ?? now,
    holder: null,
    attemptCount: 0,
    attemptsLeft: MOST_ATTEMPTS,
    firstOutcome: null,
    remaining: null,
    subject: null,
    body: null,
    reason,
    lastError: null,
    dedupKey: dedupKeyOf(policy, occurrence, kind),
    digestId: null,
    runCount: 1,
    created: now,
    settledAt: status === 'MUTED' || status === 'CANCELLED' ? now : null,
  }
}

/** What joins the messages about one trouble: a flow where its end is told, else a run. A completion that is told for its own sake is no trouble. */
export function dedupKeyOf(
  { id, resolveOnCompletion }: Pick<NotificationPolicyRecord, 'id' | 'resolveOnCompletion'>,
  { flowId, flowRunId, stateType }: Pick<Occurrence, 'flowId' | 'flowRunId' | 'stateType'>,
  kind: DeliveryKind,
): string {
  const isOfFlow = resolveOnCompletion && (kind === 'RESOLVE' || stateType !== 'COMPLETED')
  return `castellan/${id}/${isOfFlow ? flowId : flowRunId}`
}

export function severityOf(stateType: StateType, stateName: string): ChannelSeverity {
  if (stateType === 'FAILED' || stateType === 'CRASHED') return 'failure'
  if (stateType === 'COMPLETED') return 'success'
  return stateType === 'SCHEDULED' ? (stateName === 'Late' ? 'warning' : 'info') : cautious.has(stateType) ? 'warning' : 'info'
}

const cautious: ReadonlySet<StateType> = new Set(['CANCELLED', 'CANCELLING', 'PAUSED'])

const FIRST_WAIT_SECONDS = 2
const LONGEST_WAIT_SECONDS = 600
const LONGEST_OBEYED_SECONDS = 86_400
const JITTER = 0.25

/** What becomes of a delivery by the answer to an attempt. */
export interface Outcome {
  readonly status: Extract<DeliveryStatus, 'PENDING' | 'DELIVERED' | 'DEAD'>
  readonly dueAt: Instant
  readonly reason: string | null
}

const UNSENT = 'It was not sent. Mend what stands in the way, then send it again.'

/** Twice as long after each attempt, a little more or less so that many do not come back together; what the provider asks for is obeyed. */
export function outcomeOf(
  { outcome, status, retryAfterSeconds }: Pick<ChannelAnswer, 'outcome' | 'status' | 'retryAfterSeconds'>,
  { attemptCount, attemptsLeft }: Pick<NotificationDeliveryRecord, 'attemptCount' | 'attemptsLeft'>,
  now: Instant,
  random: number,
): Outcome {
  if (outcome === 'DELIVERED') return { status: 'DELIVERED', dueAt: now, reason: null }
  if (outcome === 'FAILED')
    return { status: 'DEAD', dueAt: now, reason: status === null ? UNSENT : 'The channel has refused it, and would again.' }
  if (attemptsLeft <= 1) return { status: 'DEAD', dueAt: now, reason: `It was tried ${attemptCount + 1} times.` }
  const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** attemptCount) * (1 - JITTER + 2 * JITTER * random)
  return { status: 'PENDING', dueAt: now + seconds(Math.max(wait, Math.min(retryAfterSeconds ?? 0, LONGEST_OBEYED_SECONDS))), reason: null }
}
