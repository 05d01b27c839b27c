import { describe, expect, test } from 'vitest'
import { NotificationGroup } from '../../src/core/notifications/index.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import { forEachStorage } from '../storage/for-each-storage.ts'
import { openNotifyingServer } from '../support/notifying-server.ts'
import { patiently } from '../support/patiently.ts'
import { skippingClock } from '../support/skipping-clock.ts'

const LOOK_MILLISECONDS = 900

/** Whoever looks again every second looks once in five minutes: what happens sooner was woken. */
const unhurried: Clock = {
  ...systemClock,
  after: (milliseconds, task) => systemClock.after(milliseconds >= LOOK_MILLISECONDS ? milliseconds * 300 : milliseconds, task),
}

const statuses = '{ notificationDeliveries { nodes { id kind status } } }'
const redeliver = 'mutation ($id: UUID!) { redeliverNotification(input: { id: $id }) { notificationDelivery { status } } }'
const mute = `mutation ($id: UUID!, $until: DateTime) {
  muteNotificationPolicy(input: { id: $id, until: $until }) { notificationPolicy { mutedUntil } }
}`

forEachStorage(open => {
  describe('without waiting for the next look', () => {
    test('what somebody sends again is sent', async () => {
      const { ask, receiver, newPolicy, newWebhook, fail } = await openNotifyingServer(open, { clock: unhurried })
      await newPolicy([await newWebhook('hook')])
      receiver.behave((_request, response) => void response.writeHead(404).end())
      await fail('told-run')
      const delivery = async () => (await ask(statuses)).data.notificationDeliveries.nodes[0]
      await patiently(async () => expect(await delivery()).toMatchObject({ status: 'DEAD' }))
      receiver.behave((_request, response) => void response.end('ok'))
      await ask(redeliver, { id: (await delivery()).id })
      await patiently(async () => expect(await delivery()).toMatchObject({ status: 'DELIVERED' }))
    })
  })

  describe('a digest that a mute has put off', () => {
    test('is sent when the mute is ended, and not when it would have ended', async () => {
      let house!: Awaited<ReturnType<typeof open>>
      const clock = skippingClock()
      const { ask, receiver, newPolicy, newWebhook, fail } = await openNotifyingServer(async options => (house = await open(options)), {
        clock,
      })
      const policyId = await newPolicy([await newWebhook('hook')], { groupBy: 'FLOW', groupWaitSeconds: 60, repeatIntervalSeconds: 60 })
      await fail('told-run')
      await patiently(async () => expect((await ask(statuses)).data.notificationDeliveries.nodes).toMatchObject([{ status: 'DELIVERED' }]))
      await fail('held-run')
      const until = house.clock.now() + 3_600_000_000
      const dueAt = async () =>
        (
          await house.storage.read.select({ entity: NotificationGroup, workspaceId: null, where: [], orderBy: [['id', 'asc']], limit: 1 })
        )[0]?.['digestDueAt']
      await patiently(async () => expect(await dueAt()).toEqual(expect.any(Number)))
      await ask(mute, { id: policyId, until: new Date(until / 1000).toISOString() })
      clock.skip(60)
      await patiently(async () => expect(await dueAt()).toBeGreaterThan(until - 1000))
      await ask(mute, { id: policyId, until: null })
      await patiently(() =>
        expect(receiver.received.map(({ body }) => body)).toEqual([expect.any(String), expect.stringMatching(/1 more flow run/)]),
      )
    })
  })
})
