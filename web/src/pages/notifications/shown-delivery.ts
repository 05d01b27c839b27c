import type { StateType } from '../../parts/states.ts'

export const deliveryStatuses = ['PENDING', 'SENDING', 'DELIVERED', 'DEAD', 'HELD', 'FOLDED', 'MUTED', 'CANCELLED'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

interface Tried {
  status: DeliveryStatus
  /** Made and ended. */
  attemptCount: number
  attemptsLeft: number
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
  channel: { id: string; name: string; kind: string }
  /** What was answered last, secrets masked; or why nothing is sent. */
  said: string
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
  FOLDED: { label: 'Folded', state: { type: 'COMPLETED', name: 'Cached' } },
  MUTED: { label: 'Muted', state: { type: 'PAUSED' } },
  CANCELLED: { label: 'Cancelled', state: { type: 'CANCELLED' } },
}

const awaitingRetry: StatusLook = { label: 'Awaiting retry', state: { type: 'SCHEDULED', name: 'AwaitingRetry' } }

const isRetry = ({ status, attemptCount }: Pick<Tried, 'status' | 'attemptCount'>) => status === 'PENDING' && attemptCount > 0

export const lookOfDelivery = (delivery: Pick<Tried, 'status' | 'attemptCount'>): StatusLook =>
  isRetry(delivery) ? awaitingRetry : statusLooks[delivery.status]

export type AttemptMark = 'failed' | 'sent' | 'sending' | 'waiting' | 'left'

/** One mark for each attempt, then one for each that would still be made. */
export const attemptMarks = (delivery: Tried): AttemptMark[] => {
  const { status, attemptCount, attemptsLeft } = delivery
  const failed = many('failed', status === 'DELIVERED' ? attemptCount - 1 : attemptCount)
  if (status === 'DELIVERED') return [...failed, 'sent', ...many('left', attemptsLeft)]
  if (status === 'SENDING') return [...failed, 'sending', ...many('left', attemptsLeft - 1)]
  return isRetry(delivery) ? [...failed, 'waiting', ...many('left', attemptsLeft - 1)] : failed
}

const many = (mark: AttemptMark, count: number): AttemptMark[] => Array<AttemptMark>(Math.max(0, count)).fill(mark)
