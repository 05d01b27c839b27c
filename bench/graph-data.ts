// Scenario `graph-data`: what the timeline and the dependencies of a very large flow run cost the server, and how much they weigh.
import { readFileSync } from 'node:fs'
import { startServer } from '../tests/support/server.ts'
import { connectEvents, createFlowRuns, sendConfirmed } from './events-load.ts'
import { createHttpClient } from './http-client.ts'
import { cpuMicrosecondsOf, lookAtMachine } from './machine.ts'
import { at, type Measured } from './measured.ts'
import { openPlace } from './places.ts'
import { taskRunReports } from './task-run-reports.ts'
import { createChance } from './uuids.ts'

const ROUNDS = 15
const EVENTS_EACH = 3
/** The page wants to be of use within a second, and has its own part of it. */
const SERVER_MILLISECONDS = 500

export async function* measureGraphData(databases: readonly string[], taskRuns: number): AsyncGenerator<Measured> {
  for (const database of databases) yield await measure(database, taskRuns)
}

async function measure(database: string, taskRuns: number): Promise<Measured> {
  const place = await openPlace(database)
  const server = await startServer({ from: 'build', databaseUrl: place.url })
  const client = createHttpClient(server.url)
  try {
    const [flowRun] = await createFlowRuns(server.url, 1)
    const socket = await connectEvents(server.url)
    const reports = taskRunReports(flowRun!, createChance(), { isChained: true })
    await sendConfirmed(socket, reports, EVENTS_EACH * taskRuns)
    socket.close()
    const machine = lookAtMachine()
    const query = readFileSync(new URL('../web/src/pages/flow-runs/flow-run-tasks.graphql', import.meta.url), 'utf8')
    const body = JSON.stringify({ query, operationName: 'FlowRunTasks', variables: { id: flowRun!.id, most: taskRuns } })
    const times: number[] = []
    let bytes = 0
    let nodes = 0
    const cpuBefore = cpuMicrosecondsOf(server.pid())
    for (let round = 0; round < ROUNDS; round++) {
      const startedAt = performance.now()
      const answer = await client.post('/graphql', body)
      times.push(performance.now() - startedAt)
      bytes = answer.body.length
      nodes = JSON.parse(answer.body).data.flowRunGraph.nodes.length
    }
    const cpuAfter = cpuMicrosecondsOf(server.pid())
    const cpu = cpuBefore === null || cpuAfter === null ? '–' : ((cpuAfter - cpuBefore) / 1000 / ROUNDS).toFixed(0)
    return {
      what: `${database}, graph of ${nodes} task runs: p50`,
      value: at(0.5, times),
      unit: 'ms',
      bar: { most: SERVER_MILLISECONDS },
      beside: `fastest ${at(0, times).toFixed(0)} ms, slowest ${at(1, times).toFixed(0)} ms, ${cpu} ms of server CPU, ${(bytes / 1000).toFixed(0)} kB`,
      machine,
    }
  } finally {
    client.close()
    await server.dispose()
    await place.dispose()
  }
}
