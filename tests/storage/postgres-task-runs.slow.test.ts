import { describe, expect, onTestFinished, test } from 'vitest'
import { checkStore } from '../../src/core/checks/index.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, findFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun, findTaskRun, listTaskRunStates, listTaskRuns } from '../../src/core/task-runs/index.ts'
import { onPostgres } from './for-each-storage.ts'
import { deadlocks, openRaw, somebodyWaits, untilTrue } from './raw.ts'

const types = ['PENDING', 'RUNNING', 'FAILED', 'RUNNING', 'COMPLETED'] as const
const noon = 1_795_608_000_000_000

onPostgres(open => {
  describe('two servers', () => {
    test('record the reports of the same task runs, each in another order, as one', async () => {
      const one = await open()
      const two = await open({ on: one.url })
      const raw = await openRaw(one.url)
      const before = await deadlocks(raw)
      const { flow } = await ensureFlow(one.as(), { name: 'hello' })
      const { run } = await createFlowRun(one.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
      const tasks = Array.from({ length: 40 }, (_, index) => ({ id: one.ids.uuid(), key: String(index) }))
      const reports = tasks.flatMap(({ id, key }) =>
        types.map((type, index) => ({
          id: one.ids.uuid(),
          occurred: noon + index,
          event: `prefect.task-run.${type}`,
          resource: { 'prefect.resource.id': `prefect.task-run.${id}`, 'prefect.orchestration': 'client' },
          related: [{ 'prefect.resource.id': `prefect.flow-run.${run.id}`, 'prefect.resource.role': 'flow-run' }],
          payload: { task_run: { task_key: 'extract', dynamic_key: key, run_count: index }, validated_state: { type, name: type } },
        })),
      )
      const moves = async () => {
        for (const type of ['PAUSED', 'RUNNING', 'COMPLETED'] as const)
          await setFlowRunState(two.as(), { flowRunId: run.id, state: { type } })
      }
      await Promise.all([
        ...reports.map(event => receiveEvents(one.as(), { events: [event] })),
        ...reports.toReversed().map(event => receiveEvents(two.as(), { events: [event] })),
        moves(),
      ])
      const { nodes } = await listTaskRuns(one.as(), { first: 200 })
      expect(nodes.map(({ stateType, runCount }) => [stateType, runCount])).toEqual(tasks.map(() => ['COMPLETED', 4]))
      const states = await listTaskRunStates(one.as(), { taskRunIds: tasks.map(({ id }) => id) })
      expect(states).toHaveLength(tasks.length * types.length)
      expect((await checkStore(one.as(), {})).filter(({ violations }) => violations > 0)).toEqual([])
      expect(await deadlocks(raw)).toBe(before)
    })
  })

  describe('a task run that somebody holds', () => {
    test('makes its subflow wait alone, while others go on', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run: task } = await createTaskRun(house.as(), { taskKey: 'child', dynamicKey: '0', state: { type: 'PENDING' } })
      const { run: subflow } = await createFlowRun(house.as(), { flowId: flow.id, parentTaskRunId: task.id, state: { type: 'RUNNING' } })
      const { run: other } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
      const holder = await openRaw(house.url)
      await holder.query('begin')
      onTestFinished(() => holder.query('rollback').then(() => undefined))
      await holder.query('select 1 from task_run where id = $1 for update', [task.id])
      const waiting = setFlowRunState(house.as(), { flowRunId: subflow.id, state: { type: 'COMPLETED' } })
      await setFlowRunState(house.as(), { flowRunId: other.id, state: { type: 'COMPLETED' } })
      await untilTrue(raw, somebodyWaits)
      expect((await findFlowRun(house.as(), { id: subflow.id })).run.stateType).toBe('RUNNING')
      await holder.query('commit')
      expect(await waiting).toMatchObject({ status: 'ACCEPT' })
      expect(await findTaskRun(house.as(), { id: task.id })).toMatchObject({ run: { stateType: 'COMPLETED' } })
    })
  })
})
