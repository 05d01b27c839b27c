import { describe, expect, test } from 'vitest'
import {
  areDigestsDue,
  claimDeliveries,
  countFailingPolicies,
  countNotificationDeliveries,
  createNotificationPolicy,
  listNotificationDeliveries,
  NotificationDelivery,
  type NotificationDeliveryRecord,
  NotificationGroup,
  notificationAttempts,
  notificationPolicyActivity,
  pauseNotificationPolicy,
  redeliverNotification,
  sendDigests,
  settleDeliveries,
  summariseDeliveries,
  sweepDeliveries,
} from '../../src/core/notifications/index.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { delivered } from '../support/channels.ts'
import { openRoom } from '../support/house.ts'
import { fillOutbox, sendDue } from '../support/outbox.ts'
import { openTroubled } from '../support/troubled.ts'
import { forEachStorage } from './for-each-storage.ts'

forEachStorage(open => {
  describe('deliveries', () => {
    test('that came to their end before a moment go with their attempts, in all rooms, and others stay', async () => {
      const house = await open()
      const room = house.as(undefined, await openRoom(house, 'second'))
      const { delivery } = await fillOutbox(house.as())
      const { delivery: waiting } = await fillOutbox(room)
      await redeliverNotification(room, { id: waiting.id })
      expect(await sweepDeliveries(house.as(), { before: delivery.settledAt! })).toEqual({ deleted: 0, isDone: true })
      expect(await notificationAttempts(house.as(), { ids: [delivery.id] })).toHaveLength(1)
      expect(await sweepDeliveries(house.as(), { before: house.clock.now() + 1 })).toEqual({ deleted: 1, isDone: true })
      expect(await notificationAttempts(house.as(), { ids: [delivery.id] })).toEqual([])
      expect(await countNotificationDeliveries(house.as(), {})).toEqual({ value: 0, isExact: true })
      expect((await listNotificationDeliveries(room, {})).nodes).toMatchObject([{ id: waiting.id, status: 'PENDING' }])
    })

    test('are queued once, even by a follower whose place was put back', async () => {
      const house = await open()
      const { delivery, queueAgain } = await fillOutbox(house.as())
      await queueAgain()
      expect((await listNotificationDeliveries(house.as(), { filter: { kinds: ['ALERT'] } })).nodes).toEqual([delivery])
    })

    test('of many policies are told by day, with when each last sent and what went wrong last', async () => {
      const house = await open()
      const ctx = house.as()
      const { policy, delivery } = await fillOutbox(ctx)
      const { channelIds } = policy
      const { policy: failing, delivery: refused } = await fillOutbox(ctx, { channelIds })
      await redeliverNotification(ctx, { id: refused.id })
      await sendDue(ctx, { ...delivered, outcome: 'FAILED', status: 404, error: 'gone' })
      const unheard = await createNotificationPolicy(ctx, { channelIds })
      const ids = [unheard.id, failing.id, policy.id]
      const [silent, bad, good] = await notificationPolicyActivity(ctx, { policyIds: ids })
      const counted = (record: typeof good) => record!.days.map(({ sent, failed }) => [sent, failed])
      const none = Array.from({ length: 6 }, () => [0, 0])
      expect(counted(good)).toEqual([...none, [1, 0]])
      expect(good).toMatchObject({ lastSentAt: delivery.settledAt, lastError: null })
      expect(counted(bad)).toEqual([...none, [0, 1]])
      expect(bad).toMatchObject({ lastSentAt: null, lastError: 'gone' })
      expect(counted(silent)).toEqual([...none, [0, 0]])
      expect(silent).toMatchObject({ lastSentAt: null, lastError: null })
      expect(await countFailingPolicies(ctx, {})).toBe(1)
      await pauseNotificationPolicy(ctx, { id: failing.id })
      expect(await countFailingPolicies(ctx, {})).toBe(0)
    })

    test('that were held by the thousand are folded in steps, and told in one digest when the last is done', async () => {
      const house = await open()
      const ctx = house.as()
      const { delivery } = await fillOutbox(ctx)
      const held = Array.from({ length: 1200 }, (_, index) => {
        const ids = { id: ctx.ids.uuid(), flowRunId: ctx.ids.uuid(), stateId: ctx.ids.uuid() }
        return {
          ...delivery,
          ...ids,
          flowRunName: `run-${index}`,
          status: 'HELD',
          reason: 'A storm.',
          settledAt: null,
          subject: null,
          body: null,
        }
      })
      await inTransaction(ctx, async inside => {
        await inside.transaction.insertNew(NotificationDelivery, held)
        await inside.em.nativeUpdate(NotificationGroup, { policyId: delivery.policyId }, { digestDueAt: ctx.clock.now() })
      })
      expect(await areDigestsDue(ctx, {})).toBe(true)
      const digests = async () => (await listNotificationDeliveries(ctx, { filter: { kinds: ['DIGEST'] } })).nodes
      expect(await sendDigests(ctx, {})).toEqual({ made: 0, isDone: false })
      const [gathering] = await digests()
      expect(gathering).toMatchObject({ status: 'HELD', reason: 'It is being gathered.' })
      let made = 0
      for (let step = await sendDigests(ctx, {}); !step.isDone; step = await sendDigests(ctx, {})) made += step.made
      expect(made).toBe(1)
      expect(await digests()).toMatchObject([
        { id: gathering!.id, status: 'PENDING', reason: null, runCount: 1200, subject: expect.stringMatching(/^1200 more flow runs/) },
      ])
      expect(await countNotificationDeliveries(ctx, { filter: { digestIds: [gathering!.id], statuses: ['FOLDED'] } })).toMatchObject({
        value: 1200,
      })
      expect(await areDigestsDue(ctx, {})).toBe(false)
    })

    test('count as delivered by the first attempt by that attempt alone, however often they are sent again', async () => {
      const house = await open()
      const ctx = house.as()
      const summary = () => summariseDeliveries(ctx, {})
      const { delivery, policy } = await fillOutbox(ctx)
      for (const _time of [1, 2]) {
        await redeliverNotification(ctx, { id: delivery.id })
        expect(await summary()).toMatchObject({ deliveredCount: 0, firstTryCount: 0, waitingCount: 1 })
        await sendDue(ctx)
        expect(await summary()).toMatchObject({ deliveredCount: 1, firstTryCount: 1 })
      }
      const { delivery: refused } = await fillOutbox(ctx, { channelIds: policy.channelIds, answer: { ...delivered, outcome: 'FAILED' } })
      expect(await summary()).toMatchObject({ deliveredCount: 1, firstTryCount: 1, failedCount: 1 })
      await redeliverNotification(ctx, { id: refused.id })
      await sendDue(ctx)
      expect(await summary()).toMatchObject({ deliveredCount: 2, firstTryCount: 1, failedCount: 0 })
    })

    test('count every attempt, in order, and the first as the first, also those of a server that had lost its lease', async () => {
      const house = await open()
      const ctx = house.as()
      const { delivery } = await fillOutbox(ctx)
      await redeliverNotification(ctx, { id: delivery.id })
      const [frozen, other] = [ctx.ids.uuid(), ctx.ids.uuid()]
      const claim = async (holder: string, areOthersGone: boolean) =>
        (await claimDeliveries(ctx, { holder, limit: 10, leaseSeconds: 60, areOthersGone })).claimed
      const settle = (holder: string, [claimed]: readonly NotificationDeliveryRecord[]) =>
        settleDeliveries(ctx, {
          holder,
          settlements: [{ delivery: claimed!, startedAt: ctx.clock.now(), subject: 's', body: 'b', answer: delivered }],
        })
      const [first, second] = [await claim(frozen, false), await claim(other, true)]
      expect([await settle(frozen, first), await settle(other, second)]).toEqual([0, 1])
      expect((await notificationAttempts(ctx, { ids: [delivery.id] })).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3])
      expect((await listNotificationDeliveries(ctx, {})).nodes).toMatchObject([{ status: 'DELIVERED', attemptCount: 3 }])
    })

    test('that must wait for others are told from those that are due: who claims knows that there may be more', async () => {
      const { ctx, fail, complete } = await openTroubled(open)
      await fail()
      await sendDue(ctx, { ...delivered, outcome: 'RETRY', status: 503 })
      await complete()
      const claim = () => claimDeliveries(ctx, { holder: ctx.ids.uuid(), limit: 2, leaseSeconds: 60 })
      expect(await claim()).toEqual({ claimed: [], isMore: true })
      expect(await claim()).toEqual({ claimed: [], isMore: false })
    })

    test('are summarised: what was delivered, at the first attempt or later, given up, waits, or was held back', async () => {
      const house = await open()
      const ctx = house.as()
      const { delivery: again, policy } = await fillOutbox(ctx)
      await redeliverNotification(ctx, { id: again.id })
      await sendDue(ctx)
      const { channelIds } = policy
      await fillOutbox(ctx, { channelIds })
      const { delivery: refused } = await fillOutbox(ctx, { channelIds })
      await redeliverNotification(ctx, { id: refused.id })
      await sendDue(ctx, { ...delivered, outcome: 'FAILED', status: 404 })
      const { delivery: waiting } = await fillOutbox(ctx, { channelIds })
      await redeliverNotification(ctx, { id: waiting.id })
      expect(await summariseDeliveries(ctx, {})).toMatchObject({
        deliveredCount: 2,
        firstTryCount: 2,
        failedCount: 1,
        waitingCount: 1,
        heldBackCount: 0,
      })
      expect(await summariseDeliveries(ctx, { filter: { policyIds: [policy.id] } })).toMatchObject({ deliveredCount: 1, firstTryCount: 1 })
      expect(await summariseDeliveries(ctx, { filter: { createdAfter: waiting.created } })).toMatchObject({
        deliveredCount: 0,
        waitingCount: 1,
      })
      const elsewhere = house.as(undefined, await openRoom(house, 'second'))
      expect(await summariseDeliveries(elsewhere, {})).toMatchObject({ deliveredCount: 0, firstTryCount: 0, failedCount: 0 })
    })
  })
})
