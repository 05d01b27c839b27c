import { describe, expect, test } from 'vitest'
import { countEventsByTime, receiveEvents } from '../../src/core/events/index.ts'
import { countFlowRunsByFlow, createFlowRun, newestFlowRunsByFlow, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { QUARTER_HOUR } from '../../src/core/rollups/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage, type OpenHouse } from './for-each-storage.ts'

const noon = 1_795_608_000_000_000
const second = 1_000_000

const openAtNoon = (open: OpenHouse) => open({ clock: { ...systemClock, now: () => noon } })

const someFlow = async (house: BareHouse, name: string) => (await ensureFlow(house.as(), { name })).flow.id

const runAt = async (house: BareHouse, flowId: string, scheduledTime: number) =>
  (await createFlowRun(house.as(), { flowId, state: { type: 'SCHEDULED', scheduledTime } })).run.id

forEachStorage(open => {
  describe('the activity of flows', () => {
    test('is read at once for all of them: by bucket and kind of state in the range, and those running whenever expected', async () => {
      const house = await openAtNoon(open)
      const [one, other, idle] = [await someFlow(house, 'one'), await someFlow(house, 'other'), await someFlow(house, 'idle')]
      const failed = await runAt(house, one, noon)
      await runAt(house, one, noon + 2 * QUARTER_HOUR)
      await runAt(house, one, noon + 2 * QUARTER_HOUR + 1)
      const early = await runAt(house, one, noon - QUARTER_HOUR)
      const running = await runAt(house, other, noon)
      await setFlowRunState(house.as(), { flowRunId: failed, state: { type: 'FAILED' }, force: true })
      for (const flowRunId of [early, running]) await setFlowRunState(house.as(), { flowRunId, state: { type: 'RUNNING' }, force: true })
      const range = { start: noon, end: noon + 4 * QUARTER_HOUR, bucketSize: 2 * QUARTER_HOUR }
      const { activities, asOf } = await countFlowRunsByFlow(house.as(), { flowIds: [idle, one, other], ...range })
      expect(activities).toEqual([
        { counts: [], runningCount: 0 },
        {
          counts: [
            { bucket: 0, type: 'FAILED', count: 1 },
            { bucket: 1, type: 'SCHEDULED', count: 2 },
          ],
          runningCount: 1,
        },
        { counts: [{ bucket: 0, type: 'RUNNING', count: 1 }], runningCount: 1 },
      ])
      expect(asOf).toBe(house.events.newest)
    })

    test('shows nothing of another room', async () => {
      const house = await openAtNoon(open)
      const flow = await someFlow(house, 'here')
      await runAt(house, flow, noon)
      const there = house.as(undefined, await openRoom(house, 'other'))
      const range = { start: noon, end: noon + QUARTER_HOUR, bucketSize: QUARTER_HOUR }
      expect((await countFlowRunsByFlow(there, { flowIds: [flow], ...range })).activities).toEqual([{ counts: [], runningCount: 0 }])
      expect(await newestFlowRunsByFlow(there, { flowIds: [flow] })).toEqual([undefined])
    })
  })

  test('the newest run of a flow is the last that should have started by now, not one that is still ahead', async () => {
    const house = await openAtNoon(open)
    const [one, other, idle] = [await someFlow(house, 'one'), await someFlow(house, 'other'), await someFlow(house, 'idle')]
    await runAt(house, one, noon - 2)
    const newest = await runAt(house, one, noon - 1)
    await runAt(house, one, noon + 1)
    await runAt(house, idle, noon + 1)
    const only = await runAt(house, other, noon - QUARTER_HOUR)
    const found = await newestFlowRunsByFlow(house.as(), { flowIds: [other, idle, one] })
    expect(found.map(run => run?.id)).toEqual([only, undefined, newest])
    expect(found[0]).not.toHaveProperty('parameters')
  })

  describe('events over time', () => {
    const happened = (house: BareHouse, occurred: number, event = 'test.a', resource = 'test.one') =>
      receiveEvents(house.as(), { events: [{ id: house.ids.uuid(), occurred, event, resource: { 'prefect.resource.id': resource } }] })

    test('are counted in spans that end where the next begins, by name and by resource too', async () => {
      const house = await openAtNoon(open)
      for (const [offset, event, resource] of [
        [-1, 'test.a', 'test.one'],
        [0, 'test.a', 'test.one'],
        [second - 1, 'test.b', 'test.two'],
        [second, 'other.a', 'test.one'],
        [3 * second, 'test.a', 'test.one'],
      ] as const)
        await happened(house, noon + offset, event, resource)
      const ask = async (filter?: object) =>
        (await countEventsByTime(house.as(), { start: noon, spanSize: second, spanCount: 3, filter }))?.counts
      expect(await ask()).toEqual([2, 1, 0])
      expect(await ask({ namePrefixes: ['test.'] })).toEqual([2, 0, 0])
      expect(await ask({ names: ['other.a', 'test.b'] })).toEqual([1, 1, 0])
      expect(await ask({ resourceIds: ['test.one'] })).toEqual([1, 1, 0])
      const history = await countEventsByTime(house.as(), { start: noon, spanSize: second, spanCount: 1 })
      expect(history?.asOf).toBe(house.events.newest)
      const there = house.as(undefined, await openRoom(house, 'other'))
      expect((await countEventsByTime(there, { start: noon, spanSize: second, spanCount: 2 }))?.counts).toEqual([0, 0])
    })

    test.each([
      ['spans shorter than a second', { spanSize: second - 1 }],
      ['more than 200 spans', { spanCount: 201 }],
      ['a filter that has a time of its own', { filter: { occurredAfter: noon } }],
    ])('are refused for %s', async (_what, change) => {
      const house = await openAtNoon(open)
      await expect(
        countEventsByTime(house.as(), { start: noon, spanSize: second, spanCount: 1, ...change } as never),
      ).rejects.toMatchObject({
        code: 'INVALID',
      })
    })
  })

  test('a database tells how large it is, at which revision, and how many servers use it', async () => {
    const house = await openAtNoon(open)
    const facts = await house.storage.describe()
    expect(facts.sizeBytes).toBeGreaterThan(10_000)
    expect(facts.revision).toMatch(/^\d{4}-[a-z-]+$/)
    if (house.storage.isShared) {
      await open({ on: house.url })
      await expect.poll(async () => (await house.storage.describe()).serverCount).toBe(2)
    } else expect(facts.serverCount).toBe(1)
  })
})
