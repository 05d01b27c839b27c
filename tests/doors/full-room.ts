import { createArtifact } from '../../src/core/artifacts/index.ts'
import { createBlockDocument, createBlockType, registerBlockSchema } from '../../src/core/blocks/index.ts'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs, listLogs } from '../../src/core/logs/index.ts'
import { createSavedView, putSavedSearch } from '../../src/core/saved-views/index.ts'
import { createTaskRun } from '../../src/core/task-runs/index.ts'
import { createVariable } from '../../src/core/variables/index.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import type { Ids } from '../../src/kernel/ids.ts'
import { fillOutbox } from '../support/outbox.ts'
import { type Somebody, someEvent } from './operations.ts'

/** In every text that the workspace has. */
export const secret = 'sesame-of-the-first'

export type Inhabitant = Somebody & { readonly eventId: string; readonly logId: string }

/** Puts one of everything into a workspace. `forbidden`: what nobody outside may ever be told. */
export async function fillRoom(ctx: Ctx, ids: Ids): Promise<{ readonly first: Inhabitant; readonly forbidden: readonly string[] }> {
  const { flow } = await ensureFlow(ctx, { name: secret, tags: [secret], labels: { [secret]: secret } })
  const { run, state } = await createFlowRun(ctx, {
    flowId: flow.id,
    name: secret,
    idempotencyKey: secret,
    parameters: { x: secret },
    context: { x: secret },
    tags: [secret],
    state: { type: 'PENDING', message: secret, data: { x: secret } },
  })
  const eventId = ids.uuid()
  await receiveEvents(ctx, { events: [{ ...someEvent(eventId), payload: { x: secret } }] })
  await appendLogs(ctx, { lines: [{ name: secret, level: 20, message: secret, timestamp: 0, flowRunId: run.id }] })
  const { id: variableId } = await createVariable(ctx, { name: secret, value: secret })
  const artifact = await createArtifact(ctx, { key: secret, type: secret, description: secret, data: secret, flowRunId: run.id })
  const type = await createBlockType(ctx, { name: secret, slug: secret, description: secret })
  const fields = { title: secret, secret_fields: ['token'] }
  const schema = await registerBlockSchema(ctx, { blockTypeId: type.id, fields, capabilities: [secret] })
  const block = await createBlockDocument(ctx, { name: secret, blockSchemaId: schema.id, data: { token: secret, shown: secret } })
  const { deployment } = await applyDeployment(ctx, {
    flowId: flow.id,
    name: secret,
    description: secret,
    tags: [secret],
    parameters: { x: secret },
  })
  const { run: task } = await createTaskRun(ctx, {
    flowRunId: run.id,
    taskKey: secret,
    dynamicKey: secret,
    tags: [secret],
    state: { type: 'PENDING', message: secret },
  })
  const view = await createSavedView(ctx, { list: 'FLOW_RUNS', name: secret, query: secret })
  const search = await putSavedSearch(ctx, {
    name: secret,
    filters: [{ object: secret, property: 'name', type: 'string', operation: 'equals', value: secret }],
  })
  const { policy, delivery } = await fillOutbox(ctx, {
    name: secret,
    stateNames: [secret, 'Failed'],
    tags: [secret, 't'],
    messageTemplate: secret,
  })
  const [line] = (await listLogs(ctx, {})).nodes
  const first = {
    flowId: flow.id,
    flowRunId: run.id,
    taskRunId: task.id,
    artifactId: artifact.id,
    notificationPolicyId: policy.id,
    savedViewId: view.id,
    savedSearchId: search.id,
    channelId: policy.channelIds[0]!,
    notificationDeliveryId: delivery.id,
    blockDocumentId: block.id,
    blockSchemaId: schema.id,
    blockTypeId: type.id,
    stateId: state!.id,
    variableName: secret,
    variableId,
    deploymentId: deployment.id,
    deploymentName: secret,
    flowName: secret,
    eventId,
    logId: line!.id,
  }
  const forbidden = [
    secret,
    flow.id,
    run.id,
    state!.id,
    eventId,
    line!.id,
    variableId,
    deployment.id,
    task.id,
    task.stateId!,
    artifact.id,
    policy.id,
    delivery.id,
    type.id,
    schema.id,
    block.id,
  ]
  return { first, forbidden }
}
