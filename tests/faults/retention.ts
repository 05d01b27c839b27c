import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace, type Place } from '../../bench/places.ts'
import { createFlowRun, FlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { expiryAt, sweepRetention } from '../../src/core/retention/index.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import { sweepAll } from '../../src/services/retention.ts'
import { type BareHouse, openBareHouse } from '../support/house.ts'
import { multiplyRuns } from './multiply.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'

const DAYS_AGO = 100
const AT_ONCE = 100
/** So many are written as a server writes them; the rest are their copies. */
const MOST_WRITTEN = 2000
const LINES_EACH = 4
/** One under way, and one that was asked for before. How long that takes is shown and not judged: on a busy machine it tells of that. */
const MOST_STEPS_WAITED_FOR = 2
/** Of all writes: a busy machine lets one or the other stand while others go on, which is not the doing of the steps. */
const SHARE_LEFT_STANDING = 0.05

export const retention: Scenario = {
  name: 'retention',
  sentence: 'What is too old goes in small steps while others write: nobody waits long, and nothing else is gone.',
  databases: ['sqlite', 'postgres'],
  // A run makes eleven rows: 92,000 runs are a million.
  options: { runs: 2000 },
  async run({ database, options, tell }) {
    const place = await openPlace(database)
    const broken = { 'left behind': 0, 'young ones gone': 0, 'otherwise wrong': 0, 'writes that waited for many steps': 0 }
    try {
      const many = await seed(place, options['runs']!)
      tell(`${many} runs of ${DAYS_AGO} days ago are stored`)
      const house = await openBareHouse(place.url)
      const calm = await writeDuring(house, () => sleep(2000))
      const startedAt = performance.now()
      const busy = await writeDuring(house, () => sweepAll(house.as(), new AbortController().signal))
      const took = performance.now() - startedAt
      const runs = await house.storage.read.count({ entity: FlowRun, workspaceId: null, where: [], limit: 1_000_000 })
      const { isDone } = await sweepRetention(house.as(), expiryAt(house.clock.now(), house.settings))
      await house.close()
      const verdict = await askOracle(place.url)
      broken['left behind'] = isDone ? Math.max(0, runs - calm.length - busy.length) : 1
      broken['young ones gone'] = Math.max(0, calm.length + busy.length - runs)
      broken['otherwise wrong'] = verdict.violations
      const waited = busy.filter(({ steps }) => steps > MOST_STEPS_WAITED_FOR).length
      broken['writes that waited for many steps'] = Math.max(0, waited - Math.floor(busy.length * SHARE_LEFT_STANDING))
      const times = { calm: calm.map(({ milliseconds }) => milliseconds), busy: busy.map(({ milliseconds }) => milliseconds) }
      return {
        broken,
        details: verdict.details,
        seen: {
          'runs deleted': many,
          seconds: took / 1000,
          writes: busy.length,
          steps: stepsOf(house.published),
          'longest write, ms': Math.max(...times.busy),
          'p99, ms': at(times.busy, 0.99),
          'p50, ms': at(times.busy, 0.5),
          'longest without, ms': Math.max(...times.calm),
          'p99 without, ms': at(times.calm, 0.99),
        },
      }
    } finally {
      await place.dispose()
    }
  },
}

/** Ended runs with their states, events and lines. Answers how many there are. */
async function seed(place: Place, asked: number): Promise<number> {
  const written = Math.min(asked, MOST_WRITTEN)
  const copies = Math.floor(asked / written) - 1
  await write(place.url, written)
  if (copies > 0) await multiplyRuns(place, copies)
  return written * (1 + copies)
}

/** By a server whose clock is late. */
async function write(url: string, many: number): Promise<void> {
  const clock: Clock = { ...systemClock, now: () => systemClock.now() - DAYS_AGO * 86_400_000_000 }
  const house = await openBareHouse(url, { clock, environment: { CASTELLAN_SQLITE_SYNCHRONOUS: 'NORMAL' } })
  const { flow } = await ensureFlow(house.as(), { name: 'old' })
  for (let start = 0; start < many; start += AT_ONCE) {
    const state = { type: 'PENDING' as const }
    const made = await createFlowRun.all(
      house.as(),
      Array.from({ length: Math.min(AT_ONCE, many - start) }, () => ({ flowId: flow.id, state })),
    )
    const ids = made.map(({ run }) => run.id)
    for (const type of ['RUNNING', 'COMPLETED'] as const)
      await setFlowRunState.all(
        house.as(),
        ids.map(flowRunId => ({ flowRunId, state: { type } })),
      )
    const line = (flowRunId: string) => ({
      name: 'n',
      level: 20,
      message: 'A line of a run, as long as many are.',
      timestamp: clock.now(),
      flowRunId,
    })
    await appendLogs(house.as(), { lines: ids.flatMap(id => Array.from({ length: LINES_EACH }, () => line(id))) })
  }
  await house.close()
}

interface Wait {
  readonly milliseconds: number
  /** How many steps were done meanwhile. */
  readonly steps: number
}

/** Creates a run every few milliseconds as long as `work` takes; answers how long each waited. */
async function writeDuring(house: BareHouse, work: () => Promise<unknown>): Promise<Wait[]> {
  const { flow } = await ensureFlow(house.as(), { name: 'young' })
  const waits: Wait[] = []
  let isOver = false
  const write = async () => {
    while (!isOver) {
      const startedAt = performance.now()
      const before = house.published.length
      await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
      waits.push({ milliseconds: performance.now() - startedAt, steps: stepsOf(house.published.slice(before)) })
      await sleep(2)
    }
  }
  const writing = write()
  await work().finally(() => (isOver = true))
  await writing
  return waits
}

const stepsOf = (commits: BareHouse['published']): number =>
  commits.filter(({ events }) => events.some(({ event }) => event === 'retention.swept')).length

const at = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!
