// Who hears of the end of trouble: whoever was told of it, and nobody else.
import { describe, expect, test } from 'vitest'
import { redeliverNotification, updateNotificationPolicy } from '../../src/core/notifications/index.ts'
import { openTroubled } from '../support/troubled.ts'
import { forEachStorage } from './for-each-storage.ts'

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
      const { ctx, fail, complete, of, mute } = await openTroubled(open)
      await fail()
      const { mutedUntil } = await mute(true)
      await complete()
      const ends = () => of('RESOLVE')
      const reason = expect.stringMatching(/^Muted until /)
      expect(await ends()).toMatchObject(Array(2).fill({ status: 'PENDING', dueAt: mutedUntil, reason }))
      const { mutedUntil: longer } = await mute(true)
      expect(longer).toBeGreaterThan(mutedUntil!)
      expect((await ends()).map(({ dueAt }) => dueAt)).toEqual([longer, longer])
      await mute(false)
      expect((await ends()).every(({ dueAt }) => dueAt <= ctx.clock.now())).toBe(true)
    })

    test('is told where muted trouble was sent by hand after all', async () => {
      const { ctx, other, fail, complete, ends, of, mute } = await openTroubled(open)
      await mute(true)
      await fail()
      await mute(false)
      await redeliverNotification(ctx, { id: (await of('ALERT')).find(({ channelId }) => channelId === other)!.id })
      await complete()
      expect(await ends()).toEqual([other])
    })
  })

  describe('a completion that a policy names itself', () => {
    const named = { stateTypes: ['FAILED', 'COMPLETED'] }

    test('is told as such where there was no trouble, and opens none', async () => {
      const { ends, of, complete } = await openTroubled(open, named)
      await complete()
      await complete()
      expect(await ends()).toEqual([])
      const told = await of('ALERT')
      expect(told).toHaveLength(4)
      expect(told.every(({ dedupKey, flowRunId }) => dedupKey!.endsWith(`/${flowRunId}`))).toBe(true)
    })

    test('is told once, as the end, where there was', async () => {
      const { ends, of, fail, complete } = await openTroubled(open, named)
      await fail()
      await complete()
      expect(await ends()).toHaveLength(2)
      expect((await of('ALERT')).map(({ stateType }) => stateType)).toEqual(['FAILED', 'FAILED'])
    })
  })
})
