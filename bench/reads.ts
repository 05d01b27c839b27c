// Scenario `reads`: the dashboard, and a page of runs in each shape of docs/filters.md, asked of a server with very many runs.
import { readFileSync } from 'node:fs'
import { startServer } from '../tests/support/server.ts'
import { FIRST_EVENTS, feedFilter } from '../web/src/pages/dashboard/feed.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { cpuMicrosecondsOf, lookAtMachine } from './machine.ts'
import { at, type Measured } from './measured.ts'
import { openPlace } from './places.ts'
import { type Seeded, type SeedSizes, seedRuns } from './seed-runs.ts'

const ROUNDS = 25
const DASHBOARD_MILLISECONDS = 30
const LIST_MILLISECONDS = 10
const RARE_MILLISECONDS = 60
const HISTORY_MILLISECONDS = 15
const LOG_MILLISECONDS = 5
const SEARCH_MILLISECONDS = 300
const HOUR = 3_600_000

export async function* measureReads(databases: readonly string[], sizes: SeedSizes): AsyncGenerator<Measured> {
  for (const database of databases) yield* measureReadsOn(database, sizes)
}

async function* measureReadsOn(database: string, sizes: SeedSizes): AsyncGenerator<Measured> {
  const place = await openPlace(database)
  try {
    const seeded = await seedRuns(place, sizes)
    const server = await startServer({ from: 'build', databaseUrl: place.url, args: ['--no-services'] })
    const client = createHttpClient(server.url)
    try {
      for (const question of await questions(client, seeded))
        yield await measure(client, server.pid(), `${database}, ${question[0]}`, question)
    } finally {
      client.close()
      await server.dispose()
    }
  } finally {
    await place.dispose()
  }
}

async function measure(client: HttpClient, pid: number, what: string, [, bar, query, variables]: Question): Promise<Measured> {
  const machine = lookAtMachine()
  const times: number[] = []
  let bytes = 0
  const cpuBefore = cpuMicrosecondsOf(pid)
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now()
    bytes = await ask(client, query, variables).then(({ body }) => body.length)
    times.push(performance.now() - startedAt)
  }
  const cpuAfter = cpuMicrosecondsOf(pid)
  const cpu = cpuBefore === null || cpuAfter === null ? '–' : ((cpuAfter - cpuBefore) / 1000 / ROUNDS).toFixed(1)
  return {
    what: `${what}: p50`,
    value: at(0.5, times),
    unit: 'ms',
    bar: bar === null ? null : { most: bar },
    beside: `slowest ${at(1, times).toFixed(1)} ms, ${cpu} ms of server CPU, ${(bytes / 1000).toFixed(0)} kB`,
    machine,
  }
}

/** A text, or an operation of a page's own documents. */
type Document = string | { file: string; operationName: string }
type Question = [what: string, bar: number | null, query: Document, variables: object]

async function questions(client: HttpClient, { longRunId }: Seeded): Promise<Question[]> {
  const { flows } = (await ask(client, '{ flows(first: 100) { nodes { id name } } }', {})).data
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
    historyOf('history of 24 hours', 24, 900),
    historyOf('history of 7 days', 7 * 24, 7200),
    historyOf('history of 7 days, a flow', 7 * 24, 7200, { flowIds: [flowId('flow-0')] }),
    historyOf('history of 30 days', 30 * 24, 21_600),
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
    list('a tag of few', { tags: ['rare'] }, RARE_MILLISECONDS),
    list('a part of few names', { nameContains: 'needle' }, RARE_MILLISECONDS),
    list('a part of no name', { nameContains: 'zzzz' }, null),
    count('all', {}),
    count('a flow', { flowIds: [flowId('flow-0')] }),
    count('a tag of few', { tags: ['rare'] }),
    count('a part of no name', { nameContains: 'zzzz' }, null),
    logsOf('log: first page', LOG_MILLISECONDS, 'LogLines', { filter: { flowRunIds: [longRunId] }, first: 200 }),
    logsOf('log: last page', LOG_MILLISECONDS, 'LogEnd', { filter: { flowRunIds: [longRunId] }, first: 200 }),
    logsOf('log: outline of 100,000 lines', null, 'LogOutline', { flowRunId: longRunId }),
    logsOf('log: search of 100,000 lines', SEARCH_MILLISECONDS, 'LogMatches', { flowRunId: longRunId, textContains: 'needle' }),
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
  const asked = { start, end, bucketSize, most: 8, filter: { isSubflow: false, ...filter }, events: feedFilter, firstEvents: FIRST_EVENTS }
  return [what, bar, { file: 'dashboard/dashboard', operationName: 'Dashboard' }, asked]
}

function historyOf(what: string, hours: number, bucketSize: number, filter: object = {}): Question {
  const border = Math.floor(Date.now() / 900_000) * 900_000
  const [start, end] = [border - hours * HOUR, border].map(moment => new Date(moment).toISOString())
  return [what, HISTORY_MILLISECONDS, history, { start, end, bucketSize, filter }]
}

const history = `query ($start: DateTime!, $end: DateTime!, $bucketSize: Duration!, $filter: FlowRunCountFilter) {
  flowRunHistory(start: $start, end: $end, bucketSize: $bucketSize, filter: $filter) { buckets { start lateCount counts { type count } } }
}`

const logsOf = (what: string, bar: number | null, operationName: string, variables: object): Question => [
  what,
  bar,
  { file: 'flow-runs/flow-run-logs', operationName },
  variables,
]

async function ask(client: HttpClient, query: Document, variables: object): Promise<{ data: any; body: string }> {
  const { body } = await client.post('/graphql', JSON.stringify({ ...asked(query), variables }))
  const { data, errors } = JSON.parse(body) as { data: unknown; errors?: { message: string }[] }
  if (errors) throw new Error(errors[0]!.message)
  return { data, body }
}

const asked = (query: Document) => {
  if (typeof query === 'string') return { query }
  const { file, operationName } = query
  return { query: readFileSync(new URL(`../web/src/pages/${file}.graphql`, import.meta.url), 'utf8'), operationName }
}
