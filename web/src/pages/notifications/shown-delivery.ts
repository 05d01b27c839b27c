import type { DeliveryRowFragment } from '../../generated/graphql.ts'
import type { StateType } from '../../parts/states.ts'
import type { KnownChannel } from './channel-choice.ts'
import { type ChannelNames, channelOf } from './known-channels.ts'

export const deliveryStatuses = ['PENDING', 'SENDING', 'DELIVERED', 'DEAD', 'HELD', 'FOLDED', 'MUTED', 'CANCELLED'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

interface Tried {
  status: DeliveryStatus
  /** Made and ended. */
  attemptCount: number
  /** Of each of them, the first one first. */
  outcomes: readonly ('DELIVERED' | 'FAILED' | 'RETRY')[]
}

/** A delivery as lists show it. */
export interface ShownDelivery extends Tried {
  id: string
  policyId: string
  kind: 'ALERT' | 'DIGEST' | 'RESOLVE'
  created: string
  settledAt: string | null
  run: { id: string; name: string; flowName: string }
  /** How many runs it tells of. */
  runCount: number
  channel: KnownChannel
  /** What went wrong last, or why nothing is sent. */
  said: string
  nextAttemptAt: string | null
}

export interface StatusLook {
  label: string
  state: { type: StateType; name?: string }
}

export const statusLooks: Readonly<Record<DeliveryStatus, StatusLook>> = {
  PENDING: { label: 'Queued', state: { type: 'PENDING' } },
  SENDING: { label: 'Sending', state: { type: 'RUNNING' } },
  DELIVERED: { label: 'Sent', state: { type: 'COMPLETED' } },
  DEAD: { label: 'Gave up', state: { type: 'FAILED' } },
  HELD: { label: 'Held', state: { type: 'SCHEDULED' } },
  FOLDED: { label: 'In a digest', state: { type: 'COMPLETED', name: 'Cached' } },
  MUTED: { label: 'Muted', state: { type: 'PAUSED' } },
  CANCELLED: { label: 'Cancelled', state: { type: 'CANCELLED' } },
}

const awaitingRetry: StatusLook = { label: 'Awaiting retry', state: { type: 'SCHEDULED', name: 'AwaitingRetry' } }

const isRetry = ({ status, attemptCount }: Pick<Tried, 'status' | 'attemptCount'>) => status === 'PENDING' && attemptCount > 0

export const lookOfDelivery = (delivery: Pick<Tried, 'status' | 'attemptCount'>): StatusLook =>
  isRetry(delivery) ? awaitingRetry : statusLooks[delivery.status]

export type AttemptMark = 'failed' | 'sent' | 'sending' | 'waiting'

/** One mark for each attempt: those that were made, then the one that is under way or to come. */
export const attemptMarks = (delivery: Tried): AttemptMark[] => {
  const made = delivery.outcomes.map((outcome): AttemptMark => (outcome === 'DELIVERED' ? 'sent' : 'failed'))
  const next: AttemptMark | undefined = delivery.status === 'SENDING' ? 'sending' : isRetry(delivery) ? 'waiting' : undefined
  return next === undefined ? made : [...made, next]
}

export const shownDelivery = (delivery: DeliveryRowFragment, names: ChannelNames): ShownDelivery => {
  const { id, policyId, kind, status, attemptCount, created, settledAt, runCount, channelId, nextAttemptAt } = delivery
  return {
    ...{ id, policyId, kind, status, attemptCount, created, runCount },
    outcomes: delivery.attempts.map(({ outcome }) => outcome),
    settledAt: settledAt ?? null,
    run: { id: delivery.flowRunId, name: delivery.flowRunName, flowName: delivery.flowName },
    channel: channelOf(names, channelId),
    said: (status === 'DELIVERED' ? delivery.reason : (delivery.lastError ?? delivery.reason)) ?? '',
    nextAttemptAt: nextAttemptAt ?? null,
  }
}
