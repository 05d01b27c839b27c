import type { CommandEnv } from '../../kernel/context.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { FlowRecord } from '../orchestration/index.ts'

export const flowCreated = (flow: FlowRecord, env: CommandEnv): EventDraft => ({
  id: env.ids.uuid(),
  workspaceId: flow.workspaceId,
  occurred: env.now,
  received: env.now,
  event: 'prefect.flow.created',
  resource: { 'prefect.resource.id': `prefect.flow.${flow.id}`, 'prefect.resource.name': flow.name },
  related: [],
  payload: {},
  follows: null,
})
