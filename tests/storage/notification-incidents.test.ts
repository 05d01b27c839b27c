// Who hears of the end of trouble: whoever was told of it, and nobody else.
import { describe, expect, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import {
  createNotificationPolicy,
  listNotificationDeliveries,
  muteNotificationPolicy,
  redeliverNotification,
  updateNotificationPolicy,
} from '../../src/core/notifications/index.ts'
import { seconds } from '../../src/kernel/clock.ts'
import { makeChannel } from '../support/channels.ts'
import { openOutbox } from '../support/outbox.ts'
import { forEachStorage, type OpenHouse } from './for-each-storage.ts'

async function openTroubled(open: OpenHouse, over: object = {}) {
  const ctx = (await open()).as()
  const { fill } = await openOutbox(ctx)
  const [one, other] = [await makeChannel(ctx, 'one'), await makeChannel(ctx, 'other')]
  const channelIds = [one, other]
  const policy = await createNotificationPolicy(ctx, { channelIds, stateTypes: ['FAILED'], resolveOnCompletion: true, ...over })
  const enter = async (type: 'FAILED' | 'COMPLETED') => {
    const { flow } = await ensureFlow(ctx, { name: 'etl' })
    await createFlowRun(ctx, { flowId: flow.id, state: { type } })
    await fill()
  }
  const deliveries = async () => (await listNotificationDeliveries(ctx, {})).nodes
  const ends = async () => (await deliveries()).filter(({ kind }) => kind === 'RESOLVE').map(({ channelId }) => channelId)
  const alerts = async () => (await deliveries()).filter(({ kind }) => kind === 'ALERT')
  const mute = async (isMuted: boolean) =>
    muteNotificationPolicy(ctx, { id: policy.id, until: isMuted ? ctx.clock.now() + seconds(3600) : null })
  return { ctx, policy, one, other, deliveries, ends, alerts, mute, fail: () => enter('FAILED'), complete: () => enter('COMPLETED') }
}

forEachStorage(open => {
  describe('the end of trouble', () => {
    test('is told to every channel that was told of the trouble, once', async () => {
      const { one, other, fail, complete, ends } = await openTroubled(open)
      for (const enter of [fail, fail, complete, complete]) await enter()
      expect((await ends()).toSorted()).toEqual([one, other].toSorted())
    })

    test('is told to nobody where the trouble was muted', async () => {
      const { fail, complete, ends, mute } = await openTroubled(open)
      await mute(true)
      await fail()
      await mute(false)
      await complete()
      expect(await ends()).toEqual([])
    })

    test('is told to nobody where the trouble was held for a digest that has not gone out', async () => {
      const { fail, complete, ends } = await openTroubled(open, { groupBy: 'FLOW' })
      for (const enter of [fail, complete, fail, complete]) await enter()
      expect(await ends()).toHaveLength(2)
    })

    test('is not told to a channel that came later than the trouble', async () => {
      const { ctx, policy, one, other, fail, complete, ends } = await openTroubled(open)
      await updateNotificationPolicy(ctx, { id: policy.id, change: { channelIds: [one] } })
      await fail()
      await updateNotificationPolicy(ctx, { id: policy.id, change: { channelIds: [one, other] } })
      await complete()
      expect(await ends()).toEqual([one])
    })

    test('waits for the end of a mute that came between, so that no incident stays open', async () => {
      const { ctx, fail, complete, deliveries, mute } = await openTroubled(open)
      await fail()
      const { mutedUntil } = await mute(true)
      await complete()
      const ends = async () => (await deliveries()).filter(({ kind }) => kind === 'RESOLVE')
      const reason = expect.stringMatching(/^Muted until /)
      expect(await ends()).toMatchObject(Array(2).fill({ status: 'PENDING', dueAt: mutedUntil, reason }))
      const { mutedUntil: longer } = await mute(true)
      expect(longer).toBeGreaterThan(mutedUntil!)
      expect((await ends()).map(({ dueAt }) => dueAt)).toEqual([longer, longer])
      await mute(false)
      expect((await ends()).every(({ dueAt }) => dueAt <= ctx.clock.now())).toBe(true)
    })

    test('is told where muted trouble was sent by hand after all', async () => {
      const { ctx, other, fail, complete, ends, alerts, mute } = await openTroubled(open)
      await mute(true)
      await fail()
      await mute(false)
      await redeliverNotification(ctx, { id: (await alerts()).find(({ channelId }) => channelId === other)!.id })
      await complete()
      expect(await ends()).toEqual([other])
    })
  })

  describe('a completion that a policy names itself', () => {
    const named = { stateTypes: ['FAILED', 'COMPLETED'] }

    test('is told as such where there was no trouble, and opens none', async () => {
      const { ends, alerts, complete } = await openTroubled(open, named)
      await complete()
      await complete()
      expect(await ends()).toEqual([])
      const told = await alerts()
      expect(told).toHaveLength(4)
      expect(told.every(({ dedupKey, flowRunId }) => dedupKey!.endsWith(`/${flowRunId}`))).toBe(true)
    })

    test('is told once, as the end, where there was', async () => {
      const { ends, alerts, fail, complete } = await openTroubled(open, named)
      await fail()
      await complete()
      expect(await ends()).toHaveLength(2)
      expect((await alerts()).map(({ stateType }) => stateType)).toEqual(['FAILED', 'FAILED'])
    })
  })
})
