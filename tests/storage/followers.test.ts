import { describe, expect, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { attendFollower, leaveFollower, lostBy, moveFollower } from '../../src/core/followers/index.ts'
import { sweepRetention } from '../../src/core/retention/index.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

async function attend(house: BareHouse, holder: string, leaseSeconds = 60) {
  const { logId, newest, oldest } = await house.storage.heads()
  const log = { logId, newest: newest.events, oldest: oldest.events }
  return attendFollower(house.as(), { name: 'test', holder, leaseSeconds, log })
}

async function happen(house: BareHouse, count: number) {
  const { flow } = await ensureFlow(house.as(), { name: 'busy' })
  for (let index = 0; index < count; index++) await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
}

forEachStorage(open => {
  describe('a follower', () => {
    test('begins at the end of the log, and one server holds its place at a time', async () => {
      const house = await open()
      await happen(house, 3)
      const [first, second] = [house.ids.uuid(), house.ids.uuid()]
      const begun = await attend(house, first)
      expect(begun).toEqual({ isMine: true, seq: (await house.storage.heads()).newest.events, lost: null })
      expect((await attend(house, second)).isMine).toBe(false)
      await leaveFollower(house.as(), { name: 'test', holder: first })
      expect((await attend(house, second)).isMine).toBe(true)
      const move = { name: 'test', from: begun.seq, to: begun.seq + 1 }
      await expect(moveFollower(house.as(), { ...move, holder: first })).rejects.toMatchObject({ code: 'CONFLICT' })
      await moveFollower(house.as(), { ...move, holder: second })
      await expect(moveFollower(house.as(), { ...move, holder: second })).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test('keeps every event that it has not read from being deleted for its age', async () => {
      const house = await open()
      const holder = house.ids.uuid()
      const { seq } = await attend(house, holder)
      await happen(house, 5)
      const sweep = () => sweepRetention(house.as(), { events: house.clock.now() + 1 })
      expect((await sweep()).events).toBeLessThanOrEqual(Math.max(0, seq))
      expect((await house.storage.readLog('events', seq, 100)).length).toBeGreaterThanOrEqual(5)
      await moveFollower(house.as(), { name: 'test', holder, from: seq, to: seq + 3 })
      await sweep()
      expect((await house.storage.readLog('events', seq, 1))[0]!.seq).toBe(seq + 4)
    })
  })
})

test.each([
  [{ logId: 'a', seq: 5 }, { logId: 'a', newest: 9, oldest: 1 }, null],
  [{ logId: 'a', seq: 5 }, { logId: 'a', newest: 9, oldest: 6 }, null],
  [
    { logId: 'a', seq: 5 },
    { logId: 'a', newest: 9, oldest: 7 },
    { reason: 'EXPIRED', from: 5, to: 6 },
  ],
  [
    { logId: 'a', seq: 5 },
    { logId: 'b', newest: 9, oldest: 1 },
    { reason: 'RESET', from: 0, to: 9 },
  ],
  [
    { logId: 'a', seq: 5 },
    { logId: 'a', newest: 4, oldest: 1 },
    { reason: 'RESET', from: 0, to: 4 },
  ],
])('a place %j in the log %j has lost %j', (place, log, lost) => {
  expect(lostBy(place, log)).toEqual(lost)
})
