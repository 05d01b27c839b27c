import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { countFlowRunsByState } from '../flow-runs/index.ts'
import { countFailingPolicies } from '../notifications/index.ts'

export interface LiveCounts {
  /** Subflows are left out, as dashboards leave them out by default. */
  readonly runningFlowRunCount: number
  readonly failingPolicyCount: number
  /** The newest event that they know of. */
  readonly asOf: number
}

/** The few numbers that stand beside every page: cheap, since every page asks for them. */
export const readLiveCounts = query('flow-run.read-live-counts', {
  input: z.object({}),
  needs: 'flow-run:read',
  async run(ctx): Promise<LiveCounts> {
    const { counts, asOf } = await countFlowRunsByState(ctx, { filter: { stateTypes: ['RUNNING'], isSubflow: false } })
    return { runningFlowRunCount: counts.get('RUNNING') ?? 0, failingPolicyCount: await countFailingPolicies(ctx, {}), asOf }
  },
})
