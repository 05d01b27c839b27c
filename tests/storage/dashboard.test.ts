import { describe, expect, test } from 'vitest'
import { readDashboard } from '../../src/core/dashboard/index.ts'
import { createFlowRun, FlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { BLOCK, FlowRunRollup, QUARTER_HOUR, scopes } from '../../src/core/rollups/index.ts'
import type { StateType } from '../../src/core/states/index.ts'
import { clockFromNoon } from '../support/clock-from-noon.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

/** The last full quarter of an hour, an hour ago: what is made now lies in the third of four. */
const rangeOf = (house: BareHouse) => {
  const border = Math.floor(house.clock.now() / QUARTER_HOUR) * QUARTER_HOUR
  return { start: border - 2 * QUARTER_HOUR, end: border + 2 * QUARTER_HOUR, bucketSize: QUARTER_HOUR }
}

const named = (counts: readonly { type: StateType; count: number }[]) => Object.fromEntries(counts.map(({ type, count }) => [type, count]))

async function ended(
  house: BareHouse,
  flowId: string,
  type: StateType,
  change: { tags?: string[]; parentTaskRunId?: string; name?: string } = {},
) {
  const { run } = await createFlowRun(house.as(), { flowId, ...change, state: { type: 'RUNNING' } })
  return (await setFlowRunState(house.as(), { flowRunId: run.id, state: { type, message: `it ${type}` } })).run
}

forEachStorage(open => {
  describe('a dashboard', () => {
    test('shows the stretch, the one before, the present, and who fails, each number the same wherever it stands', async () => {
      const house = await open({ clock: clockFromNoon() })
      const [etl, web] = await Promise.all(['etl', 'web'].map(async name => (await ensureFlow(house.as(), { name })).flow.id))
      const range = rangeOf(house)
      const scheduled = (scheduledTime: number, name?: string) =>
        createFlowRun(house.as(), { flowId: etl!, state: { type: 'SCHEDULED', scheduledTime, ...(name ? { name } : {}) } })
      const now = house.clock.now()
      const late = await scheduled(range.start + 1, 'Late')
      const next = await scheduled(range.end + 1)
      await scheduled(range.start - 1, 'Late')
      await ended(house, etl!, 'COMPLETED')
      await ended(house, web!, 'FAILED', { name: 'first' })
      await ended(house, web!, 'CRASHED', { name: 'second' })
      await ended(house, etl!, 'FAILED')
      const { run } = await createFlowRun(house.as(), { flowId: web!, state: { type: 'RUNNING' } })

      const dashboard = await readDashboard(house.as(), range)
      expect(dashboard.buckets.map(({ counts, lateCount }) => [named(counts), lateCount])).toEqual([
        [{ SCHEDULED: 1 }, 1],
        [{}, 0],
        [{ COMPLETED: 1, FAILED: 2, CRASHED: 1, RUNNING: 1 }, 0],
        [{}, 0],
      ])
      expect(dashboard.previous).toEqual({ counts: [{ type: 'SCHEDULED', count: 1 }], lateCount: 1 })
      expect({ ...dashboard.current, counts: named(dashboard.current.counts) }).toEqual({
        counts: { SCHEDULED: 3, RUNNING: 1 },
        lateCount: 2,
      })
      expect(dashboard.failingFlows.map(({ newestFailure, ...flow }) => ({ ...flow, newest: newestFailure?.name }))).toEqual([
        { flowId: web, failedCount: 1, crashedCount: 1, newest: 'second' },
        { flowId: etl, failedCount: 1, crashedCount: 0, newest: expect.any(String) },
      ])
      expect(dashboard.running.map(({ id }) => id)).toEqual([run.id])
      expect(dashboard.upcoming.map(({ id }) => id).slice(1)).toEqual([late.run.id, next.run.id])
      expect(dashboard.newest[0]!.id).toBe(run.id)
      expect(dashboard.newest).toHaveLength(5)
      expect(dashboard.averageLateness! - (now - range.start)).toBeGreaterThanOrEqual(0)
      expect(dashboard.asOf).toBe(house.events.newest)
    })

    test('shows of the flows that fail what they did, and of the flows that run how long that usually takes', async () => {
      const house = await open({ clock: clockFromNoon() })
      const [etl, web] = await Promise.all(['etl', 'web'].map(async name => (await ensureFlow(house.as(), { name })).flow.id))
      for (let index = 0; index < 4; index += 1) await ended(house, etl!, 'COMPLETED')
      await ended(house, web!, 'FAILED', { tags: ['night'] })
      await ended(house, web!, 'COMPLETED')
      for (const flowId of [etl!, web!]) await createFlowRun(house.as(), { flowId, state: { type: 'RUNNING' } })
      const range = rangeOf(house)

      const few = await readDashboard(house.as(), range)
      const { byFlow, ...stretch } = few.strips
      expect(stretch).toEqual(range)
      expect([...byFlow.keys()]).toEqual([web])
      expect(byFlow.get(web!)).toHaveLength(3)
      for (const type of ['FAILED', 'COMPLETED', 'RUNNING'])
        expect(byFlow.get(web!)).toContainEqual({ flowId: web, bucket: 2, type, count: 1 })
      expect(few.usualDurations).toEqual([])
      const tagged = await readDashboard(house.as(), { ...range, filter: { tag: 'night' } })
      expect(tagged.strips.byFlow.get(web!)).toEqual([{ flowId: web, bucket: 2, type: 'FAILED', count: 1 }])

      const fifth = await ended(house, etl!, 'COMPLETED')
      const { usualDurations } = await readDashboard(house.as(), range)
      expect(usualDurations).toEqual([{ flowId: etl, duration: expect.any(Number) }])
      expect(usualDurations[0]!.duration).toBeGreaterThan(0)
      expect(usualDurations[0]!.duration).toBeLessThan(fifth.endTime! - fifth.created + 1_000_000)
    })

    test('shows at most the last 33 days of it in at most 34 buckets, of which the last reaches the end of the stretch', async () => {
      const house = await open({ clock: clockFromNoon() })
      const { flow } = await ensureFlow(house.as(), { name: 'etl' })
      await ended(house, flow.id, 'FAILED')
      const { end } = rangeOf(house)
      for (const days of [1, 2, 3, 7, 7.5, 30, 33, 90]) {
        const start = end - days * 96 * QUARTER_HOUR
        const { strips } = await readDashboard(house.as(), { start, end, bucketSize: 4 * QUARTER_HOUR * Math.ceil(days / 7) })
        expect((end - strips.start) / strips.bucketSize).toBeLessThanOrEqual(34)
        expect(end - strips.start).toBeGreaterThanOrEqual(Math.min(days, 33) * 96 * QUARTER_HOUR)
        expect(end - strips.start).toBeLessThan(Math.min(days, 33) * 96 * QUARTER_HOUR + BLOCK)
        expect(strips.byFlow.get(flow.id)).toEqual([
          { flowId: flow.id, bucket: Math.floor((end - 2 * QUARTER_HOUR - strips.start) / strips.bucketSize), type: 'FAILED', count: 1 },
        ])
      }
    })

    test('compares what has passed of a stretch that reaches into the future with as much before it', async () => {
      const house = await open({ clock: clockFromNoon() })
      const { flow } = await ensureFlow(house.as(), { name: 'etl' })
      const { start, end, bucketSize } = rangeOf(house)
      // Of six quarters of an hour three have passed, the one under way included.
      const range = { start, end: end + 2 * QUARTER_HOUR, bucketSize }
      for (const quarters of [0, 1, 3, 4])
        await createFlowRun(house.as(), {
          flowId: flow.id,
          state: { type: 'SCHEDULED', scheduledTime: start - 1 - quarters * QUARTER_HOUR },
        })
      const sumOfBefore = async (asked: typeof range) =>
        (await readDashboard(house.as(), asked)).previous.counts.reduce((sum, { count }) => sum + count, 0)
      expect(await sumOfBefore(range)).toBe(2)
      expect(await sumOfBefore({ ...range, end: start + QUARTER_HOUR })).toBe(1)
      expect(await sumOfBefore({ ...range, start: end, end: end + 4 * QUARTER_HOUR })).toBe(0)
    })

    test('is that of a tag, of some flows, or without subflows', async () => {
      const house = await open({ clock: clockFromNoon() })
      const { flow } = await ensureFlow(house.as(), { name: 'etl' })
      const { flow: other } = await ensureFlow(house.as(), { name: 'other' })
      await ended(house, flow.id, 'FAILED', { tags: ['prod', 'eu'] })
      await ended(house, flow.id, 'COMPLETED', { tags: ['prod'], parentTaskRunId: house.ids.uuid() })
      await ended(house, other.id, 'CRASHED')
      const ask = async (filter: object) => {
        const { buckets, failingFlows, newest } = await readDashboard(house.as(), { ...rangeOf(house), filter })
        return [named(buckets[2]!.counts), failingFlows.length, newest.length]
      }
      expect(await ask({})).toEqual([{ FAILED: 1, COMPLETED: 1, CRASHED: 1 }, 2, 3])
      expect(await ask({ tag: 'prod' })).toEqual([{ FAILED: 1, COMPLETED: 1 }, 1, 2])
      expect(await ask({ tag: 'prod', isSubflow: false })).toEqual([{ FAILED: 1 }, 1, 1])
      expect(await ask({ flowIds: [other.id] })).toEqual([{ CRASHED: 1 }, 1, 1])
      expect(await ask({ tag: 'none' })).toEqual([{}, 0, 0])
    })

    test('is read in one moment, whatever is written meanwhile', async () => {
      const house = await open({ clock: clockFromNoon() })
      const { flow } = await ensureFlow(house.as(), { name: 'busy' })
      const all = { entity: FlowRun, where: [], orderBy: [['id', 'asc']], limit: 10_000, properties: ['id'] } as const
      const total = { entity: FlowRunRollup, where: [], sum: 'count', by: ['scope', 'bucket'] } as const
      let isBusy = true
      const writing = (async () => {
        for (let index = 0; index < 60; index++) await createFlowRun(house.as(), { flowId: flow.id })
        isBusy = false
      })()
      let reads = 0
      while (isBusy) {
        const { lists, sums } = await house.as().read.together({ sumBy: { total }, select: { all } })
        const counted = sums.total.rows.find(({ record }) => record['scope'] === scopes.all && record['bucket'] === -1)?.sum ?? 0
        expect(lists.all).toHaveLength(counted)
        reads++
        await new Promise<void>(resolve => house.clock.nextTurn(resolve))
      }
      await writing
      expect(reads).toBeGreaterThan(0)
    })
  })
})
