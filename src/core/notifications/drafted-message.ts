import type { Ctx } from '../../kernel/context.ts'
import { readByIds } from '../../kernel/paging.ts'
import { FlowRun } from '../flow-runs/index.ts'
import { flowsByIds } from '../flows/index.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import { type Composed, composeOne } from './compose.ops.ts'
import { newDelivery } from './delivery.rules.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import type { PolicyDraft } from './notification-policy.inputs.ts'
import type { Occurrence } from './occurrence.ts'

/** A policy that is not stored. */
export const asPolicy = (ctx: Ctx, parts: PolicyDraft): NotificationPolicyRecord => {
  const now = ctx.clock.now()
  return {
    ...parts,
    id: ctx.ids.uuid(),
    workspaceId: ctx.workspace.id,
    isActive: true,
    mutedUntil: null,
    activeSince: 0,
    created: now,
    updated: now,
  } as NotificationPolicyRecord
}

export function composeFor(ctx: Ctx, policy: NotificationPolicyRecord, occurrence: Occurrence): Promise<Composed> {
  const queued = { kind: 'ALERT', policy, occurrence, groupKey: null, channelId: policy.id, status: 'PENDING', reason: null } as const
  return composeOne(ctx, newDelivery(ctx, queued), policy)
}

export async function occurrenceOfRun(ctx: Ctx, id: string): Promise<Occurrence | undefined> {
  const [run] = await readByIds<FlowRunRecord>(ctx.read, FlowRun, [id])
  if (!run) return undefined
  const [flow] = await flowsByIds(ctx, { ids: [run.flowId] })
  return {
    ...run,
    flowRunId: run.id,
    flowRunName: run.name,
    flowName: flow?.name ?? '',
    stateId: run.stateId ?? run.id,
    stateType: run.stateType ?? 'PENDING',
    stateName: run.stateName ?? 'Pending',
    stateTimestamp: run.stateTimestamp ?? run.created,
    stateMessage: null,
  }
}

export const madeUp = (ctx: Ctx): Occurrence => ({
  workspaceId: ctx.workspace.id,
  flowRunId: ctx.ids.uuid(),
  flowRunName: 'fuzzy-leopard',
  flowId: ctx.ids.uuid(),
  flowName: 'daily-etl',
  deploymentId: null,
  tags: ['daily-etl'],
  stateId: ctx.ids.uuid(),
  stateType: 'FAILED',
  stateName: 'Failed',
  stateTimestamp: ctx.clock.now(),
  stateMessage: 'This run was made up for a test.',
})
