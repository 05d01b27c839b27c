import { describe, expect, test } from 'vitest'
import {
  countNotificationDeliveries,
  listNotificationDeliveries,
  notificationAttempts,
  redeliverNotification,
  sweepDeliveries,
} from '../../src/core/notifications/index.ts'
import { openRoom } from '../support/house.ts'
import { fillOutbox } from '../support/outbox.ts'
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
  })
})
