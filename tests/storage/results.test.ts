import { expect, test } from 'vitest'
import { createFlowRun, findFlowRun, listFlowRunStates, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun, findTaskRun, setTaskRunState } from '../../src/core/task-runs/index.ts'
import { forEachStorage } from './for-each-storage.ts'

/** As SDKs of different ages send results, and worse. */
const results: readonly unknown[] = [
  {
    type: 'ResultRecordMetadata',
    storage_key: '/home/é/0f3a',
    expiration: null,
    serializer: { type: 'pickle', picklelib: 'cloudpickle', picklelib_version: null },
    prefect_version: '3.8.8',
    storage_block_id: null,
  },
  { type: 'reference', serializer_type: 'json', storage_block_id: '019ab000-0000-7000-8000-000000000001', storage_key: 'k' },
  { type: 'literal', value: { zebra: [1, 2.5, -0.1, 1e21], aa: { b: true, a: null }, a: '\u0000\u2028 "\\' } },
  { type: 'reference', value: 'x'.repeat(200_000) },
  ['a', ['b']],
  'text',
  0,
  false,
  {},
]

forEachStorage((open, name) => {
  test('results come back byte for byte as they were sent, from each state, also to the next server', async () => {
    const house = await open()
    const { flow } = await ensureFlow(house.as(), { name: 'hello' })
    const runs: { readonly flowRunId: string; readonly taskRunId: string; readonly sent: string }[] = []
    for (const data of results) {
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
      const { run: task } = await createTaskRun(house.as(), { flowRunId: run.id, taskKey: 'load', dynamicKey: '0' })
      await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'COMPLETED', data } })
      await setTaskRunState(house.as(), { taskRunId: task.id, state: { type: 'COMPLETED', data }, force: true })
      runs.push({ flowRunId: run.id, taskRunId: task.id, sent: JSON.stringify(data) })
    }
    const readAll = async (reader: typeof house) => {
      for (const { flowRunId, taskRunId, sent } of runs) {
        expect(JSON.stringify((await findFlowRun(reader.as(), { id: flowRunId })).state!.data)).toBe(sent)
        expect(JSON.stringify((await listFlowRunStates(reader.as(), { flowRunIds: [flowRunId] })).at(-1)!.data)).toBe(sent)
        expect(JSON.stringify((await findTaskRun(reader.as(), { id: taskRunId })).state!.data)).toBe(sent)
      }
    }
    await readAll(house)
    if (name === 'memory') return
    await house.close()
    await readAll(await open({ on: house.url }))
  })
})
