import { describe, expect, test } from 'vitest'
import { createBlockDocument, createBlockType, registerBlockSchema } from '../../src/core/blocks/index.ts'
import {
  countNotificationPolicies,
  createNotificationPolicy,
  deleteNotificationPolicy,
  findNotificationPolicy,
  listNotificationPolicies,
  pauseNotificationPolicy,
  resumeNotificationPolicy,
  sliceNotificationPolicies,
  updateNotificationPolicy,
} from '../../src/core/notifications/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { makeChannel } from '../support/channels.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const names = async (house: BareHouse, filter = {}) =>
  (await listNotificationPolicies(house.as(), { filter })).nodes.map(({ name }) => name)

forEachStorage(open => {
  describe('notification policies', () => {
    test('have a default for all but the channels', async () => {
      const house = await open()
      const channelIds = [await makeChannel(house.as(), 'alerts')]
      const { id } = await createNotificationPolicy(house.as(), { channelIds })
      expect(await findNotificationPolicy(house.as(), { id })).toMatchObject({
        name: null,
        isActive: true,
        stateNames: [],
        stateTypes: [],
        tags: [],
        flowIds: [],
        deploymentIds: [],
        channelIds,
        subjectTemplate: null,
        messageTemplate: null,
        groupBy: 'NONE',
        groupWaitSeconds: 30,
        repeatIntervalSeconds: 300,
        maxPerWindow: null,
        windowSeconds: 3600,
        resolveOnCompletion: false,
        mutedUntil: null,
      })
    })

    test('tell of each change, and of nothing that changes nothing', async () => {
      const house = await open()
      const channelIds = [await makeChannel(house.as(), 'alerts')]
      const { id } = await createNotificationPolicy(house.as(), { name: 'nightly', channelIds })
      await updateNotificationPolicy(house.as(), { id, change: { name: null, tags: ['etl', 'etl'] } })
      await pauseNotificationPolicy(house.as(), { id })
      await pauseNotificationPolicy(house.as(), { id })
      expect(await findNotificationPolicy(house.as(), { id })).toMatchObject({ name: null, tags: ['etl'], isActive: false })
      await resumeNotificationPolicy(house.as(), { id })
      await deleteNotificationPolicy(house.as(), { id })
      await expect(findNotificationPolicy(house.as(), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const events = ((await house.storage.readLog('events', 0, 100)) as LogEvent[])
        .map(({ event }) => event)
        .filter(name => !name.includes('block'))
      expect(events).toEqual(['created', 'updated', 'paused', 'resumed', 'deleted'].map(verb => `notification-policy.${verb}`))
    })

    test('name channels that are there and can speak', async () => {
      const house = await open()
      const unknown = house.ids.uuid()
      await expect(createNotificationPolicy(house.as(), { channelIds: [unknown] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const type = await createBlockType(house.as(), { name: 'Box', slug: 'box' })
      const schema = await registerBlockSchema(house.as(), { blockTypeId: type.id, fields: { title: 'box' } })
      const { id } = await createBlockDocument(house.as(), { name: 'mute', blockSchemaId: schema.id })
      await expect(createNotificationPolicy(house.as(), { channelIds: [id] })).rejects.toMatchObject({
        code: 'INVALID',
        message: 'channelIds.0: is a block of the type box, which sends no notifications',
      })
    })

    test('are listed newest first, and filtered by what they name', async () => {
      const house = await open()
      const channelIds = [await makeChannel(house.as(), 'alerts')]
      await createNotificationPolicy(house.as(), { name: 'alpha', stateNames: ['Late'], tags: ['x', 'y'], channelIds })
      await createNotificationPolicy(house.as(), { name: 'beta', stateTypes: ['FAILED'], channelIds, isActive: false })
      expect(await names(house)).toEqual(['beta', 'alpha'])
      for (const [filter, expected] of [
        [{ isActive: true }, ['alpha']],
        [{ isActive: false }, ['beta']],
        [{ nameContains: 'ALP' }, ['alpha']],
        [{ stateNames: ['Late', 'Failed'] }, ['alpha']],
        [{ stateTypes: ['FAILED'] }, ['beta']],
        [{ tags: ['y'] }, ['alpha']],
        [{ channelIds }, ['beta', 'alpha']],
      ] as const)
        expect(await names(house, filter)).toEqual(expected)
      expect(await countNotificationPolicies(house.as(), { filter: { isActive: true } })).toEqual({ value: 1, isExact: true })
      expect((await sliceNotificationPolicies(house.as(), { limit: 1, offset: 1 })).map(({ name }) => name)).toEqual(['beta'])
    })
  })
})
