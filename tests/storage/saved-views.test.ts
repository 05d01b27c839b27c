import { describe, expect, test } from 'vitest'
import {
  createSavedView,
  deleteSavedSearch,
  deleteSavedView,
  findSavedSearch,
  listSavedViews,
  putSavedSearch,
  sliceSavedSearches,
  updateSavedView,
} from '../../src/core/saved-views/index.ts'
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

  describe('saved searches', () => {
    const filters = [{ object: 'flow_run', property: 'state', type: 'state', operation: 'or', value: ['FAILED', { b: 1, a: null }] }]

    test('keep their filters as they came, under a name that is written over', async () => {
      const house = await open()
      const made = await putSavedSearch(house.as(), { name: 'broken', filters: [] })
      const again = await putSavedSearch(house.as(), { name: 'broken', filters })
      expect(again).toEqual({ ...made, filters, updated: again.updated })
      expect(JSON.stringify((await findSavedSearch(house.as(), { id: made.id })).filters)).toBe(JSON.stringify(filters))
      await putSavedSearch(house.as(), { name: 'late', filters })
      const named = async (slice: { limit: number; offset: number }) =>
        (await sliceSavedSearches(house.as(), slice)).map(({ name }) => name)
      expect([await named({ limit: 5, offset: 0 }), await named({ limit: 5, offset: 1 })]).toEqual([['broken', 'late'], ['late']])
      await deleteSavedSearch(house.as(), { id: made.id })
      await expect(findSavedSearch(house.as(), { id: made.id })).rejects.toThrow('Saved search')
    })

    test('are no views of a list, and views are no searches', async () => {
      const house = await open()
      const view = await create(house, 'Nightly')
      const search = await putSavedSearch(house.as(), { name: 'Nightly', filters })
      expect(await shown(house)).toEqual([['Nightly', 'state=FAILED', false]])
      await expect(findSavedSearch(house.as(), { id: view.id })).rejects.toThrow('Saved search')
      await expect(deleteSavedSearch(house.as(), { id: view.id })).rejects.toThrow('Saved search')
      await expect(deleteSavedView(house.as(), { id: search.id })).rejects.toThrow('Saved view')
    })

    test('are refused beyond a hundred thousand characters', async () => {
      const house = await open()
      const large = [{ ...filters[0]!, value: 'x'.repeat(100_000) }]
      await expect(putSavedSearch(house.as(), { name: 'large', filters: large })).rejects.toThrow(/filters: take 100\d+ characters as JSON/)
    })
  })
})
