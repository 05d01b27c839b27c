import { defineEntity, p } from '@mikro-orm/core'
import { workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/**
 * How many runs there are of each kind, by the quarter of an hour that they stand in by their sort time, and once more over all time. Written by the
 * kernel's tail only, as deltas; a row that comes to 0 goes. No foreign key: it would lock flows, and what deletes a flow counts its runs down first.
 */
export const FlowRunRollup = defineEntity({
  name: 'FlowRunRollup',
  tableName: 'flow_run_rollup',
  filters: workspaceFilter,
  properties: {
    workspaceId: workspaceId().primary(),
    /**
     * `all`: those of all flows together, under no flow's id; `all:` and a tag: of them those that carry it; `flow`: those of each flow; `tag:` and a tag:
     * of each flow those that carry it; `flow/6h`, `tag/6h:` and a tag: the same in blocks of six hours, only those that have ended, and not over all time.
     */
    scope: p.text().primary(),
    /** `NONE` for a run without a state. */
    stateType: p.text().primary(),
    /** Quarters of an hour since 1970-01-01 UTC, of a block the first; or -1 for all time. */
    bucket: p.integer().primary(),
    flowId: p.uuid().primary(),
    isSubflow: p.boolean().primary(),
    isLate: p.boolean().primary(),
    count: p.integer(),
  },
  indexes: [{ name: 'flow_run_rollup_by_flow', properties: ['workspaceId', 'scope', 'flowId', 'bucket'] }],
})
