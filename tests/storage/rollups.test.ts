import { describe, expect, test } from 'vitest'
import { checkStore } from '../../src/core/checks/index.ts'
import { countedBetween, countedByFlowInParts } from '../../src/core/flow-runs/flow-run.counts.ts'
import {
  countFlowRunsByState,
  countFlowRunsByTime,
  createFlowRun,
  deleteFlowRun,
  FlowRun,
  flowRunConditions,
  setFlowRunState,
  updateFlowRun,
} from '../../src/core/flow-runs/index.ts'
import { deleteFlow, ensureFlow } from '../../src/core/flows/index.ts'
import { ALL_FLOWS, BLOCK, FlowRunRollup, QUARTER_HOUR } from '../../src/core/rollups/index.ts'
import type { Condition } from '../../src/kernel/filters.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'
import { type Chance, createChance } from './random.ts'

const noon = 1_795_608_000_000_000
const states = ['SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED', 'PAUSED', 'CANCELLING'] as const

const inOrder = [
  ['bucket', 'asc'],
  ['scope', 'asc'],
] as const

const rollupFaults = async (house: BareHouse) => (await checkStore(house.as(), {})).filter(({ violations }) => violations > 0)

function someState(chance: Chance) {
  const type = chance.pick(states)
  if (type !== 'SCHEDULED') return { type }
  return { type, scheduledTime: noon + chance.below(5) * QUARTER_HOUR + chance.below(3), ...(chance.isLucky(0.4) ? { name: 'Late' } : {}) }
}

/** Something somebody might do, alone or in a transaction, which may fail; whatever comes of it, the roll-ups tell. */
async function doSomething(house: BareHouse, chance: Chance, ctx: ReturnType<BareHouse['as']>, flows: string[], runs: string[]) {
  const dice = chance.below(20)
  const run = runs.length > 0 ? chance.pick(runs) : undefined
  if (dice < 6 || run === undefined) {
    const made = await createFlowRun(ctx, {
      flowId: chance.pick(flows),
      tags: chance.some(['a', 'b', 'a b']),
      ...(chance.isLucky(0.3) ? { parentTaskRunId: house.ids.uuid() } : {}),
      ...(chance.isLucky(0.3) ? { idempotencyKey: String(chance.below(5)) } : {}),
      ...(chance.isLucky(0.8) ? { state: someState(chance) } : {}),
    })
    return void runs.push(made.run.id)
  }
  if (dice < 13) return void (await setFlowRunState(ctx, { flowRunId: run, state: someState(chance), force: chance.isLucky(0.7) }))
  if (dice < 14) return void (await updateFlowRun(ctx, { id: run, change: { name: 'renamed', tags: chance.some(['a', 'b', 'c']) } }))
  if (dice < 16) return void (await deleteFlowRun(ctx, { id: run }))
  if (dice < 17 && chance.isLucky(0.2))
    return void (await deleteFlow(ctx, { id: flows.splice(chance.below(flows.length), 1, await someFlow(house, ctx))[0]! }))
  if (dice < 18) {
    const inputs = Array.from({ length: 3 }, () => ({ flowRunId: chance.pick(runs), state: someState(chance), force: true }))
    return void (await setFlowRunState.all(ctx, inputs))
  }
  await inTransaction(ctx, async inside => {
    await setFlowRunState(inside, { flowRunId: run, state: someState(chance), force: true })
    await createFlowRun(inside, { flowId: chance.pick(flows), state: someState(chance) })
    if (chance.isLucky(0.5)) await deleteFlowRun(inside, { id: run })
    if (chance.isLucky(0.3)) throw new Error('On purpose: nothing of this may be left.')
  })
}

async function byFlow({ read }: ReturnType<BareHouse['as']>, parts: readonly (readonly Condition[])[]) {
  const counts: Record<string, number> = {}
  for (const where of parts)
    for (const { record, sum } of (await read.sumBy({ entity: FlowRunRollup, where, sum: 'count', by: ['flowId', 'stateType'] })).rows) {
      const key = `${record['flowId']} ${record['stateType']}`
      counts[key] = (counts[key] ?? 0) + sum
    }
  return counts
}

const someFlow = async (house: BareHouse, ctx: ReturnType<BareHouse['as']>) => (await ensureFlow(ctx, { name: house.ids.uuid() })).flow.id

forEachStorage((open, name) => {
  describe('the roll-ups', () => {
    test.each([1, 2, 3])('equal a recount after whatever was done, at once and one by one, in two rooms (seed %i)', async seed => {
      const house = await open()
      const room = await openRoom(house, 'other')
      const chance = createChance(seed)
      const rooms = [house.as(), house.as(undefined, room)]
      const flows = await Promise.all(rooms.map(async ctx => [await someFlow(house, ctx), await someFlow(house, ctx)]))
      const runs: string[][] = [[], []]
      for (let round = 0; round < (name === 'postgres' ? 25 : 40); round++) {
        const many = chance.isLucky(0.5) ? 8 : 1
        await Promise.allSettled(
          Array.from({ length: many }, () => {
            const which = chance.below(2)
            return doSomething(house, chance, rooms[which]!, flows[which]!, runs[which]!)
          }),
        )
      }
      expect(await rollupFaults(house)).toEqual([])
      expect(await house.storage.read.count({ entity: FlowRun, workspaceId: null, where: [], limit: 10_000 })).toBeGreaterThan(10)
      for (const ctx of rooms) {
        for (const filter of [
          {},
          { stateTypes: ['COMPLETED', 'SCHEDULED'] as const },
          { flowIds: flows[0] },
          { isSubflow: true },
          { tags: ['a'] },
          { tags: ['a'], flowIds: flows[0], isSubflow: false },
          { expectedStartTimeAfter: noon + QUARTER_HOUR, expectedStartTimeBefore: noon + 3 * QUARTER_HOUR - 1 },
        ]) {
          const raw = await ctx.read.countBy({ entity: FlowRun, where: flowRunConditions(filter as never), property: 'stateType' })
          const counted = await countFlowRunsByState(ctx, { filter: filter as never })
          expect(counted).toEqual(raw)
        }
        for (const filter of [{}, { tag: 'a' }, { flowIds: flows[0], isSubflow: false }, { stateTypes: ['FAILED', 'RUNNING'] as const }]) {
          const now = Math.floor(house.clock.now() / QUARTER_HOUR) * QUARTER_HOUR
          for (const [start, end] of [
            [noon - BLOCK, noon + 2 * BLOCK],
            [now - 3 * BLOCK, now + QUARTER_HOUR],
            [now, now + QUARTER_HOUR],
          ] as const)
            expect(await byFlow(ctx, countedByFlowInParts(filter as never, start, end))).toEqual(
              await byFlow(ctx, [countedBetween(filter as never, start, end, { isByFlow: true })]),
            )
        }
      }
    })

    test('hold no row that says 0', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
      await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' } })
      const rows = () => house.storage.read.select({ entity: FlowRunRollup, workspaceId: null, where: [], orderBy: inOrder, limit: 100 })
      const running = { stateType: 'RUNNING', isSubflow: false, isLate: false, count: 1 }
      expect(await rows()).toMatchObject([
        { scope: 'all', bucket: -1, flowId: ALL_FLOWS, ...running },
        { scope: 'flow', bucket: -1, flowId: flow.id, ...running },
        { scope: 'all', flowId: ALL_FLOWS, ...running },
        { scope: 'flow', flowId: flow.id, ...running },
      ])
      await deleteFlow(house.as(), { id: flow.id })
      expect(await rows()).toEqual([])
    })
  })

  describe('runs over time', () => {
    const schedule = async (house: BareHouse, flowId: string, minutes: number[], name?: string) =>
      createFlowRun.all(
        house.as(),
        minutes.map(minute => ({
          flowId,
          state: { type: 'SCHEDULED' as const, scheduledTime: noon + minute * 60_000_000, ...(name ? { name } : {}) },
        })),
      )

    test('stand in the buckets they were expected in, by state, late ones told apart, empty buckets included', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { flow: other } = await ensureFlow(house.as(), { name: 'other' })
      const [first] = await schedule(house, flow.id, [0, 14, 29, 30, 95])
      await schedule(house, other.id, [31], 'Late')
      await setFlowRunState(house.as(), { flowRunId: first!.run.id, state: { type: 'CRASHED' } })
      const ask = async (filter?: { flowIds?: string[]; tag?: string; isSubflow?: boolean }) =>
        (
          await countFlowRunsByTime(house.as(), { start: noon, end: noon + 5 * QUARTER_HOUR, bucketSize: 2 * QUARTER_HOUR, filter })
        ).buckets.map(({ start, end, counts, lateCount }) => [
          (start - noon) / QUARTER_HOUR,
          (end - noon) / QUARTER_HOUR,
          Object.fromEntries(counts.map(({ type, count }) => [type, count])),
          lateCount,
        ])
      expect(await ask()).toEqual([
        [0, 2, { SCHEDULED: 2, CRASHED: 1 }, 0],
        [2, 4, { SCHEDULED: 2 }, 1],
        [4, 6, {}, 0],
      ])
      expect(await ask({ flowIds: [flow.id], isSubflow: false })).toEqual([
        [0, 2, { SCHEDULED: 2, CRASHED: 1 }, 0],
        [2, 4, { SCHEDULED: 1 }, 0],
        [4, 6, {}, 0],
      ])
      expect(await ask({ tag: 'none' })).toEqual([
        [0, 2, {}, 0],
        [2, 4, {}, 0],
        [4, 6, {}, 0],
      ])
    })

    test('stand in wide buckets as in the narrow ones that those are made of, and in none before or behind', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const minutes = Array.from({ length: 60 }, (_, place) => place * 37 - 60)
      const made = await schedule(house, flow.id, minutes)
      await schedule(house, flow.id, minutes.slice(0, 25), 'Late')
      await Promise.all(
        made
          .slice(0, 20)
          .map(({ run }, place) =>
            setFlowRunState(house.as(), { flowRunId: run.id, state: { type: place % 3 === 0 ? 'CRASHED' : 'CANCELLED' } }),
          ),
      )
      const ask = async (quarters: number, end: number) =>
        (
          await countFlowRunsByTime(house.as(), { start: noon, end: noon + end * QUARTER_HOUR, bucketSize: quarters * QUARTER_HOUR })
        ).buckets.flatMap(({ start, counts, lateCount }) =>
          [...counts.map(({ type, count }) => [type, count] as const), ['late', lateCount] as const].map(
            ([what, count]) => [`${Math.floor((start - noon) / (16 * QUARTER_HOUR))} ${what}`, count] as const,
          ),
        )
      const summed = (counts: readonly (readonly [key: string, count: number])[]) => {
        const sums: Record<string, number> = {}
        for (const [key, count] of counts) sums[key] = (sums[key] ?? 0) + count
        return sums
      }
      const wide = summed(await ask(16, 120))
      expect(wide).toEqual(summed(await ask(1, 128)))
      expect(wide).toMatchObject({ '0 CRASHED': 2, '1 CANCELLED': expect.any(Number), '2 late': expect.any(Number), '7 SCHEDULED': 6 })
    })

    test.each([
      ['a start between quarters of an hour', { start: noon + 1 }],
      ['an end between quarters of an hour', { end: noon + QUARTER_HOUR + 1 }],
      ['a range that ends where it begins', { end: noon }],
      ['a bucket of no whole quarters', { bucketSize: QUARTER_HOUR + 1 }],
      ['a bucket of nothing', { bucketSize: 0 }],
      ['more than 500 buckets', { end: noon + 501 * QUARTER_HOUR }],
    ])('are refused for %s', async (_what, change) => {
      const house = await open()
      await expect(
        countFlowRunsByTime(house.as(), { start: noon, end: noon + QUARTER_HOUR, bucketSize: QUARTER_HOUR, ...change }),
      ).rejects.toMatchObject({ code: 'INVALID' })
    })
  })
})
