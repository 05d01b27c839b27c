import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createFlowRun, deleteFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun, setTaskRunState } from '../../src/core/task-runs/index.ts'
import { createVariable } from '../../src/core/variables/index.ts'
import { systemClock, toIso } from '../../src/kernel/clock.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overEvents, overSocket } from './subscription.ts'

const noon = 1_795_608_000_000_000
const quarter = 900_000_000
const range = { start: toIso(noon), end: toIso(noon + 4 * quarter), bucketSize: 900 }
const types = '$start: DateTime!, $end: DateTime!, $bucketSize: Duration!'
const args = 'start: $start, end: $end, bucketSize: $bucketSize'
const fields = 'buckets { start counts { type count } } running { id } eventCursor'

let doors: Doors
let url: string
let flowId: string
beforeAll(async () => {
  doors = await openDoors({}, { ...systemClock, now: () => noon })
  url = `${doors.url}/graphql`
})
beforeEach(async () => {
  flowId = (await ensureFlow(ctx(), { name: doors.house.ids.uuid() })).flow.id
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)
const newRun = async () => (await createFlowRun(ctx(), { flowId, state: { type: 'RUNNING' } })).run.id
const complete = (flowRunId: string) => setFlowRunState(ctx(), { flowRunId, state: { type: 'COMPLETED' } })
const sumOf = (buckets: { counts: { type: string; count: number }[] }[]) => {
  const sums: Record<string, number> = {}
  for (const { counts } of buckets) for (const { type, count } of counts) if (count > 0) sums[type] = (sums[type] ?? 0) + count
  return sums
}

/** Of one flow, so that tests do not see each other's runs. */
function follow(over: typeof overSocket, after?: string) {
  const subscriber = over(
    url,
    `subscription (${types}, $filter: FlowRunCountFilter, $after: Cursor) {
      dashboardChanged(${args}, filter: $filter, after: $after) { cursor gap { reason } dashboard { ${fields} } } }`,
    { ...range, filter: { flowIds: [flowId] }, after },
  )
  onTestFinished(() => subscriber.leave())
  return async () => {
    const { data, errors } = await subscriber.next()
    if (errors) throw new Error(errors[0]!.message)
    return data.dashboardChanged
  }
}

test('the query reads every number at one moment, and says where the log stood', async () => {
  const id = await newRun()
  const before = doors.house.statements.length
  const { data } = await graphql(url, `query (${types}) { dashboard(${args}, filter: { flowIds: ["${flowId}"] }) { ${fields} } }`, range)
  // The second is how long runs of that flow usually take.
  expect(doors.house.statements.slice(before)).toEqual(['read.together', 'read.select'])
  expect(sumOf(data.dashboard.buckets)).toEqual({ RUNNING: 1 })
  expect(data.dashboard.running).toEqual([{ id }])
})

test('task runs are told in the same frames, of a tag those that carry it, and of flows not at all', async () => {
  const tag = doors.house.ids.uuid()
  const taskRuns =
    'taskRuns { counts { type count } previous { count } current { type count } activity { bucketCount counts { bucket type count } } }'
  const asked = { ...range, filter: { tag, isSubflow: false } }
  const subscriber = overSocket(
    url,
    `subscription (${types}, $filter: FlowRunCountFilter) { dashboardChanged(${args}, filter: $filter) { dashboard { ${taskRuns} } } }`,
    asked,
  )
  onTestFinished(() => subscriber.leave())
  const next = async () => (await subscriber.next()).data.dashboardChanged.dashboard.taskRuns
  const some = (counts: { type: string; count: number }[]) => counts.filter(({ count }) => count > 0)
  expect(some((await next()).counts)).toEqual([])
  const { run } = await createTaskRun(ctx(), { taskKey: 'load', dynamicKey: tag, tags: [tag], state: { type: 'RUNNING' } })
  const frame = await next()
  expect([frame.counts, frame.current].map(some)).toEqual([[{ type: 'RUNNING', count: 1 }], [{ type: 'RUNNING', count: 1 }]])
  expect(frame.activity).toEqual({ bucketCount: 4, counts: [{ bucket: 0, type: 'RUNNING', count: 1 }] })
  await setTaskRunState(ctx(), { taskRunId: run.id, state: { type: 'COMPLETED' } })
  expect(some((await next()).counts)).toEqual([{ type: 'COMPLETED', count: 1 }])
  const ofFlows = await graphql(url, `query (${types}) { dashboard(${args}, filter: { flowIds: ["${flowId}"] }) { ${taskRuns} } }`, range)
  expect(ofFlows.data.dashboard.taskRuns).toBeNull()
})

test('a range of no quarters of an hour is refused with its path', async () => {
  const { errors } = await graphql(url, `query (${types}) { dashboard(${args}) { eventCursor } }`, { ...range, start: toIso(noon + 1) })
  expect(errors![0].extensions).toMatchObject({ code: 'INVALID', issues: [{ path: ['start'] }] })
})

describe.each([
  ['a socket', overSocket],
  ['server-sent events', overEvents],
])('over %s', (_way, over) => {
  test('the first frame is whole and comes at once, later ones hold the buckets that changed', async () => {
    const id = await newRun()
    const next = follow(over)
    const first = await next()
    expect(first.dashboard.buckets).toHaveLength(4)
    expect(sumOf(first.dashboard.buckets)).toEqual({ RUNNING: 1 })
    await complete(id)
    const second = await next()
    expect(second.dashboard.buckets).toEqual([
      {
        start: toIso(noon),
        counts: expect.arrayContaining([
          { type: 'COMPLETED', count: 1 },
          { type: 'RUNNING', count: 0 },
        ]),
      },
    ])
    expect(second.dashboard.running).toEqual([])
    await deleteFlowRun(ctx(), { id })
    expect(sumOf((await next()).dashboard.buckets)).toEqual({})
  })

  test('behind a cursor nothing comes until something happens, and then all of it', async () => {
    const id = await newRun()
    const { cursor } = await follow(over)()
    const next = follow(over, cursor)
    const coming = next()
    await complete(id)
    const frame = await coming
    expect(sumOf(frame.dashboard.buckets)).toEqual({ COMPLETED: 1 })
    expect(frame).toMatchObject({ gap: null, dashboard: { buckets: { length: 4 } } })
  })

  test('a cursor of another history gets a gap with the whole of it', async () => {
    await newRun()
    const stale = encodeCursor({ logId: doors.house.ids.uuid(), log: 'events', seq: 1 })
    expect(await follow(over, stale)()).toMatchObject({ gap: { reason: 'RESET' }, dashboard: { buckets: { length: 4 } } })
  })
})

test('what does not concern runs makes no frame', async () => {
  const next = follow(overSocket)
  await next()
  await createVariable(ctx(), { name: 'quiet', value: 1 })
  const coming = next()
  const id = await newRun()
  expect((await coming).dashboard.running).toEqual([{ id }])
})

test('subscribers to the same read once together', async () => {
  const followers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const next = follow(overSocket)
      await next()
      return next
    }),
  )
  const before = doors.house.statements.length
  const frames = followers.map(next => next())
  await newRun()
  await Promise.all(frames)
  const reads = doors.house.statements.slice(before).filter(statement => statement === 'read.together')
  expect(reads.length).toBeLessThan(5)
})
