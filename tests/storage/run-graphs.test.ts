import { describe, expect, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { readRunGraph } from '../../src/core/run-graphs/index.ts'
import { createTaskRun, setTaskRunState } from '../../src/core/task-runs/index.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

async function someRun(house: BareHouse) {
  const { flow } = await ensureFlow(house.as(), { name: 'etl' })
  const make = async (parentTaskRunId?: string) =>
    (await createFlowRun(house.as(), { flowId: flow.id, parentTaskRunId, state: { type: 'RUNNING' } })).run
  const { id: flowRunId } = await make()
  const task = async (name: string, taskInputs: Record<string, unknown> = {}) =>
    (await createTaskRun(house.as(), { flowRunId, name, taskKey: name, dynamicKey: '0', taskInputs, state: { type: 'PENDING' } })).run.id
  return { flowRunId, make, task }
}

forEachStorage(open => {
  describe('the graph of a flow run', () => {
    test('has its task runs in order, with what they wait for, each attempt, and the subflows they stand for', async () => {
      const house = await open()
      const { flowRunId, make, task } = await someRun(house)
      const extract = await task('extract')
      const load = await task('load', { rows: [{ input_type: 'task_run', id: extract }] })
      const child = await task('child')
      const subflow = await make(child)
      await make()
      for (const type of ['RUNNING', 'SCHEDULED', 'RUNNING', 'COMPLETED'] as const)
        await setTaskRunState(house.as(), { taskRunId: extract, state: { type }, force: true })

      const { nodes, isWhole } = await readRunGraph(house.as(), { flowRunId })
      expect(isWhole).toBe(true)
      expect(
        nodes.map(({ run, parents, attempts, subflow }) => [run.id, parents, attempts.map(({ endType }) => endType), subflow?.id]),
      ).toEqual([
        [extract, [], ['SCHEDULED', 'COMPLETED'], undefined],
        [load, [extract], [], undefined],
        [child, [], [null], subflow.id],
      ])
      const [first] = nodes
      expect(first!.attempts[0]!.start).toBe(first!.run.startTime)
      expect(first!.attempts[1]!.end).toBe(first!.run.endTime)
    })

    test('ends where it is told to, and says so; or begins with what has started since', async () => {
      const house = await open()
      const { flowRunId, task } = await someRun(house)
      const ids = [await task('a'), await task('b'), await task('c')]
      await setTaskRunState(house.as(), { taskRunId: ids[1]!, state: { type: 'RUNNING' }, force: true })
      const few = await readRunGraph(house.as(), { flowRunId, most: 2 })
      expect([few.nodes.map(({ run }) => run.id), few.isWhole]).toEqual([ids.slice(0, 2), false])
      const started = await readRunGraph(house.as(), { flowRunId, startedSince: 0 })
      expect([started.nodes.map(({ run }) => run.id), started.isWhole]).toEqual([[ids[1]], true])
      expect((await readRunGraph(house.as(), { flowRunId: house.ids.uuid() })).nodes).toEqual([])
    })

    test('goes on behind a place, tells how many there are, and keeps what leads from one part into another', async () => {
      const house = await open()
      const { flowRunId, make, task } = await someRun(house)
      const named = (type: string, id: string) => [{ input_type: type, id }]
      const extract = await task('extract')
      const child = await task('child')
      const subflow = await make(child)
      const elsewhere = await someRun(house)
      const load = await task('load', {
        rows: named('task_run', extract),
        total: named('flow_run', subflow.id),
        other: named('task_run', await elsewhere.task('other')),
      })
      await setTaskRunState(house.as(), { taskRunId: load, state: { type: 'RUNNING' }, force: true })
      const counts = new Map([
        ['PENDING', 1],
        ['RUNNING', 2],
      ])
      const first = await readRunGraph(house.as(), { flowRunId, most: 2 })
      expect(first).toMatchObject({ nodes: [{ run: { id: extract } }, { run: { id: child } }], isWhole: false, counts })
      const rest = await readRunGraph(house.as(), { flowRunId, most: 2, after: first.endCursor })
      expect(rest).toMatchObject({ nodes: [{ run: { id: load }, parents: [extract, child] }], isWhole: true, counts })
      expect(await readRunGraph(house.as(), { flowRunId, after: rest.endCursor })).toMatchObject({ nodes: [], endCursor: null, counts })
      expect((await readRunGraph(house.as(), { flowRunId })).counts).toEqual(counts)
      await expect(readRunGraph(house.as(), { flowRunId, after: 'nowhere' })).rejects.toThrow('after: is not a cursor of this list')
    })
  })
})
