import { openPlace } from '../../bench/places.ts'
import { isStillSending, runFlow } from '../sdk/sdk.ts'
import { startServer } from '../support/server.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { select } from './stored.ts'

const TASKS = 10
const STATES_EACH = 3

export const sdkProcesses: Scenario = {
  name: 'sdk-processes',
  sentence: 'Very many processes of the SDK at once meet no error, and what they did is there.',
  databases: ['sqlite'],
  options: { processes: 4, runs: 2 },
  needsPython: true,
  async run({ database, options, tell }) {
    const [processes, runs] = [options['processes']!, options['runs']!]
    const place = await openPlace(database)
    const server = await startServer({ databaseUrl: place.url })
    try {
      const startedAt = performance.now()
      const one = () =>
        runFlow('ten_tasks', { apiUrl: server.apiUrl }, { RUNS: String(runs) }).then(
          ({ exitCode, alarms, output }) => ({
            complaints: exitCode === 0 ? alarms : [`ended with ${exitCode}`, ...alarms],
            stillSending: output.split('\n').filter(isStillSending).length,
          }),
          (error: Error) => ({ complaints: [error.message], stillSending: 0 }),
        )
      const ended = await Promise.all(Array.from({ length: processes }, one))
      const complaints = ended.flatMap(one => one.complaints)
      const seconds = (performance.now() - startedAt) / 1000
      tell(`${processes} processes ended after ${seconds.toFixed(0)} s`)
      const refused = /http_request_duration_seconds_count\{[^}]*status="5/.test(await metrics(server.url))
      await server.stop()
      const [found] = await select<Record<'flows' | 'tasks' | 'states', number | string>>(
        place,
        `select (select count(*) from flow_run where state_type = 'COMPLETED') as flows,
          (select count(*) from task_run where state_type = 'COMPLETED') as tasks, (select count(*) from task_run_state) as states`,
      )
      const verdict = await askOracle(place.url)
      const wanted = processes * runs
      return {
        broken: {
          'errors told by the SDK': complaints.length,
          'answers of 500 and more': refused ? 1 : 0,
          'flow runs not completed': wanted - Number(found!.flows),
          'task runs not completed': wanted * TASKS - Number(found!.tasks),
          'states missing or too many': Math.abs(wanted * TASKS * STATES_EACH - Number(found!.states)),
          'otherwise wrong': verdict.violations,
        },
        details: [...complaints.slice(0, 5), ...verdict.details],
        seen: {
          processes,
          'flow runs': wanted,
          'task runs': wanted * TASKS,
          seconds,
          'times the SDK still had events to send': ended.reduce((sum, { stillSending }) => sum + stillSending, 0),
        },
      }
    } finally {
      await server.dispose()
      await place.dispose()
    }
  },
}

const metrics = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text()
