// An end that waits, and what comes between: what was told began anew, was told by others, or the policy is not what it was.
import { describe, expect, test } from 'vitest'
import { deleteBlockDocument } from '../../src/core/blocks/index.ts'
import {
  composeMessages,
  deleteNotificationPolicy,
  muteNotificationPolicy,
  type NotificationDeliveryRecord,
  NotificationGroup,
  NotificationIncident,
  pauseNotificationPolicy,
  redeliverNotification,
  resumeNotificationPolicy,
  updateNotificationPolicy,
} from '../../src/core/notifications/index.ts'
import { seconds } from '../../src/kernel/clock.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import { delivered } from '../support/channels.ts'
import { sendDue } from '../support/outbox.ts'
import { openTroubled } from '../support/troubled.ts'
import { forEachStorage } from './for-each-storage.ts'

const busy = { ...delivered, outcome: 'RETRY', status: 503, error: 'busy' } as const
const grouped = { groupBy: 'FLOW', groupWaitSeconds: 60, repeatIntervalSeconds: 60 }
const byTag = { ...grouped, groupBy: 'TAG' }

forEachStorage(open => {
  describe('an end that waits', () => {
    test('for a mute to be over is none when there is new trouble by then, whose end is told instead', async () => {
      const { ctx, fail, complete, of, ends, mute, one, other } = await openTroubled(open)
      await fail()
      await sendDue(ctx)
      await mute(true)
      await complete()
      await fail()
      await mute(false)
      await sendDue(ctx)
      const reason = expect.stringMatching(/^The flow is in trouble again, since .* UTC: its end is told instead of this one\.$/)
      expect(await of('RESOLVE')).toMatchObject(Array(2).fill({ status: 'CANCELLED', reason, settledAt: expect.any(Number) }))
      await complete()
      await sendDue(ctx)
      expect((await of('RESOLVE')).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED', 'DELIVERED', 'DELIVERED'])
      expect((await ends()).slice(2).toSorted()).toEqual([one, other].toSorted())
    })

    test('for a mute to be over is told when the new trouble is over, too', async () => {
      const { ctx, fail, complete, of, mute } = await openTroubled(open)
      await fail()
      await sendDue(ctx)
      await mute(true)
      for (const enter of [complete, fail, complete]) await enter()
      await mute(false)
      await sendDue(ctx)
      expect(await of('RESOLVE')).toMatchObject(Array(2).fill({ status: 'DELIVERED', reason: null }))
    })

    test('to be tried again is none when there is new trouble by then, held back though it is', async () => {
      const { ctx, fail, complete, of, skip, digest } = await openTroubled(open, grouped)
      await fail()
      await sendDue(ctx)
      await complete()
      await sendDue(ctx, busy)
      await fail()
      skip(30)
      await sendDue(ctx)
      expect(await of('RESOLVE')).toMatchObject(Array(2).fill({ status: 'CANCELLED', attemptCount: 1, lastError: 'busy' }))
      await complete()
      skip(30)
      await digest()
      await sendDue(ctx)
      skip(2)
      await sendDue(ctx)
      expect((await of('RESOLVE')).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED', 'DELIVERED', 'DELIVERED'])
    })

    test('for nothing is told, also when there is new trouble in the next moment', async () => {
      const { ctx, fail, enter, fill, deliveries, skip } = await openTroubled(open)
      await fail()
      await sendDue(ctx)
      await enter('COMPLETED')
      skip(1)
      await enter('FAILED')
      await fill()
      for (const _time of [1, 2, 3]) {
        await sendDue(ctx)
        skip(2)
      }
      expect((await deliveries()).map(({ status }) => status)).toEqual(Array(6).fill('DELIVERED'))
    })

    test('says until when, also when the mute is changed', async () => {
      const { ctx, fail, complete, of, mute } = await openTroubled(open)
      await fail()
      await mute(true)
      await complete()
      const reasons = async () => (await of('RESOLVE')).map(({ reason }) => reason)
      const before = await reasons()
      await mute(true).then(({ id }) => muteNotificationPolicy(ctx, { id, until: ctx.clock.now() + seconds(7200) }))
      expect(await reasons()).toEqual(Array(2).fill(expect.stringMatching(/^Muted until /)))
      expect(await reasons()).not.toEqual(before)
      await mute(false)
      expect(await reasons()).toEqual([null, null])
    })

    test('waits as well where its group alone is muted, or is muted for longer', async () => {
      const { ctx, policy, fail, complete, of, mute } = await openTroubled(open, grouped)
      await fail()
      const [{ groupKey } = { groupKey: '' }] = await of('ALERT')
      const muteGroup = (until: number | null) => muteNotificationPolicy(ctx, { id: policy.id, until, groupKey })
      const longer = ctx.clock.now() + seconds(9000)
      await muteGroup(longer)
      await complete()
      const dueAt = async () => (await of('RESOLVE')).map(one => one.dueAt)
      expect(await dueAt()).toEqual([longer, longer])
      await mute(true)
      await mute(false)
      expect(await dueAt()).toEqual([longer, longer])
      const { mutedUntil } = await mute(true)
      await muteGroup(null)
      expect(await dueAt()).toEqual([mutedUntil, mutedUntil])
    })

    test('cannot be sent again by hand while there is new trouble', async () => {
      const { ctx, fail, complete, of } = await openTroubled(open)
      for (const enter of [fail, complete]) {
        await enter()
        await sendDue(ctx)
      }
      const [end] = await of('RESOLVE')
      await fail()
      await expect(redeliverNotification(ctx, { id: end!.id })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('in trouble again'),
      })
    })
  })

  describe('a digest of several flows', () => {
    test('tells of each of them, so that the end of each is told to its channel, and only to it', async () => {
      const { ctx, policy, one, other, fail, complete, of, skip, digest } = await openTroubled(open, byTag)
      await fail('first')
      await updateNotificationPolicy(ctx, { id: policy.id, change: { channelIds: [other] } })
      for (const name of ['second', 'third', 'fourth']) await fail(name)
      await complete('fourth')
      skip(60)
      expect(await digest()).toMatchObject([{ channelId: other, runCount: 3 }])
      await sendDue(ctx)
      for (const name of ['first', 'second', 'third', 'fourth']) await complete(name)
      const ended = (await of('RESOLVE')).map(({ flowName, channelId }) => [flowName, channelId])
      expect(ended.toSorted()).toEqual(
        [
          ['first', one],
          ['first', other],
          ['second', other],
          ['third', other],
        ].toSorted(),
      )
    })

    test('is waited for by the end of each of them', async () => {
      const { ctx, fail, complete, of, skip, digest } = await openTroubled(open, byTag)
      await fail('first')
      await sendDue(ctx)
      for (const name of ['second', 'third']) await fail(name)
      skip(60)
      const digests = await digest()
      await sendDue(ctx, busy)
      await complete('second')
      await sendDue(ctx)
      const waiting = await of('RESOLVE')
      expect(waiting).toMatchObject(
        Array(2).fill({ flowName: 'second', status: 'PENDING', reason: expect.stringMatching(/^It waits for/) }),
      )
      expect(waiting.map(({ reason }) => digests.findIndex(({ id }) => reason!.includes(id))).toSorted()).toEqual([0, 1])
      skip(10)
      await sendDue(ctx)
      skip(2)
      await sendDue(ctx)
      expect((await of('RESOLVE')).map(({ status }) => status)).toEqual(['DELIVERED', 'DELIVERED'])
    })
  })

  describe('a digest', () => {
    const bodies = async (ctx: Ctx, deliveries: NotificationDeliveryRecord[]) =>
      (await composeMessages(ctx, { deliveries })).map(({ body, isResolve }) => [body.split('The trouble is over').length - 1, isResolve])

    test('says that the trouble is over when each of its flows has completed, once, however often it is tried', async () => {
      const { ctx, fail, complete, of, skip, digest } = await openTroubled(open, byTag)
      for (const name of ['first', 'second', 'third']) await fail(name)
      skip(60)
      const [told] = await digest()
      await complete(told!.flowName)
      expect(await bodies(ctx, await of('DIGEST'))).toEqual(Array(2).fill([0, true]))
      for (const name of ['second', 'third']) await complete(name)
      expect(await bodies(ctx, await of('DIGEST'))).toEqual(Array(2).fill([1, true]))
      const [body = ''] = (await composeMessages(ctx, { deliveries: [told!] })).map(one => one.body)
      expect(await bodies(ctx, [{ ...told!, body }])).toEqual([[1, true]])
    })

    test('that is left with nothing to tell is none: the next message about its group goes out', async () => {
      const { ctx, fail, of, skip, digest } = await openTroubled(open, { ...grouped, groupWaitSeconds: 0 })
      for (const _time of [1, 2]) await fail()
      for (const { id, status } of await of('ALERT')) if (status === 'HELD') await redeliverNotification(ctx, { id })
      skip(61)
      expect(await digest()).toEqual([])
      await fail()
      expect((await of('ALERT')).map(({ status }) => status)).toEqual(Array(6).fill('PENDING'))
    })
  })

  describe('a policy that is changed after it was looked at, and before anything is queued,', () => {
    test('queues nothing where it was deleted or paused', async () => {
      const { ctx, policy, enter, fill, deliveries } = await openTroubled(open, grouped)
      await enter('FAILED')
      await fill(() => pauseNotificationPolicy(ctx, { id: policy.id }))
      await resumeNotificationPolicy(ctx, { id: policy.id })
      await enter('FAILED')
      await fill(() => deleteNotificationPolicy(ctx, { id: policy.id }))
      expect(await deliveries()).toEqual([])
      for (const entity of [NotificationGroup, NotificationIncident]) expect(await ctx.read.count({ entity, where: [], limit: 1 })).toBe(0)
    })

    test('queues by what it is then: an end waits for no mute that is over', async () => {
      const { ctx, fail, mute, enter, fill, of } = await openTroubled(open)
      await fail()
      await mute(true)
      await enter('COMPLETED')
      await fill(() => mute(false))
      expect((await of('RESOLVE')).map(({ dueAt, reason }) => [dueAt <= ctx.clock.now(), reason])).toEqual(Array(2).fill([true, null]))
    })
  })

  test('what was sent is sent again as it was when its policy is gone', async () => {
    const { ctx, policy, fail, of } = await openTroubled(open, { subjectTemplate: 'Oh!' })
    await fail()
    await sendDue(ctx)
    await deleteNotificationPolicy(ctx, { id: policy.id })
    expect(await composeMessages(ctx, { deliveries: await of('ALERT') })).toMatchObject(Array(2).fill({ subject: 's', body: 'b' }))
  })

  describe('a policy that is changed while there is trouble', () => {
    test('tells its end to a channel that it names no more, and the delivery says why', async () => {
      const { ctx, policy, one, other, fail, complete, of, ends } = await openTroubled(open)
      await fail()
      await updateNotificationPolicy(ctx, { id: policy.id, change: { channelIds: [other] } })
      await complete()
      expect((await ends()).toSorted()).toEqual([one, other].toSorted())
      const composed = await composeMessages(ctx, { deliveries: await of('RESOLVE') })
      const notes = new Map((await ends()).map((channelId, index) => [channelId, composed[index]!.note]))
      expect(notes.get(one)).toMatch(/names this channel no more; it was told of the trouble/)
      expect(notes.get(other)).toBeNull()
    })

    test('sends nothing to a channel that was deleted, and says so', async () => {
      const { ctx, policy, one, other, fail, complete, of } = await openTroubled(open)
      await fail()
      await updateNotificationPolicy(ctx, { id: policy.id, change: { channelIds: [other] } })
      await deleteBlockDocument(ctx, { id: one })
      await complete()
      const [gone, there] = [one, other].map(async id => (await of('RESOLVE')).find(({ channelId }) => channelId === id))
      expect(await gone).toMatchObject({
        status: 'CANCELLED',
        reason: expect.stringContaining('was deleted'),
        settledAt: expect.any(Number),
      })
      expect(await there).toMatchObject({ status: 'PENDING', reason: null })
    })

    test('tells the end that it was paused over when the flow next completes', async () => {
      const { ctx, policy, fail, complete, ends } = await openTroubled(open)
      await fail()
      await pauseNotificationPolicy(ctx, { id: policy.id })
      await complete()
      await resumeNotificationPolicy(ctx, { id: policy.id })
      expect(await ends()).toEqual([])
      await complete()
      expect(await ends()).toHaveLength(2)
    })

    test('and deleted tells no end', async () => {
      const { ctx, policy, fail, complete, ends } = await openTroubled(open)
      await fail()
      await deleteNotificationPolicy(ctx, { id: policy.id })
      await complete()
      expect(await ends()).toEqual([])
    })
  })
})
