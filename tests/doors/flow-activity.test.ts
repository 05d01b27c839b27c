// What the GraphQL door tells of flows, of events over time, and of the server.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { systemClock, toIso } from '../../src/kernel/clock.ts'
import { decodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overSocket } from './subscription.ts'

const now = 1_795_608_000_000_000
let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors({}, { ...systemClock, now: () => now })
  url = `${doors.url}/graphql`
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)
const asked = async (query: string) => {
  const before = doors.house.statements.length
  const { data, errors } = await graphql(url, query)
  expect(errors).toBeUndefined()
  return { data, statements: doors.house.statements.slice(before) }
}

describe('a page of flows', () => {
  test('is read with their activity and last runs in three readings, however many they are', async () => {
    const flows = await ensureFlow.all(
      ctx(),
      ['a', 'b', 'c'].map(name => ({ name })),
    )
    const { run } = await createFlowRun(ctx(), { flowId: flows[1]!.flow.id, state: { type: 'RUNNING' } })
    const range = `start: "${toIso(now)}", end: "${toIso(now + 900_000_000)}", bucketSize: 900`
    const { data, statements } = await asked(
      `{ flows { nodes { name lastRun { id } activity(${range}) { counts { bucket type count } runningCount eventCursor } } } }`,
    )
    expect(statements).toEqual(['read.select', 'read.select', 'read.together'])
    expect(data.flows.nodes.map(({ name, lastRun }: any) => [name, lastRun?.id])).toEqual([
      ['a', undefined],
      ['b', run.id],
      ['c', undefined],
    ])
    const [idle, active] = data.flows.nodes
    expect([idle.activity.counts, idle.activity.runningCount]).toEqual([[], 0])
    expect([active.activity.counts, active.activity.runningCount]).toEqual([[{ bucket: 0, type: 'RUNNING', count: 1 }], 1])
    expect(decodeCursor(active.activity.eventCursor)).toMatchObject({ log: 'events', seq: doors.house.events.newest })
  })
})

describe('deleting flows', () => {
  test('says first what would go, then takes it; a flow that is not there is passed over', async () => {
    const { flow } = await ensureFlow(ctx(), { name: 'doomed' })
    const { run } = await createFlowRun(ctx(), { flowId: flow.id, state: { type: 'PENDING' } })
    await setFlowRunState(ctx(), { flowRunId: run.id, state: { type: 'RUNNING' } })
    await createFlowRun(ctx(), { flowId: flow.id })
    await applyDeployment(ctx(), { flowId: flow.id, name: 'nightly' })
    const deletion = (input: string) =>
      asked(`mutation { deleteFlows(input: { ids: ["${flow.id}", "${run.id}"], ${input} })
        { deletedIds flowCount flowRunCount deploymentCount } }`)
    const counts = { flowCount: 1, flowRunCount: 2, deploymentCount: 1 }
    expect((await deletion('dryRun: true')).data.deleteFlows).toEqual({ deletedIds: [], ...counts })
    expect((await asked(`{ flow(id: "${flow.id}") { name } }`)).data.flow).toEqual({ name: 'doomed' })
    expect((await deletion('dryRun: false')).data.deleteFlows).toEqual({ deletedIds: [flow.id], ...counts })
    expect((await asked(`{ flow(id: "${flow.id}") { name } flowRun(id: "${run.id}") { id } }`)).data).toEqual({ flow: null, flowRun: null })
    expect((await deletion('dryRun: true')).data.deleteFlows).toEqual({
      deletedIds: [],
      flowCount: 0,
      flowRunCount: 0,
      deploymentCount: 0,
    })
  })
})

describe('events over time', () => {
  test('come with the cursor that continues them, and not at all where names would cost too much', async () => {
    const { data } = await asked(`{ eventHistory(start: "${toIso(now)}", spanSize: 60, spanCount: 2) { counts eventCursor } }`)
    expect(data.eventHistory.counts[0]).toBeGreaterThan(0)
    expect(data.eventHistory.counts[1]).toBe(0)
    expect(decodeCursor(data.eventHistory.eventCursor)).toMatchObject({ log: 'events', seq: doors.house.events.newest })
    const many = (count: number) =>
      receiveEvents(ctx(), {
        events: Array.from({ length: count }, () => ({
          id: doors.house.ids.uuid(),
          occurred: now - 3_600_000_000,
          event: 'test.a',
          resource: { 'prefect.resource.id': 'test' },
        })),
      })
    const named = async () =>
      (
        await asked(
          `{ eventHistory(start: "${toIso(now - 3_600_000_000)}", spanSize: 60, spanCount: 1, filter: { namePrefixes: ["test."] }) { counts } }`,
        )
      ).data.eventHistory
    for (let round = 0; round < 10; round++) await many(5000)
    expect(await named()).toEqual({ counts: [50_000] })
    await many(1)
    expect(await named()).toBeNull()
  })
})

describe('the server', () => {
  test('says how its database is, what it does by itself, how long it keeps things, and who is connected', async () => {
    doors.house.serviceTicks.started({ name: 'retention', everyMilliseconds: 3_600_000 })
    doors.house.serviceTicks.ticked('retention', null)
    const query = `{ server { openSockets databaseFacts { sizeBytes revision serverCount } services { name every lastTickAt failure }
      retention { runsDays eventsDays logsDays } } }`
    const { data } = await asked(query)
    expect(data.server).toEqual({
      openSockets: 0,
      databaseFacts: { sizeBytes: expect.any(Number), revision: expect.stringMatching(/^\d{4}-/), serverCount: 1 },
      services: [{ name: 'retention', every: 3600, lastTickAt: toIso(now), failure: null }],
      retention: { runsDays: 90, eventsDays: 7, logsDays: 30 },
    })
    const subscriber = overSocket(url, 'subscription { eventOccurred { cursor } }')
    await expect.poll(async () => (await asked(query)).data.server.openSockets).toBe(1)
    await subscriber.leave()
    await expect.poll(async () => (await asked(query)).data.server.openSockets).toBe(0)
  })
})
