import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace } from '../../bench/places.ts'
import { createFlowRun, findFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { askOracle } from './oracle.ts'
import { openPostgresHouse } from './postgres-house.ts'
import type { Scenario } from './scenario.ts'

const NEIGHBOURS = 16
const HOLD_MILLISECONDS = 300
/** A busy machine may take so long for all neighbours. The database ends a transaction that does nothing for three seconds. */
const LONGEST_HOLD_MILLISECONDS = 2500

export const heldRun: Scenario = {
  name: 'held-run',
  sentence: 'A command for a run that a slow mutation holds waits for it and then decides on what it left; its neighbours do not wait.',
  databases: ['postgres'],
  options: { rounds: 6 },
  async run({ options }) {
    const place = await openPlace('postgres')
    const house = await openPostgresHouse(place.url)
    const broken = { 'neighbours that waited': 0, 'wrong ends': 0, 'otherwise wrong': 0 }
    const slowest: number[] = []
    const waits: number[] = []
    const details: string[] = []
    try {
      const { flow } = await ensureFlow(house.ctx, { name: 'faults' })
      for (let round = 0; round < options['rounds']!; round++) {
        const fails = round % 3 === 2
        const found = await hold(house.ctx, flow.id, fails)
        slowest.push(Math.max(...found.neighbours))
        waits.push(found.held)
        broken['neighbours that waited'] += found.late
        const expected = fails ? 'PENDING, COMPLETED' : 'PENDING, RUNNING, COMPLETED'
        if (found.version !== expected.split(', ').length || found.state !== 'COMPLETED') {
          broken['wrong ends']++
          details.push(`round ${round}: expected ${expected}, found version ${found.version} in ${found.state}`)
        }
      }
    } finally {
      await house.storage.close()
    }
    const verdict = await askOracle(place.url)
    await place.dispose()
    broken['otherwise wrong'] = verdict.violations
    return {
      broken,
      details: [...details, ...verdict.details],
      seen: {
        'slowest neighbour, by round, ms': slowest.map(Math.round).join(' '),
        'the held one, ms': waits.map(Math.round).join(' '),
      },
    }
  },
}

/** One round: a mutation takes the run to RUNNING and lingers until the neighbours have been answered; in one turn, the same run is asked to complete and the others to run. */
async function hold(ctx: Ctx, flowId: string, fails: boolean) {
  const runs = await createFlowRun.all(
    ctx,
    Array.from({ length: NEIGHBOURS + 1 }, () => ({ flowId, state: { type: 'PENDING' as const } })),
  )
  const [held, ...others] = runs.map(({ run }) => run.id) as [string, ...string[]]
  const [isHeld, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let isReleased = false
  let late = 0
  const mutation = inTransaction(ctx, async inside => {
    await setFlowRunState(inside, { flowRunId: held, state: { type: 'RUNNING' } })
    isHeld.resolve()
    await Promise.all([sleep(HOLD_MILLISECONDS), Promise.race([answered.promise, sleep(LONGEST_HOLD_MILLISECONDS)])])
    isReleased = true
    if (fails) throw new Error('On purpose: nothing of this mutation may be left.')
  }).catch(() => isHeld.resolve())
  await isHeld.promise
  const startedAt = performance.now()
  const timed = async (flowRunId: string, type: 'COMPLETED' | 'RUNNING') => {
    await setFlowRunState(ctx, { flowRunId, state: { type } })
    return performance.now() - startedAt
  }
  const waiting = timed(held, 'COMPLETED')
  const neighbours = await Promise.all(others.map(id => timed(id, 'RUNNING').finally(() => void (late += Number(isReleased)))))
  answered.resolve()
  const heldMilliseconds = await waiting
  await mutation
  const { run } = await findFlowRun(ctx, { id: held })
  return { held: heldMilliseconds, neighbours, late, version: run.version, state: run.stateType }
}
