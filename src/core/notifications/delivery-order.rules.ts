import { type Instant, seconds } from '../../kernel/clock.ts'
import type { NotificationDeliveryRecord } from './delivery.entity.ts'

/** What the order of deliveries depends on. */
export type Ordered = Pick<NotificationDeliveryRecord, 'id' | 'kind' | 'status' | 'dueAt' | 'channelId' | 'dedupKey' | 'stateTimestamp'>

export interface Ordering {
  /** By id, why it is not sent now, and when that may have changed. */
  readonly waiting: ReadonlyMap<string, Pick<NotificationDeliveryRecord, 'reason' | 'dueAt'>>
  /** By id, why it is not sent any more. */
  readonly overtaken: ReadonlyMap<string, string>
}

/** Whether what is told by its key is trouble that ends: that of a flow, whose completion is told. */
export const hasEnd = ({ dedupKey, flowId }: Pick<NotificationDeliveryRecord, 'dedupKey' | 'flowId'>): boolean =>
  dedupKey?.endsWith(`/${flowId}`) ?? false

export const isEnd = ({ kind }: Pick<Ordered, 'kind'>): boolean => kind === 'RESOLVE'

/** It could not go out at once: it was put off, tried in vain, or lost with the server that sent it. */
export const hasWaited = ({
  attemptCount,
  dueAt,
  created,
}: Pick<NotificationDeliveryRecord, 'attemptCount' | 'dueAt' | 'created'>): boolean => attemptCount > 0 || dueAt > created

const LOOK_AGAIN = seconds(1)

/**
 * Trouble and its end are told in the order in which they came, by each channel. An end waits while trouble before it is on its way. New trouble waits for
 * an end before it that is going out now; one that cannot go out yet it overtakes: whoever has not heard that it was over need not hear of it when it is not.
 */
export function orderOf(claimed: readonly Ordered[], onTheirWay: readonly Ordered[], now: Instant): Ordering {
  const waiting = new Map<string, { readonly reason: string; readonly dueAt: Instant }>()
  const overtaken = new Map<string, string>()
  const wait = ({ id }: Ordered, other: Ordered, why: string) =>
    waiting.set(id, {
      reason: `It waits for ${other.id}, which ${why}.`,
      dueAt: (other.status === 'SENDING' ? now : Math.max(now, other.dueAt)) + LOOK_AGAIN,
    })
  const before = (one: Ordered, isMeant: (other: Ordered) => boolean) =>
    onTheirWay.filter(other => other.channelId === one.channelId && other.dedupKey === one.dedupKey && isMeant(other))
  const [ends, troubles] = [claimed.filter(isEnd), claimed.filter(one => !isEnd(one))]
  for (const end of ends) {
    const [trouble] = before(end, other => !isEnd(other) && other.stateTimestamp <= end.stateTimestamp)
    if (trouble) wait(end, trouble, 'tells of the trouble and is still on its way')
  }
  for (const trouble of troubles)
    for (const end of before(trouble, other => isEnd(other) && other.stateTimestamp < trouble.stateTimestamp)) {
      const isGoingOut = end.status === 'SENDING' || (end.dueAt <= now && !waiting.has(end.id))
      if (isGoingOut) wait(trouble, end, 'tells the end of the trouble before')
      else overtaken.set(end.id, `There is new trouble, told by ${trouble.id}, before this end could be told.`)
    }
  return { waiting, overtaken }
}
