import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace, type Place } from '../../bench/places.ts'
import { type FlowOutcome, runFlow } from '../sdk/sdk.ts'
import { startServer } from '../support/server.ts'
import { askOracle } from './oracle.ts'
import type { Figures, Scenario } from './scenario.ts'
import { select } from './stored.ts'

const DOWN_MILLISECONDS = 1_500
const LOOK_MILLISECONDS = 50
/** What the SDK tells of a task that succeeds. */
const LIFE = 'PENDING RUNNING COMPLETED'
const STATES_EACH = 3

// The SDK sends again what was not confirmed, as soon as it has something else to send or has waited for half a minute. What it had sent before its process
// ended, and a server was killed before it stored that, nobody sends again: hence one more task when the last server is up.

export const mappedTasks: Scenario = {
  name: 'mapped-tasks',
  sentence: 'A flow of very many mapped tasks is recorded whole and in order, though the server is killed and started again while it runs.',
  databases: ['sqlite', 'postgres'],
  options: { tasks: 300, kills: 2 },
  needsPython: true,
  async run({ database, options, tell }) {
    const [tasks, kills] = [options['tasks']!, options['kills']!]
    const place = await openPlace(database)
    const server = await startServer({ databaseUrl: place.url })
    const folder = mkdtempSync(join(tmpdir(), 'castellan-many-tasks-'))
    const goOn = () => writeFileSync(join(folder, 'go-on'), '')
    const startedAt = performance.now()
    let isOver = false
    const ended = runFlow('many_tasks', { apiUrl: server.apiUrl }, { TASKS: String(tasks), GO_ON: join(folder, 'go-on') })
      .then(
        outcome => ({ outcome }),
        (error: unknown) => ({ error }),
      )
      .finally(() => (isOver = true))
    try {
      let killed = 0
      for (; killed < kills; killed++) {
        const wanted = (STATES_EACH * tasks * (killed + 1)) / (kills + 1)
        while (!isOver && (await countStates(place)) < wanted) await sleep(LOOK_MILLISECONDS)
        if (isOver) break
        await server.kill()
        const stored = await countStates(place)
        await sleep(DOWN_MILLISECONDS)
        await server.restart()
        tell(`killed with ${stored} states stored, and started again`)
      }
      goOn()
      const end = await ended
      if ('error' in end) throw end.error
      await server.stop()
      const { broken, details } = await judge(place, end.outcome, tasks + 1)
      const seconds = (performance.now() - startedAt) / 1000
      return { broken: { ...broken, 'kills too late': kills - killed }, details, seen: { tasks, kills: killed, seconds } }
    } finally {
      goOn()
      await server.dispose()
      await ended
      rmSync(folder, { recursive: true, force: true })
      await place.dispose()
    }
  },
}

const countStates = async (place: Place): Promise<number> =>
  Number((await select<{ count: number | string }>(place, 'select count(*) as count from task_run_state'))[0]!.count)

async function judge(place: Place, { exitCode, output, report }: FlowOutcome, tasks: number): Promise<Pick<Figures, 'broken' | 'details'>> {
  const rows = await select<{ id: string; type: string; shown: string }>(
    place,
    'select r.id, s.type, r.state_type as shown from task_run r left join task_run_state s on s.task_run_id = r.id order by r.id, s.timestamp, s.id',
  )
  const events = await select<{ count: number | string }>(
    place,
    `select count(*) as count from event where event like 'prefect.task-run.%'`,
  )
  const runs = [...Map.groupBy(rows, ({ id }) => id).values()]
  const lives = runs.map(states => states.map(({ type }) => type).join(' '))
  const astray = runs.filter((states, index) => lives[index] !== LIFE || states[0]!.shown !== 'COMPLETED')
  const { violations, details } = await askOracle(place.url)
  const hasFailed = exitCode !== 0 || report.state_type !== 'COMPLETED'
  return {
    broken: {
      'task runs missing': Math.max(0, tasks - runs.length),
      'task runs too many': Math.max(0, runs.length - tasks),
      'task runs with other states than they had': astray.length,
      'events missing or too many': Math.abs(Number(events[0]!.count) - STATES_EACH * tasks),
      'flow failed': hasFailed ? 1 : 0,
      'otherwise wrong': violations,
    },
    details: [
      ...astray.slice(0, 3).map(states => `${states[0]!.id}: ${states.map(({ type }) => type).join(' ')}, shown as ${states[0]!.shown}`),
      ...(hasFailed ? [output.slice(-2000)] : []),
      ...details,
    ],
  }
}
