// A policy that tells the end of trouble to two channels, and flows that fail and complete.
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import {
  createNotificationPolicy,
  type DeliveryKind,
  listNotificationDeliveries,
  muteNotificationPolicy,
  sendDigests,
} from '../../src/core/notifications/index.ts'
import { seconds } from '../../src/kernel/clock.ts'
import type { OpenHouse } from '../storage/for-each-storage.ts'
import { makeChannel } from './channels.ts'
import { openOutbox } from './outbox.ts'
import { skippingClock } from './skipping-clock.ts'

export async function openTroubled(open: OpenHouse, over: object = {}) {
  const clock = skippingClock()
  const ctx = (await open({ clock })).as()
  const { fill } = await openOutbox(ctx)
  const [one, other] = [await makeChannel(ctx, 'one'), await makeChannel(ctx, 'other')]
  const channelIds = [one, other]
  const policy = await createNotificationPolicy(ctx, { channelIds, stateTypes: ['FAILED'], resolveOnCompletion: true, ...over })
  const enter = async (type: 'FAILED' | 'COMPLETED', name = 'etl') => {
    const { flow } = await ensureFlow(ctx, { name })
    await createFlowRun(ctx, { flowId: flow.id, state: { type } })
  }
  const deliveries = async () => (await listNotificationDeliveries(ctx, { first: 200 })).nodes.toReversed()
  const of = async (kind: DeliveryKind) => (await deliveries()).filter(one => one.kind === kind)
  return {
    ctx,
    policy,
    one,
    other,
    enter,
    fill,
    deliveries,
    of,
    skip: clock.skip,
    async fail(flowName?: string) {
      await enter('FAILED', flowName)
      await fill()
    },
    async complete(flowName?: string) {
      await enter('COMPLETED', flowName)
      await fill()
    },
    /** The channels that hear of an end, in the order of the deliveries. */
    ends: async () => (await of('RESOLVE')).map(({ channelId }) => channelId),
    mute: (isMuted: boolean) => muteNotificationPolicy(ctx, { id: policy.id, until: isMuted ? ctx.clock.now() + seconds(3600) : null }),
    async digest() {
      while (!(await sendDigests(ctx, {})).isDone);
      return of('DIGEST')
    },
  }
}
