// A database of which every table holds something, written as a server writes it.
import { createArtifact } from '../../src/core/artifacts/index.ts'
import { createBlockDocument, createBlockType, registerBlockSchema } from '../../src/core/blocks/index.ts'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRunInput } from '../../src/core/flow-run-inputs/index.ts'
import { createFlowRun, createFlowRunFromDeployment, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { createSavedView } from '../../src/core/saved-views/index.ts'
import { createTaskRun, setTaskRunState } from '../../src/core/task-runs/index.ts'
import { greetTaskWorker } from '../../src/core/task-workers/index.ts'
import { createVariable } from '../../src/core/variables/index.ts'
import { openBareHouse, openRoom } from './house.ts'
import { fillOutbox } from './outbox.ts'

export async function fillEveryTable(url: string): Promise<void> {
  const house = await openBareHouse(url)
  const room = await openRoom(house, 'second')
  for (const workspace of [undefined, room]) {
    const ctx = house.as(undefined, workspace)
    const { flow } = await ensureFlow(ctx, { name: 'nightly', tags: ['etl', 'é'], labels: { tier: 1 } })
    const { deployment } = await applyDeployment(ctx, {
      flowId: flow.id,
      name: 'production',
      parameters: { deep: { list: [1, null, 'x'] } },
      parameterOpenapiSchema: { type: 'object' },
      pullSteps: [{ step: 1 }],
      tags: ['prod'],
    })
    const { run } = await createFlowRun(ctx, {
      flowId: flow.id,
      tags: ['a', 'b'],
      parameters: { n: 1.5 },
      idempotencyKey: 'k',
      state: { type: 'PENDING' },
    })
    for (const state of [
      { type: 'RUNNING', message: 'now' },
      { type: 'COMPLETED', data: { stored: true } },
    ] as const)
      await setFlowRunState(ctx, { flowRunId: run.id, state })
    await createFlowRun(ctx, { flowId: flow.id, tags: ['a'], state: null, parentTaskRunId: house.ids.uuid() })
    await createFlowRun(ctx, { flowId: flow.id, state: { type: 'SCHEDULED', name: 'Late', scheduledTime: -5_000_000 } })
    await createFlowRunFromDeployment(ctx, { deploymentId: deployment.id })
    await createFlowRunInput(ctx, { flowRunId: run.id, key: 'answer', value: '{"n":1}', sender: 'somebody' })
    const line = { name: 'n', level: 20, timestamp: ctx.clock.now() }
    await appendLogs(ctx, {
      lines: [
        { ...line, message: 'of a run', flowRunId: run.id },
        { ...line, message: 'of nobody\nat all' },
      ],
    })
    const { run: task } = await createTaskRun(ctx, { taskKey: 'load-1', dynamicKey: '0', tags: ['t'], taskInputs: { n: [] } })
    const details = { cache_key: 'k', cache_expiration: '2030-01-01T00:00:00Z' }
    for (const type of ['RUNNING', 'COMPLETED'] as const)
      await setTaskRunState(ctx, { taskRunId: task.id, state: { type, details, data: { n: 1 } } })
    const deferred = { deferred: true, task_parameters_id: house.ids.uuid() }
    await createTaskRun(ctx, { taskKey: 'notify-1', dynamicKey: '0', state: { type: 'SCHEDULED', details: deferred } })
    // It has claimed nothing: a claim is a lease, which does not outlive its columns.
    const worker = { connectionId: house.ids.uuid(), identifier: 'host-1', taskKeys: ['notify-1'] }
    await greetTaskWorker(ctx, { ...worker, connectedAt: ctx.clock.now() })
    for (const data of ['old', { a: [1] }])
      await createArtifact(ctx, { key: 'report', type: 'markdown', data, flowRunId: run.id, metadata: { m: 'x' } })
    const type = await createBlockType(ctx, { name: 'Held', slug: 'held', description: 'd' })
    const fields = { title: 'Held', secret_fields: ['token'] }
    const schema = await registerBlockSchema(ctx, { blockTypeId: type.id, fields, capabilities: ['notify'] })
    const held = await createBlockDocument(ctx, { name: 'inner', blockSchemaId: schema.id, data: { token: 'secret', z: 1, a: [] } })
    const data = { child: { $ref: { block_document_id: held.id } } }
    await createBlockDocument(ctx, { name: 'outer', blockSchemaId: schema.id, data })
    await createVariable(ctx, { name: 'limits', value: { most: [1, 2] }, tags: ['t'] })
    await createSavedView(ctx, { list: 'FLOW_RUNS', name: 'Nightly', query: 'tag=nightly', isDefault: true })
    await fillOutbox(ctx, { name: 'p', stateTypes: ['FAILED'], tags: ['t'] })
    await receiveEvents(ctx, {
      events: [
        {
          id: house.ids.uuid(),
          occurred: ctx.clock.now(),
          event: 'order.placed',
          resource: { 'prefect.resource.id': 'order.1' },
          payload: { any: [] },
        },
      ],
    })
  }
  await house.close()
}
