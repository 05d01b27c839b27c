// An outbox with something in it, filled as the services fill it.
import type { ChannelAnswer } from '../../src/core/channels/index.ts'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { attendFollower, moveFollower } from '../../src/core/followers/index.ts'
import {
  activePolicies,
  bookOf,
  claimDeliveries,
  createNotificationPolicy,
  listNotificationDeliveries,
  matchesOf,
  NOTIFIER,
  type NotificationDeliveryRecord,
  type NotificationPolicyRecord,
  queueDeliveries,
  settleDeliveries,
} from '../../src/core/notifications/index.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { delivered, makeChannel } from './channels.ts'

export interface FilledOutbox {
  readonly policy: NotificationPolicyRecord
  readonly delivery: NotificationDeliveryRecord
  /** As if the place of the follower had been put back to before it was queued. */
  queueAgain(): Promise<void>
}

/** Parts of the policy, and what its channel answers. */
type Filling = Partial<Parameters<typeof createNotificationPolicy>[1]> & { readonly answer?: ChannelAnswer }

/** A policy, a run that failed, and the delivery that was made of it, tried and settled. */
export async function fillOutbox(ctx: Ctx, { answer = delivered, ...over }: Filling = {}): Promise<FilledOutbox> {
  const holder = ctx.ids.uuid()
  const channelIds = over.channelIds ?? [await makeChannel(ctx, 'told')]
  const policy = await createNotificationPolicy(ctx, { channelIds, groupBy: 'FLOW', resolveOnCompletion: true, ...over })
  const place = await attend(ctx, holder)
  const { flow } = await ensureFlow(ctx, { name: 'told' })
  await createFlowRun(ctx, { flowId: flow.id, tags: ['t'], state: { type: 'FAILED', message: 'told' } })
  const events = (await ctx.house.storage.readLog('events', place, 1000)) as LogEvent[]
  const book = bookOf([policy])
  const matches = events.flatMap(event => matchesOf(book, event))
  await queueDeliveries(ctx, { holder, from: place, to: events.at(-1)!.seq, matches })
  await sendDue(ctx, answer)
  await attend(ctx, holder, 0.000001)
  const [delivery] = (await listNotificationDeliveries(ctx, { filter: { policyIds: [policy.id] } })).nodes
  const queueAgain = async () => {
    const at = await attend(ctx, holder)
    await moveFollower(ctx, { name: NOTIFIER, holder, from: at, to: place })
    await queueDeliveries(ctx, { holder, from: place, to: at, matches })
  }
  return { policy, delivery: delivery!, queueAgain }
}

/** As the notifier does: what has happened since it was opened, or since it was filled last, is queued. `meanwhile`: before the policies that it knows have been looked at again. */
export async function openOutbox(ctx: Ctx): Promise<{ fill(meanwhile?: () => Promise<unknown>): Promise<void> }> {
  const holder = ctx.ids.uuid()
  let place = await attend(ctx, holder)
  return {
    async fill(meanwhile) {
      const events = (await ctx.house.storage.readLog('events', place, 1000)) as LogEvent[]
      const book = bookOf(await activePolicies(ctx, {}))
      const to = events.at(-1)?.seq ?? place
      await meanwhile?.()
      await queueDeliveries(ctx, { holder, from: place, to, matches: events.flatMap(event => matchesOf(book, event)) })
      place = to
    },
  }
}

/** As a deliverer does, with an answer given beforehand. */
export async function sendDue(ctx: Ctx, answer: ChannelAnswer = delivered): Promise<void> {
  const holder = ctx.ids.uuid()
  const { claimed } = await claimDeliveries(ctx, { holder, limit: 100, leaseSeconds: 60 })
  const settlements = claimed.map(delivery => ({ delivery, startedAt: ctx.clock.now(), subject: 's', body: 'b', answer }))
  await settleDeliveries(ctx, { holder, settlements })
}

async function attend(ctx: Ctx, holder: string, leaseSeconds = 60): Promise<number> {
  const { logId, newest, oldest } = await ctx.house.storage.heads()
  const log = { logId, newest: newest.events, oldest: oldest.events }
  return (await attendFollower(ctx, { name: NOTIFIER, holder, leaseSeconds, log })).seq
}
