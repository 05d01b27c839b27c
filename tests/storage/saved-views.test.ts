import { describe, expect, test } from 'vitest'
import { createSavedView, deleteSavedView, listSavedViews, updateSavedView } from '../../src/core/saved-views/index.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const list = 'FLOW_RUNS'
const create = (house: BareHouse, name: string, rest: object = {}) =>
  createSavedView(house.as(), { list, name, query: 'state=FAILED', ...rest })
const shown = async (house: BareHouse) =>
  (await listSavedViews(house.as(), { list })).map(({ name, query, isDefault }) => [name, query, isDefault])

forEachStorage(open => {
  describe('views of a list', () => {
    test('are found by everybody in the workspace by their name, and by nobody in another', async () => {
      const house = await open()
      const room = await openRoom(house, 'other')
      await create(house, 'Nightly')
      await create(house, ' Broken ', { query: 'state=CRASHED&range=24h' })
      expect(await shown(house)).toEqual([
        ['Broken', 'state=CRASHED&range=24h', false],
        ['Nightly', 'state=FAILED', false],
      ])
      expect(await listSavedViews(house.as(undefined, room), { list })).toEqual([])
    })

    test('are renamed, written over and deleted', async () => {
      const house = await open()
      const { id } = await create(house, 'Nightly')
      await updateSavedView(house.as(), { id, change: { name: 'Nightly ETL' } })
      await updateSavedView(house.as(), { id, change: { query: 'tag=etl' } })
      expect(await shown(house)).toEqual([['Nightly ETL', 'tag=etl', false]])
      await deleteSavedView(house.as(), { id })
      expect(await shown(house)).toEqual([])
      await expect(deleteSavedView(house.as(), { id })).rejects.toThrow(/Saved view/)
    })

    test('have a name of their own', async () => {
      const house = await open()
      await create(house, 'Nightly')
      const { id } = await create(house, 'Broken')
      await expect(create(house, 'Nightly')).rejects.toThrow('A view Nightly of this list exists already.')
      await expect(updateSavedView(house.as(), { id, change: { name: 'Nightly' } })).rejects.toThrow('exists already')
      await expect(create(house, '  ')).rejects.toThrow(/name/)
    })

    test('open the list one at a time', async () => {
      const house = await open()
      await create(house, 'Broken', { isDefault: true })
      const { id } = await create(house, 'Nightly', { isDefault: true })
      expect(await shown(house)).toEqual([
        ['Broken', 'state=FAILED', false],
        ['Nightly', 'state=FAILED', true],
      ])
      await updateSavedView(house.as(), { id, change: { isDefault: false } })
      expect((await shown(house)).map(([, , isDefault]) => isDefault)).toEqual([false, false])
    })
  })
})
