import { describe, expect, test } from 'vitest'
import {
  countVariables,
  createVariable,
  deleteVariable,
  findVariable,
  listVariables,
  sliceVariables,
  updateVariable,
} from '../../src/core/variables/index.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const names = async (house: BareHouse, filter = {}) => (await listVariables(house.as(), { filter })).nodes.map(({ name }) => name)

forEachStorage(open => {
  describe('variables', () => {
    test('come back as they were set, key for key', async () => {
      const house = await open()
      const value = { zebra: [1, 2.5, null, 'é\u0000'], a: { b: true, aa: 1 } }
      await createVariable(house.as(), { name: 'limits', value })
      expect(JSON.stringify((await findVariable(house.as(), { name: 'limits' })).value)).toBe(JSON.stringify(value))
    })

    test('are found, changed and deleted by name or by id', async () => {
      const house = await open()
      const { id } = await createVariable(house.as(), { name: 'one', value: 1 })
      await updateVariable(house.as(), { id, change: { name: 'two' } })
      await updateVariable(house.as(), { name: 'two', change: { value: null, tags: ['t'] } })
      expect(await findVariable(house.as(), { id })).toMatchObject({ name: 'two', value: null, tags: ['t'] })
      await deleteVariable(house.as(), { id })
      for (const which of [{ id }, { name: 'two' }, {}])
        await expect(findVariable(house.as(), which)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('keep names apart', async () => {
      const house = await open()
      await createVariable(house.as(), { name: 'one', value: 1 })
      const { id } = await createVariable(house.as(), { name: 'two', value: 1 })
      const taken = { code: 'CONFLICT', message: 'A variable one exists already.' }
      await expect(createVariable(house.as(), { name: 'one', value: 2 })).rejects.toMatchObject(taken)
      await expect(updateVariable(house.as(), { id, change: { name: 'one' } })).rejects.toMatchObject(taken)
      await updateVariable(house.as(), { id, change: { name: 'two', value: 3 } })
      await createVariable(house.as(undefined, await openRoom(house, 'second')), { name: 'one', value: 2 })
      expect((await findVariable(house.as(), { name: 'one' })).value).toBe(1)
    })

    test('are filtered by name and tags, in any order of theirs', async () => {
      const house = await open()
      for (const [name, tags] of [
        ['beta', ['x', 'y']],
        ['alpha', ['x']],
        ['gamma', []],
      ] as const)
        await createVariable(house.as(), { name, value: name, tags: [...tags] })
      expect(await names(house)).toEqual(['alpha', 'beta', 'gamma'])
      expect(await names(house, { tags: ['x', 'y'] })).toEqual(['beta'])
      expect(await names(house, { nameContains: 'AM' })).toEqual(['gamma'])
      expect(await names(house, { names: ['beta', 'none'] })).toEqual(['beta'])
      const slice = await sliceVariables(house.as(), { limit: 2, offset: 1, orderBy: 'CREATED_DESC' })
      expect(slice.map(({ name }) => name)).toEqual(['alpha', 'beta'])
      expect(await countVariables(house.as(), { filter: { tags: ['x'] } })).toEqual({ value: 2, isExact: true })
    })

    test('of more than 5000 bytes are refused', async () => {
      const house = await open()
      await createVariable(house.as(), { name: 'just', value: 'é'.repeat(2499) })
      await expect(createVariable(house.as(), { name: 'over', value: 'é'.repeat(2500) })).rejects.toMatchObject({
        code: 'INVALID',
        message: 'value: must be at most 5000 bytes of JSON',
      })
    })
  })
})
