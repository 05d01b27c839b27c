import { describe, expect, test } from 'vitest'
import { checkStore } from '../../src/core/checks/index.ts'
import { readDashboard } from '../../src/core/dashboard/index.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, deleteFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { deleteFlow, ensureFlow } from '../../src/core/flows/index.ts'
import { sweepRetention } from '../../src/core/retention/index.ts'
import { QUARTER_HOUR, TaskRunRollup } from '../../src/core/rollups/index.ts'
import { createTaskRun, deleteTaskRun, setTaskRunState, TaskRun, taskRunConditions } from '../../src/core/task-runs/index.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'
import { type Chance, createChance } from './random.ts'

const states = ['SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED'] as const

const faults = async (house: BareHouse) => (await checkStore(house.as(), {})).filter(({ violations }) => violations > 0)

const rows = (house: BareHouse) =>
  house.storage.read.select({
    entity: TaskRunRollup,
    workspaceId: null,
    where: [],
    orderBy: ['scope', 'stateType', 'bucket'].map(property => [property, 'asc'] as const),
    limit: 1_000,
  })

/** As the SDK reports what a task does. */
const report = (house: BareHouse, flowRunId: string, key: string, type: string, tags: string[], later = 0) => ({
  id: house.ids.uuid(),
  occurred: house.clock.now() + later,
  event: `prefect.task-run.${type}`,
  resource: { 'prefect.resource.id': `prefect.task-run.${key}`, 'prefect.orchestration': 'client' },
  related: [{ 'prefect.resource.id': `prefect.flow-run.${flowRunId}`, 'prefect.resource.role': 'flow-run' }],
  payload: { task_run: { task_key: 'extract', dynamic_key: key, tags }, validated_state: { type, name: type } },
})

async function doSomething(house: BareHouse, chance: Chance, flowRuns: string[], tasks: string[]) {
  const dice = chance.below(12)
  const flowRunId = chance.pick(flowRuns)
  const task = tasks.length > 0 ? chance.pick(tasks) : undefined
  if (dice < 3 || task === undefined) {
    const isInRun = chance.isLucky(0.7)
    const made = await createTaskRun(house.as(), {
      ...(isInRun ? { flowRunId } : {}),
      taskKey: 'extract',
      dynamicKey: house.ids.uuid(),
      tags: chance.some(['a', 'b', 'a b']),
      ...(chance.isLucky(0.7) ? { state: { type: chance.pick(states) } } : {}),
    })
    return void tasks.push(made.run.id)
  }
  if (dice < 5) return void (await setTaskRunState(house.as(), { taskRunId: task, state: { type: chance.pick(states) }, force: true }))
  if (dice < 7) {
    const key = house.ids.uuid()
    tasks.push(key)
    const events = ['RUNNING', 'COMPLETED', 'FAILED'].map((type, index) =>
      report(house, flowRunId, key, type, chance.some(['a', 'b']), index),
    )
    return void (await receiveEvents(house.as(), { events }))
  }
  if (dice < 8) return void (await deleteTaskRun(house.as(), { id: task }))
  if (dice < 9) return void (await deleteFlowRun(house.as(), { id: flowRunId }))
  if (dice < 10 && chance.isLucky(0.3)) return void (await sweepRetention(house.as(), { runs: house.clock.now() }))
  await inTransaction(house.as(), async inside => {
    await createTaskRun(inside, { flowRunId, taskKey: 'extract', dynamicKey: house.ids.uuid(), tags: ['a'] })
    if (chance.isLucky(0.3)) await deleteFlowRun(inside, { id: flowRunId })
    if (chance.isLucky(0.3)) throw new Error('On purpose: nothing of this may be left.')
  })
}

forEachStorage((open, name) => {
  describe('the roll-ups of task runs', () => {
    test.each([1, 2, 3])('equal a recount after whatever was done, at once and one by one (seed %i)', async seed => {
      const house = await open()
      const chance = createChance(seed)
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const newRun = async () => (await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })).run.id
      const tasks: string[] = []
      for (let round = 0; round < (name === 'postgres' ? 20 : 40); round++) {
        const flowRuns = [await newRun(), await newRun()]
        await Promise.allSettled(Array.from({ length: chance.isLucky(0.5) ? 8 : 1 }, () => doSomething(house, chance, flowRuns, tasks)))
      }
      expect(await faults(house)).toEqual([])
      for (const tag of [null, 'a', 'a b']) {
        const where = taskRunConditions({ tags: tag === null ? null : [tag], stateTypes: [...states] })
        const counted = (await house.as().read.countBy({ entity: TaskRun, where, property: 'stateType' })).counts
        const now = Math.floor(house.clock.now() / QUARTER_HOUR) * QUARTER_HOUR
        const range = { start: now - 4 * QUARTER_HOUR, end: now + QUARTER_HOUR, bucketSize: QUARTER_HOUR, filter: { tag } }
        const { taskRuns } = await readDashboard(house.as(), range)
        expect(new Map(taskRuns!.counts.map(({ type, count }) => [type, count]))).toEqual(
          new Map([...counted].filter(([, count]) => count > 0)),
        )
      }
      await deleteFlow(house.as(), { id: flow.id })
      expect(await faults(house)).toEqual([])
    })

    test('hold no row that says 0, and none of a run that has gone with its tasks', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
      const key = house.ids.uuid()
      await receiveEvents(house.as(), {
        events: ['PENDING', 'RUNNING'].map((type, index) => report(house, run.id, key, type, ['etl'], index)),
      })
      const running = { stateType: 'RUNNING', count: 1 }
      expect(await rows(house)).toMatchObject([
        { scope: 'all', bucket: -1, ...running },
        { scope: 'all', ...running },
        { scope: 'all:etl', bucket: -1, ...running },
        { scope: 'all:etl', ...running },
      ])
      await deleteFlowRun(house.as(), { id: run.id })
      expect(await rows(house)).toEqual([])
    })

    test('go with age as the runs do', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
      await receiveEvents(house.as(), { events: [report(house, run.id, house.ids.uuid(), 'COMPLETED', ['etl'])] })
      const { run: background } = await createTaskRun(house.as(), { taskKey: 'mail', dynamicKey: '0', state: { type: 'RUNNING' } })
      await setTaskRunState(house.as(), { taskRunId: background.id, state: { type: 'COMPLETED' } })
      await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'COMPLETED' } })
      for (let isDone = false; !isDone; ) isDone = (await sweepRetention(house.as(), { runs: house.clock.now() + 1 })).isDone
      expect(await rows(house)).toEqual([])
      expect(await faults(house)).toEqual([])
    })
  })

  describe('the task runs of a dashboard', () => {
    test('are those of the stretch, of the one before, and what runs now; of a tag those that carry it; of flows nobody knows', async () => {
      const house = await open()
      const now = Math.floor(house.clock.now() / QUARTER_HOUR) * QUARTER_HOUR
      const range = { start: now - 60 * QUARTER_HOUR, end: now + 2 * QUARTER_HOUR, bucketSize: QUARTER_HOUR }
      const made = (type: (typeof states)[number], tags: string[] = []) =>
        createTaskRun(house.as(), { taskKey: 'load', dynamicKey: house.ids.uuid(), tags, state: { type } })
      await made('COMPLETED', ['etl'])
      await made('RUNNING')
      for (const quarters of [61, 200]) {
        const state = { type: 'SCHEDULED' as const, scheduledTime: now - quarters * QUARTER_HOUR }
        await createTaskRun(house.as(), { taskKey: 'load', dynamicKey: String(quarters), tags: ['etl'], state })
      }
      const { taskRuns } = await readDashboard(house.as(), range)
      expect(taskRuns).toMatchObject({
        counts: expect.arrayContaining([
          { type: 'COMPLETED', count: 1 },
          { type: 'RUNNING', count: 1 },
        ]),
        activity: { start: range.start, bucketSize: 3 * QUARTER_HOUR },
      })
      expect(taskRuns!.previous).toEqual([{ type: 'SCHEDULED', count: 1 }])
      expect(new Map(taskRuns!.current.map(({ type, count }) => [type, count]))).toEqual(
        new Map([
          ['SCHEDULED', 2],
          ['RUNNING', 1],
        ]),
      )
      expect(taskRuns!.activity.counts.map(({ bucket, count }) => [bucket, count])).toEqual([
        [20, 1],
        [20, 1],
      ])
      const tagged = await readDashboard(house.as(), { ...range, filter: { tag: 'etl', isSubflow: false } })
      expect(tagged.taskRuns!.counts).toEqual([{ type: 'COMPLETED', count: 1 }])
      expect((await readDashboard(house.as(), { ...range, filter: { flowIds: [house.ids.uuid()] } })).taskRuns).toBeNull()
    })
  })
})
