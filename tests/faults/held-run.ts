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
/** Half the hold: who waited for it cannot be that quick, and a busy machine is. */
const QUICK_MILLISECONDS = HOLD_MILLISECONDS / 2

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
        broken['neighbours that waited'] += found.neighbours.filter(milliseconds => milliseconds > QUICK_MILLISECONDS).length
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

/** One round: a mutation takes the run to RUNNING and lingers; in one turn, the same run is asked to complete and the others to run. */
async function hold(ctx: Ctx, flowId: string, fails: boolean) {
  const runs = await createFlowRun.all(
    ctx,
    Array.from({ length: NEIGHBOURS + 1 }, () => ({ flowId, state: { type: 'PENDING' as const } })),
  )
  const [held, ...others] = runs.map(({ run }) => run.id) as [string, ...string[]]
  const isHeld = Promise.withResolvers<void>()
  const mutation = inTransaction(ctx, async inside => {
    await setFlowRunState(inside, { flowRunId: held, state: { type: 'RUNNING' } })
    isHeld.resolve()
    await sleep(HOLD_MILLISECONDS)
    if (fails) throw new Error('On purpose: nothing of this mutation may be left.')
  }).catch(() => isHeld.resolve())
  await isHeld.promise
  const startedAt = performance.now()
  const timed = async (flowRunId: string, type: 'COMPLETED' | 'RUNNING') => {
    await setFlowRunState(ctx, { flowRunId, state: { type } })
    return performance.now() - startedAt
  }
  const [heldMilliseconds, ...neighbours] = await Promise.all([timed(held, 'COMPLETED'), ...others.map(id => timed(id, 'RUNNING'))])
  await mutation
  const { run } = await findFlowRun(ctx, { id: held })
  return { held: heldMilliseconds, neighbours, version: run.version, state: run.stateType }
}
