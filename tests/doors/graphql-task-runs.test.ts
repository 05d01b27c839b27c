import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun, setTaskRunState } from '../../src/core/task-runs/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overSocket } from './subscription.ts'

let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors()
  url = `${doors.url}/graphql`
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)

async function newFlowRun(parentTaskRunId?: string) {
  const { flow } = await ensureFlow(ctx(), { name: 'hello' })
  return (await createFlowRun(ctx(), { flowId: flow.id, name: 'around', parentTaskRunId, state: { type: 'RUNNING' } })).run
}

const newTaskRun = async (flowRunId: string, dynamicKey: string, type: 'PENDING' | 'COMPLETED' = 'PENDING') =>
  (await createTaskRun(ctx(), { flowRunId, taskKey: 'extract', dynamicKey, name: `extract-${dynamicKey}`, tags: ['t'], state: { type } }))
    .run

describe('task runs', () => {
  test('are made, moved and deleted, each refusal an answer', async () => {
    const flowRun = await newFlowRun()
    const create =
      'mutation ($input: CreateTaskRunInput!) { createTaskRun(input: $input) { isNew taskRun { id name stateType taskInputs } } }'
    const input = { flowRunId: flowRun.id, taskKey: 'load-1', dynamicKey: '0', taskInputs: { x: [] }, state: { type: 'PENDING' } }
    const made = (await graphql(url, create, { input })).data.createTaskRun
    expect(made).toMatchObject({ isNew: true, taskRun: { name: 'load-0', stateType: 'PENDING', taskInputs: { x: [] } } })
    expect((await graphql(url, create, { input })).data.createTaskRun).toEqual({ ...made, isNew: false })
    const set = `mutation ($input: SetTaskRunStateInput!) {
      setTaskRunState(input: $input) { status reason delaySeconds state { name } taskRun { stateName runCount } }
    }`
    const move = async (type: string) =>
      (await graphql(url, set, { input: { taskRunId: made.taskRun.id, state: { type } } })).data.setTaskRunState
    expect(await move('COMPLETED')).toMatchObject({ status: 'ACCEPT', reason: null, taskRun: { stateName: 'Completed' } })
    expect(await move('CRASHED')).toEqual({
      status: 'ABORT',
      reason: 'Run is already COMPLETED.',
      delaySeconds: null,
      state: { name: 'Completed' },
      taskRun: { stateName: 'Completed', runCount: 0 },
    })
    const remove = 'mutation ($input: DeleteTaskRunInput!) { deleteTaskRun(input: $input) { id } }'
    expect((await graphql(url, remove, { input: { id: made.taskRun.id } })).data.deleteTaskRun).toEqual({ id: made.taskRun.id })
    expect((await graphql(url, 'query ($id: UUID!) { taskRun(id: $id) { id } }', { id: made.taskRun.id })).data).toEqual({ taskRun: null })
  })

  test('tell the task runs that they come after, and no others that their inputs name', async () => {
    const flowRun = await newFlowRun()
    const [first, second] = [await newTaskRun(flowRun.id, 'first'), await newTaskRun(flowRun.id, 'second')]
    const named = (id: string) => ({ input_type: 'task_run', id })
    const taskInputs = { x: [named(second.id), named(first.id)], y: [named('019ab000-0000-7000-8000-00000000dead')] }
    const after = { flowRunId: flowRun.id, taskKey: 'load', dynamicKey: '0', name: 'load-0', taskInputs }
    const { run } = await createTaskRun(ctx(), { ...after, state: { type: 'PENDING' } })
    const { data } = await graphql(url, 'query ($id: UUID!) { taskRun(id: $id) { parents { name } } }', { id: run.id })
    expect(data.taskRun.parents).toEqual([{ name: 'extract-second' }, { name: 'extract-first' }])
  })

  test('are listed by their filter, and of a flow run with counts of their states', async () => {
    const flowRun = await newFlowRun()
    const first = await newTaskRun(flowRun.id, 'a')
    await newTaskRun(flowRun.id, 'b', 'COMPLETED')
    const child = await newFlowRun(first.id)
    const document = `query ($id: UUID!, $filter: TaskRunFilter) {
      taskRuns(filter: $filter) { totalCount { value } nodes { name flowRun { id } subflowRun { id } state { name } states { name } } }
      flowRun(id: $id) { taskRunStateCounts { type count } taskRuns(first: 1, orderBy: EXPECTED_START_TIME_ASC) { nodes { name } pageInfo { hasNextPage } } }
    }`
    const ask = async (filter: object) =>
      (await graphql(url, document, { id: flowRun.id, filter: { flowRunIds: [flowRun.id], ...filter } })).data
    const { taskRuns, flowRun: around } = await ask({})
    expect(taskRuns).toEqual({
      totalCount: { value: 2 },
      nodes: [
        { name: 'extract-b', flowRun: { id: flowRun.id }, subflowRun: null, state: { name: 'Completed' }, states: [{ name: 'Completed' }] },
        {
          name: 'extract-a',
          flowRun: { id: flowRun.id },
          subflowRun: { id: child.id },
          state: { name: 'Running' },
          states: [{ name: 'Pending' }, { name: 'Running' }],
        },
      ],
    })
    expect(around.taskRuns).toEqual({ nodes: [{ name: 'extract-a' }], pageInfo: { hasNextPage: true } })
    expect(around.taskRunStateCounts.filter(({ count }: { count: number }) => count > 0)).toEqual([
      { type: 'RUNNING', count: 1 },
      { type: 'COMPLETED', count: 1 },
    ])
    const names = async (filter: object) => (await ask(filter)).taskRuns.nodes.map(({ name }: { name: string }) => name)
    expect(await names({ stateTypes: ['COMPLETED'] })).toEqual(['extract-b'])
    expect(await names({ states: ['Running', 'FAILED'] })).toEqual(['extract-a'])
    expect(await names({ isSubflow: true })).toEqual(['extract-a'])
    expect(await names({ isSubflow: false, taskKeys: ['extract'], tags: ['t'] })).toEqual(['extract-b'])
    expect(await names({ nameContains: 'CT-B' })).toEqual(['extract-b'])
    expect(
      (await graphql(url, `{ flowRuns(filter: { parentTaskRunIds: ["${first.id}"] }) { nodes { id } } }`)).data.flowRuns.nodes,
    ).toEqual([{ id: child.id }])
  })

  test('say which flow runs are in a flow run: in lists, and in what is told live', async () => {
    const around = await newFlowRun()
    const task = await newTaskRun(around.id, 'parent')
    const document =
      'query ($ids: [UUID!]) { flowRuns(filter: { parentFlowRunIds: $ids }) { totalCount { value } nodes { id } eventCursor } }'
    const asked = () => graphql(url, document, { ids: [around.id] })
    const live = overSocket(
      url,
      'subscription ($ids: [UUID!], $after: Cursor) { flowRunStateChanged(filter: { parentFlowRunIds: $ids }, after: $after) { changes { flowRun { id } } } }',
      { ids: [around.id], after: (await asked()).data.flowRuns.eventCursor },
    )
    await newFlowRun((await newTaskRun((await newFlowRun()).id, 'other')).id)
    const child = await newFlowRun(task.id)
    expect((await asked()).data.flowRuns).toMatchObject({ totalCount: { value: 1 }, nodes: [{ id: child.id }] })
    expect((await live.next()).data.flowRunStateChanged.changes).toEqual([{ flowRun: { id: child.id } }])
    await live.leave()
  })

  test('tell of their states as they come, by the server or by a client, from the cursor of a list on', async () => {
    const flowRun = await newFlowRun()
    const task = await newTaskRun(flowRun.id, 'live')
    const { data } = await graphql(url, '{ taskRuns { eventCursor } }')
    await setTaskRunState(ctx(), { taskRunId: task.id, state: { type: 'RUNNING' } })
    await newTaskRun((await newFlowRun()).id, 'unheard')
    const stateId = doors.house.ids.uuid()
    await receiveEvents(ctx(), {
      events: [
        {
          id: stateId,
          occurred: ctx().clock.now() + 1_000_000,
          event: 'prefect.task-run.Completed',
          resource: { 'prefect.resource.id': `prefect.task-run.${task.id}`, 'prefect.orchestration': 'client' },
          related: [{ 'prefect.resource.id': `prefect.flow-run.${flowRun.id}`, 'prefect.resource.role': 'flow-run' }],
          payload: {
            task_run: { task_key: 'extract', dynamic_key: 'live' },
            initial_state: { type: 'RUNNING', name: 'Running' },
            validated_state: { type: 'COMPLETED', name: 'Completed' },
          },
        },
      ],
    })
    const document = `subscription ($after: Cursor, $filter: TaskRunFilter) {
      taskRunStateChanged(after: $after, filter: $filter) { changes { taskRun { id } state { name } previousState { name } } }
    }`
    const subscriber = overSocket(url, document, { after: data.taskRuns.eventCursor, filter: { flowRunIds: [flowRun.id] } })
    const seen: unknown[] = []
    while (seen.length < 2) seen.push(...(await subscriber.next()).data.taskRunStateChanged.changes)
    expect(seen).toEqual([
      { taskRun: { id: task.id }, state: { name: 'Running' }, previousState: { name: 'Pending' } },
      { taskRun: { id: task.id }, state: { name: 'Completed' }, previousState: { name: 'Running' } },
    ])
    await subscriber.leave()
  })
})
