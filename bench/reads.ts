// Scenario `reads`: the dashboard, and a page of runs in each shape of docs/filters.md, asked of a server with very many runs.
import { startServer } from '../tests/support/server.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { lookAtMachine, type MachineState } from './machine.ts'
import { openPlace } from './places.ts'
import { seedRuns } from './seed-runs.ts'

export interface ReadRow {
  what: string
  /** What it must reach, in milliseconds at the median; null where nothing is promised. */
  bar: number | null
  p50Milliseconds: number
  slowestMilliseconds: number
  machine: MachineState
}

const ROUNDS = 15
const DASHBOARD_MILLISECONDS = 30
const LIST_MILLISECONDS = 10
const HOUR = 3_600_000

export async function* measureReads(runs: number): AsyncGenerator<ReadRow> {
  const place = await openPlace('sqlite')
  try {
    await seedRuns({ url: place.url, file: place.file! }, runs)
    const server = await startServer({ from: 'build', databaseUrl: place.url, args: ['--no-services'] })
    const client = createHttpClient(server.url)
    try {
      for (const [what, bar, query, variables] of await questions(client)) {
        const machine = lookAtMachine()
        const times: number[] = []
        for (let round = 0; round < ROUNDS; round++) {
          const startedAt = performance.now()
          await ask(client, query, variables)
          times.push(performance.now() - startedAt)
        }
        times.sort((one, other) => one - other)
        yield { what, bar, p50Milliseconds: times[ROUNDS >> 1]!, slowestMilliseconds: times.at(-1)!, machine }
      }
    } finally {
      client.close()
      await server.dispose()
    }
  } finally {
    await place.dispose()
  }
}

type Question = [what: string, bar: number | null, query: string, variables: object]

async function questions(client: HttpClient): Promise<Question[]> {
  const { flows } = await ask(client, '{ flows(first: 100) { nodes { id name } } }', {})
  const flowId = (name: string) => flows.nodes.find((flow: { name: string }) => flow.name === name).id as string
  const ago = (days: number) => new Date(Date.now() - days * 24 * HOUR).toISOString()
  const oldDay = { expectedStartTimeAfter: ago(20), expectedStartTimeBefore: ago(19) }
  const list = (what: string, filter: object, bar: number | null = LIST_MILLISECONDS): Question => [`runs: ${what}`, bar, runs, { filter }]
  const count = (what: string, filter: object, bar: number | null = LIST_MILLISECONDS): Question => [
    `total: ${what}`,
    bar,
    total,
    { filter },
  ]
  return [
    dashboardOf('dashboard of 24 hours', 24, 900),
    dashboardOf('dashboard of 24 hours, a tag', 24, 900, { tag: 'prod' }),
    dashboardOf('dashboard of 7 days', 7 * 24, 7200),
    dashboardOf('dashboard of 30 days', 30 * 24, 21_600, {}, null),
    list('all', {}),
    list('a kind', { stateTypes: ['FAILED'] }),
    list('two kinds', { stateTypes: ['FAILED', 'CRASHED'] }),
    list('a kind of few', { stateTypes: ['RUNNING'] }),
    list('a name of a state', { stateNames: ['Late'] }),
    list('a flow', { flowIds: [flowId('flow-0')] }),
    list('a flow of few', { flowIds: [flowId('flow-99')] }),
    list('a flow and a kind', { flowIds: [flowId('flow-5')], stateTypes: ['FAILED'] }),
    list('three flows', { flowIds: ['flow-0', 'flow-1', 'flow-2'].map(flowId) }),
    list('a name of a flow', { flowNames: ['flow-50'] }),
    list('no subflows', { isSubflow: false }),
    list('a day long ago', oldDay),
    list('a day long ago and a kind', { ...oldDay, stateTypes: ['FAILED'] }),
    list('a tag of all', { tags: ['prod'] }),
    list('a part of many names', { nameContains: 'amber' }),
    list('a tag of few', { tags: ['rare'] }, null),
    list('a part of few names', { nameContains: 'needle' }, null),
    list('a part of no name', { nameContains: 'zzzz' }, null),
    count('all', {}),
    count('a flow', { flowIds: [flowId('flow-0')] }),
    count('a tag of few', { tags: ['rare'] }),
    count('a part of no name', { nameContains: 'zzzz' }, null),
  ]
}

const runs = `query ($filter: FlowRunFilter) {
  flowRuns(first: 50, filter: $filter) {
    eventCursor pageInfo { hasNextPage endCursor }
    nodes { id name stateName stateType startTime totalRunTime tags flow { id name } }
  }
}`

const total = 'query ($filter: FlowRunFilter) { flowRuns(first: 1, filter: $filter) { totalCount { value isExact } } }'

function dashboardOf(
  what: string,
  hours: number,
  bucketSize: number,
  filter: object = {},
  bar: number | null = DASHBOARD_MILLISECONDS,
): Question {
  const border = Math.floor(Date.now() / 900_000) * 900_000
  const [start, end] = [border - hours * HOUR, border + HOUR / 2].map(moment => new Date(moment).toISOString())
  return [what, bar, dashboard, { start, end, bucketSize, filter: { isSubflow: false, ...filter } }]
}

const dashboard = `query ($start: DateTime!, $end: DateTime!, $bucketSize: Duration!, $filter: FlowRunCountFilter) {
  dashboard(start: $start, end: $end, bucketSize: $bucketSize, filter: $filter) {
    start end averageLateness eventCursor
    buckets { start lateCount counts { type count } }
    previous { lateCount counts { type count } }
    current { lateCount counts { type count } }
    failingFlows { failedCount crashedCount flow { id name } newestFailure { id name } }
    running { id name startTime flow { id name } }
    upcoming { id name expectedStartTime flow { id name } }
    newest { id name stateName flow { id name } }
  }
}`

async function ask(client: HttpClient, query: string, variables: object): Promise<any> {
  const { body } = await client.post('/graphql', JSON.stringify({ query, variables }))
  const { data, errors } = JSON.parse(body) as { data: unknown; errors?: { message: string }[] }
  if (errors) throw new Error(errors[0]!.message)
  return data
}

export const readLine = ({ what, p50Milliseconds, slowestMilliseconds, machine }: ReadRow): string =>
  `${what}: p50 ${p50Milliseconds.toFixed(1)} ms, slowest ${slowestMilliseconds.toFixed(1)} ms; calibration ${machine.calibrationMilliseconds.toFixed(0)} ms, load ${machine.load.toFixed(1)}`
