import { describe, expect, test } from 'vitest'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, deleteFlowRun, listFlowRuns, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { deleteFlow, ensureFlow } from '../../src/core/flows/index.ts'
import { atOnce, expiredAtOnce } from '../../src/core/orchestration/index.ts'
import { sweepRetention } from '../../src/core/retention/index.ts'
import type { StateType } from '../../src/core/states/index.ts'
import {
  CachedResultEntity,
  createTaskRun,
  deleteTaskRun,
  findTaskRun,
  listTaskRunStates,
  listTaskRuns,
  renameTaskRun,
  setTaskRunState,
  sliceTaskRuns,
  TaskRun,
  TaskRunState,
} from '../../src/core/task-runs/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import type { Query } from '../../src/kernel/storage.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const second = 1_000_000
const noon = 1_795_608_000_000_000

interface Report {
  readonly id: string
  readonly taskRunId: string
  readonly flowRunId?: string | null
  readonly type: StateType
  readonly at: number
  readonly key?: string
  readonly run?: Record<string, unknown>
}

/** An event as the SDK reports a state of a task that it orchestrates itself. */
const report = ({ id, taskRunId, flowRunId = null, type, at, key = '0', run = {} }: Report) => ({
  id,
  occurred: at,
  event: `prefect.task-run.${type}`,
  resource: { 'prefect.resource.id': `prefect.task-run.${taskRunId}`, 'prefect.orchestration': 'client' },
  related: flowRunId === null ? [] : [{ 'prefect.resource.id': `prefect.flow-run.${flowRunId}`, 'prefect.resource.role': 'flow-run' }],
  payload: {
    validated_state: { type, name: type, message: 'said', state_details: { custom: 1 }, data: { n: 1 } },
    task_run: { name: `extract-${key}`, task_key: 'extract', dynamic_key: key, run_count: 1, total_run_time: 0.5, ...run },
  },
})

const count = (house: BareHouse, entity: Query['entity']) =>
  house.storage.read.count({ entity, workspaceId: null, where: [], limit: 10_000 })
const events = async (house: BareHouse) => (await house.storage.readLog('events', 0, 10_000)) as LogEvent[]

async function someRun(house: BareHouse, parentTaskRunId?: string) {
  const { flow } = await ensureFlow(house.as(), { name: 'hello' })
  const { run } = await createFlowRun(house.as(), { flowId: flow.id, labels: { l: 1 }, parentTaskRunId, state: { type: 'RUNNING' } })
  return { flow, flowRunId: run.id }
}

async function someTask(house: BareHouse, dynamicKey = '0') {
  const { flow, flowRunId } = await someRun(house)
  const { run } = await createTaskRun(house.as(), { flowRunId, taskKey: 'load-1', dynamicKey, state: { type: 'PENDING' } })
  return { flow, flowRunId, taskRunId: run.id }
}

forEachStorage(open => {
  test('subflows are found by the flow run around them', async () => {
    const house = await open()
    const { flowRunId, taskRunId } = await someTask(house)
    const { flowRunId: child } = await someRun(house, taskRunId)
    await someRun(house, (await someTask(house, '1')).taskRunId)
    const { nodes } = await listFlowRuns(house.as(), { filter: { parentFlowRunIds: [flowRunId] } })
    expect(nodes.map(({ id }) => id)).toEqual([child])
  })

  describe('task runs that events report', () => {
    const three = (house: BareHouse, flowRunId: string | null, taskRunId: string) =>
      (['PENDING', 'RUNNING', 'COMPLETED'] as const).map((type, index) =>
        report({ id: house.ids.uuid(), taskRunId, flowRunId, type, at: noon + index * second }),
      )

    test.each([
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ])('are recorded in any order, %i %i %i, one event each or all at once', async (...order) => {
      const house = await open()
      const { flowRunId } = await someRun(house)
      const [one, other] = [house.ids.uuid(), house.ids.uuid()]
      const reports = three(house, flowRunId, one)
      for (const index of order) await receiveEvents(house.as(), { events: [reports[index]!] })
      const others = three(house, flowRunId, other).map(event => ({
        ...event,
        payload: { ...event.payload, task_run: { ...event.payload.task_run, dynamic_key: '1' } },
      }))
      await receiveEvents(house.as(), { events: order.map(index => others[index]!) })
      for (const id of [one, other]) {
        const { run, state } = await findTaskRun(house.as(), { id })
        expect(run).toMatchObject({
          flowRunId,
          stateType: 'COMPLETED',
          stateTimestamp: noon + 2 * second,
          totalRunTime: second / 2,
          runCount: 1,
        })
        expect(state).toMatchObject({
          type: 'COMPLETED',
          message: 'said',
          data: { n: 1 },
          details: { custom: 1, task_run_id: id, flow_run_id: flowRunId },
        })
        const states = await listTaskRunStates(house.as(), { taskRunIds: [id] })
        expect(states.map(({ type }) => type)).toEqual(['PENDING', 'RUNNING', 'COMPLETED'])
      }
    })

    test('stay what they are when they are reported again', async () => {
      const house = await open()
      const { flowRunId } = await someRun(house)
      const reports = three(house, flowRunId, house.ids.uuid())
      await receiveEvents(house.as(), { events: reports })
      const before = await sliceTaskRuns(house.as(), { limit: 10 })
      await receiveEvents(house.as(), { events: [...reports, ...reports] })
      expect(await sliceTaskRuns(house.as(), { limit: 10 })).toEqual(before)
      expect(await count(house, TaskRunState)).toBe(3)
    })

    test('are one in a flow run by their key, whatever id is reported', async () => {
      const house = await open()
      const { flowRunId } = await someRun(house)
      const [first, second_] = [house.ids.uuid(), house.ids.uuid()]
      await receiveEvents(house.as(), {
        events: [report({ id: house.ids.uuid(), taskRunId: first, flowRunId, type: 'PENDING', at: noon })],
      })
      await receiveEvents(house.as(), {
        events: [report({ id: house.ids.uuid(), taskRunId: second_, flowRunId, type: 'RUNNING', at: noon + 1 })],
      })
      const [{ run } = { run: undefined }, ...others] = await sliceTaskRuns(house.as(), { limit: 10 })
      expect(others).toEqual([])
      expect(run).toMatchObject({ id: first, stateType: 'RUNNING' })
      expect((await listTaskRunStates(house.as(), { taskRunIds: [first] })).map(({ details }) => details.task_run_id)).toEqual([
        first,
        first,
      ])
    })

    test('are recorded outside of flows by their id', async () => {
      const house = await open()
      const [one, other] = [house.ids.uuid(), house.ids.uuid()]
      await receiveEvents(house.as(), { events: [...three(house, null, one), ...three(house, null, other)] })
      expect(await count(house, TaskRun)).toBe(2)
    })

    test.each([
      [
        'of a flow run that is gone',
        (house: BareHouse) =>
          report({ id: house.ids.uuid(), taskRunId: house.ids.uuid(), flowRunId: house.ids.uuid(), type: 'RUNNING', at: noon }),
      ],
      [
        'that the server itself tells of',
        (house: BareHouse) => {
          const event = report({ id: house.ids.uuid(), taskRunId: house.ids.uuid(), type: 'RUNNING', at: noon })
          return { ...event, resource: { ...event.resource, 'prefect.orchestration': 'server' } }
        },
      ],
      [
        'without a state',
        (house: BareHouse) => {
          const event = report({ id: house.ids.uuid(), taskRunId: house.ids.uuid(), type: 'RUNNING', at: noon })
          return { ...event, payload: { task_run: event.payload.task_run } }
        },
      ],
    ])('make no row when they are %s, but stay events', async (_what, make) => {
      const house = await open()
      await receiveEvents(house.as(), { events: [make(house)] })
      expect(await count(house, TaskRun)).toBe(0)
      expect((await events(house)).map(({ event }) => event)).toContain('prefect.task-run.RUNNING')
    })

    test('never touch another workspace', async () => {
      const house = await open()
      const room = await openRoom(house, 'second')
      const { flowRunId } = await someRun(house)
      const taskRunId = house.ids.uuid()
      await receiveEvents(house.as(), { events: three(house, flowRunId, taskRunId) })
      const before = await findTaskRun(house.as(), { id: taskRunId })
      const later = { taskRunId, type: 'FAILED', at: noon + 9 * second } as const
      await receiveEvents(house.as(undefined, room), {
        events: [report({ id: house.ids.uuid(), ...later }), report({ id: house.ids.uuid(), ...later, flowRunId })],
      })
      expect(await findTaskRun(house.as(), { id: taskRunId })).toEqual(before)
      expect(await count(house, TaskRun)).toBe(1)
    })

    test('are recorded when very many arrive at once, each in a command of its own', async () => {
      const house = await open()
      const { flowRunId } = await someRun(house)
      const keys = Array.from({ length: 100 }, (_, index) => ({ key: String(index), taskRunId: house.ids.uuid() }))
      const sent = (['PENDING', 'RUNNING', 'COMPLETED'] as const).flatMap((type, index) =>
        keys.map(one => report({ ...one, id: house.ids.uuid(), flowRunId, type, at: noon + index })),
      )
      await Promise.all(sent.map(event => receiveEvents(house.as(), { events: [event] })))
      const { nodes } = await listTaskRuns(house.as(), { filter: { flowRunIds: [flowRunId] }, first: 200 })
      expect(nodes.map(({ stateType }) => stateType)).toEqual(keys.map(() => 'COMPLETED'))
      expect(await count(house, TaskRunState)).toBe(300)
    })
  })

  describe('task runs that the server orchestrates', () => {
    test('are made once for their key, and named after their task', async () => {
      const house = await open()
      const { flowRunId, taskRunId } = await someTask(house)
      const again = await createTaskRun(house.as(), {
        flowRunId,
        taskKey: 'load-1',
        dynamicKey: '0',
        name: 'other',
        state: { type: 'RUNNING' },
      })
      expect(again).toMatchObject({
        isNew: false,
        run: { id: taskRunId, name: 'load-0', labels: { l: 1, 'prefect.flow-run.id': flowRunId } },
        state: { type: 'PENDING' },
      })
      const background = { taskKey: 'load-1', dynamicKey: '0', id: house.ids.uuid() }
      expect(await createTaskRun(house.as(), background)).toMatchObject({ isNew: true, run: { id: background.id, flowRunId: null } })
      expect(await createTaskRun(house.as(), { ...background, id: null })).toMatchObject({ isNew: false, run: { id: background.id } })
    })

    test('are not made in a flow run that is not there, nor in one of another workspace', async () => {
      const house = await open()
      const room = await openRoom(house, 'second')
      const { flowRunId } = await someRun(house)
      await expect(createTaskRun(house.as(), { flowRunId: house.ids.uuid(), taskKey: 'a', dynamicKey: '0' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(createTaskRun(house.as(undefined, room), { flowRunId, taskKey: 'a', dynamicKey: '0' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    })

    test('move by the rules, and tell of it', async () => {
      const house = await open()
      const { flowRunId, taskRunId } = await someTask(house)
      expect(await setTaskRunState(house.as(), { taskRunId, state: { type: 'RUNNING' } })).toMatchObject({
        status: 'ACCEPT',
        run: { flowRunRunCount: 1 },
      })
      await setFlowRunState(house.as(), { flowRunId, state: { type: 'COMPLETED' } })
      expect(await setTaskRunState(house.as(), { taskRunId, state: { type: 'RUNNING' } })).toMatchObject({ status: 'ABORT' })
      expect(await setTaskRunState(house.as(), { taskRunId, state: { type: 'RUNNING' }, force: true })).toMatchObject({ status: 'ACCEPT' })
      const told = (await events(house)).filter(({ event }) => event.startsWith('prefect.task-run.'))
      const states = await listTaskRunStates(house.as(), { taskRunIds: [taskRunId] })
      expect(told.map(({ id }) => id)).toEqual(states.map(({ id }) => id))
      expect(states.map(({ name }) => name)).toEqual(['Pending', 'Running', 'Running'])
    })

    test('take over a result under the same key, in their workspace only, while it is there', async () => {
      const house = await open()
      const room = await openRoom(house, 'second')
      const details = { cache_key: 'same' }
      const once = async (ctx: ReturnType<BareHouse['as']>, dynamicKey: string) => {
        const { run } = await createTaskRun(ctx, { taskKey: 'a', dynamicKey, state: { type: 'PENDING' } })
        return { taskRunId: run.id, ...(await setTaskRunState(ctx, { taskRunId: run.id, state: { type: 'RUNNING', details } })) }
      }
      const { taskRunId } = await once(house.as(), '0')
      await setTaskRunState(house.as(), { taskRunId, state: { type: 'COMPLETED', details, data: { kept: 1 } } })
      expect(await once(house.as(), '1')).toMatchObject({ status: 'REJECT', state: { name: 'Cached', data: { kept: 1 } } })
      expect(await once(house.as(undefined, room), '1')).toMatchObject({ status: 'ACCEPT' })
      expect(await count(house, CachedResultEntity)).toBe(1)
      await deleteTaskRun(house.as(), { id: taskRunId })
      expect(await once(house.as(), '2')).toMatchObject({ status: 'ACCEPT' })
    })

    test('can be renamed and deleted', async () => {
      const house = await open()
      const { taskRunId: id } = await someTask(house)
      await renameTaskRun(house.as(), { id, name: 'better' })
      expect(await findTaskRun(house.as(), { id })).toMatchObject({
        run: { name: 'better', stateType: 'PENDING' },
        state: { type: 'PENDING' },
      })
      await deleteTaskRun(house.as(), { id })
      await expect(findTaskRun(house.as(), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await count(house, TaskRunState)).toBe(0)
      expect((await events(house)).map(({ event }) => event).slice(-2)).toEqual(['task-run.updated', 'task-run.deleted'])
    })
  })

  describe('a subflow', () => {
    test('takes the task run along that stands for it, in the same batch', async () => {
      const house = await open()
      const { flowRunId: parent, taskRunId } = await someTask(house)
      const { flowRunId: child } = await someRun(house, taskRunId)
      expect(await findTaskRun(house.as(), { id: taskRunId })).toMatchObject({
        state: { type: 'RUNNING', details: { child_flow_run_id: child, flow_run_id: parent, task_run_id: taskRunId } },
      })
      await Promise.all([
        setFlowRunState(house.as(), { flowRunId: child, state: { type: 'COMPLETED', message: 'done', data: { n: 1 } } }),
        setFlowRunState(house.as(), { flowRunId: parent, state: { type: 'FAILED' } }),
      ])
      expect(await findTaskRun(house.as(), { id: taskRunId })).toMatchObject({
        run: { stateType: 'COMPLETED', runCount: 1 },
        state: { message: 'done', data: { n: 1 } },
      })
    })

    test('of another workspace, or of a task run that is gone, takes nothing along', async () => {
      const house = await open()
      const room = await openRoom(house, 'second')
      const { taskRunId } = await someTask(house)
      const { flow } = await ensureFlow(house.as(undefined, room), { name: 'hello' })
      await createFlowRun(house.as(undefined, room), { flowId: flow.id, parentTaskRunId: taskRunId, state: { type: 'RUNNING' } })
      expect(await findTaskRun(house.as(), { id: taskRunId })).toMatchObject({ run: { stateType: 'PENDING' } })
      const { flowRunId } = await someRun(house, taskRunId)
      await deleteTaskRun(house.as(), { id: taskRunId })
      expect(await setFlowRunState(house.as(), { flowRunId, state: { type: 'COMPLETED' } })).toMatchObject({ status: 'ACCEPT' })
    })
  })

  describe('very many task runs', () => {
    const fill = async (house: BareHouse, flowRunId: string, many: number) => {
      const keys = Array.from({ length: many }, (_, index) => ({ key: String(index), taskRunId: house.ids.uuid(), id: house.ids.uuid() }))
      const reports = keys.map(one => report({ ...one, flowRunId, type: 'COMPLETED', at: noon }))
      await receiveEvents(house.as(), { events: reports })
    }
    const counts = async (house: BareHouse) => [await count(house, TaskRun), await count(house, TaskRunState)]

    test.each(['flow run', 'flow'] as const)('go in steps when their %s is deleted, and only they', async which => {
      const house = await open()
      const { flow, flowRunId } = await someRun(house)
      await fill(house, flowRunId, 2 * atOnce.taskRuns + 1)
      const { flow: other } = await ensureFlow(house.as(), { name: 'other' })
      const { run } = await createFlowRun(house.as(), { flowId: other.id })
      await fill(house, run.id, 2)
      const before = house.batcher.batches
      await (which === 'flow' ? deleteFlow(house.as(), { id: flow.id }) : deleteFlowRun(house.as(), { id: flowRunId }))
      expect(house.batcher.batches - before).toBeGreaterThanOrEqual(3)
      expect(await counts(house)).toEqual([2, 2])
    })

    test('go in steps when their flow run is too old', async () => {
      const house = await open()
      const { flowRunId } = await someRun(house)
      await setFlowRunState(house.as(), { flowRunId, state: { type: 'COMPLETED' } })
      await fill(house, flowRunId, expiredAtOnce.taskRuns + 1)
      const runs = house.as().clock.now() + second
      expect(await sweepRetention(house.as(), { runs })).toMatchObject({ flowRuns: 0, isDone: false })
      expect(await counts(house)).toEqual([1, 1])
      expect(await sweepRetention(house.as(), { runs })).toMatchObject({ flowRuns: 1 })
      expect(await counts(house)).toEqual([0, 0])
    })
  })

  describe('with a flow run', () => {
    test.each(['flow run', 'flow'] as const)('that goes by deleting the %s its task runs go, and come not back', async which => {
      const house = await open()
      const { flow, flowRunId, taskRunId } = await someTask(house)
      const late = report({ id: house.ids.uuid(), taskRunId, flowRunId, key: '7', type: 'RUNNING', at: noon })
      const deleting = which === 'flow' ? deleteFlow(house.as(), { id: flow.id }) : deleteFlowRun(house.as(), { id: flowRunId })
      await Promise.all([deleting, receiveEvents(house.as(), { events: [late] })])
      await receiveEvents(house.as(), { events: [{ ...late, id: house.ids.uuid() }] })
      expect([await count(house, TaskRun), await count(house, TaskRunState)]).toEqual([0, 0])
    })
  })
})
