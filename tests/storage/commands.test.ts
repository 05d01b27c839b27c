import { describe, expect, test } from 'vitest'
import type { EventEntity } from '../../src/core/events/index.ts'
import { createFlowRun, FlowRun, FlowRunState, findFlowRun, listFlowRunStates, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, Flow, listFlows } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const rowsOf = (house: BareHouse, entity: typeof Flow | typeof FlowRun | typeof FlowRunState | typeof EventEntity) =>
  house.storage.read.select({ entity, workspaceId: null, where: [], orderBy: [['id', 'asc']], limit: 1000 })

const eventsOf = async (house: BareHouse) => (await house.storage.readLog('events', 0, 1000)) as LogEvent[]

const sixteen = <T>(make: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 16 }, (_, index) => make(index)))

forEachStorage(open => {
  describe('a flow', () => {
    test('is made by the first who names it, and answered to all others as it is', async () => {
      const house = await open()
      const first = await ensureFlow(house.as(), { name: 'hello', tags: ['a'], labels: { team: 'x' } })
      const second = await ensureFlow(house.as(), { name: 'hello', tags: ['b'] })
      expect([first.isNew, second]).toEqual([true, { flow: first.flow, isNew: false }])
      expect(await rowsOf(house, Flow)).toEqual([first.flow])
      expect((await eventsOf(house)).map(({ event, resource }) => [event, resource['prefect.resource.name']])).toEqual([
        ['prefect.flow.created', 'hello'],
      ])
    })

    test('is made once when sixteen name it at once', async () => {
      const house = await open()
      const answers = await sixteen(() => ensureFlow(house.as(), { name: 'hello' }))
      expect(new Set(answers.map(({ flow }) => flow.id)).size).toBe(1)
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await rowsOf(house, Flow)).toEqual([answers[0]!.flow])
      expect(await eventsOf(house)).toHaveLength(1)
    })

    test('whose name differs in case or space is another', async () => {
      const house = await open()
      for (const name of ['a', 'A', ' a', 'a ', 'á'])
        expect(await ensureFlow(house.as(), { name })).toMatchObject({ isNew: true, flow: { name } })
      expect((await listFlows(house.as(), {})).nodes).toHaveLength(5)
    })
  })

  describe('a run with an idempotency key', () => {
    test('is made once, however often and however many at once ask for it, and later ones do not touch it', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const ask = (index: number) =>
        createFlowRun(house.as(), { flowId: flow.id, idempotencyKey: 'k', name: `run ${index}`, state: { type: 'PENDING' } })
      const first = await ask(0)
      expect(await ask(1)).toEqual({ ...first, isNew: false })

      const { flow: other } = await ensureFlow(house.as(), { name: 'other' })
      const answers = await sixteen(index => createFlowRun(house.as(), { flowId: other.id, idempotencyKey: 'k', name: `run ${index}` }))
      expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1)
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await rowsOf(house, FlowRun)).toHaveLength(2)
      expect(await rowsOf(house, FlowRunState)).toHaveLength(1)
    })

    test('is another on another flow, and so is one without a key', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const answers = await sixteen(() => createFlowRun(house.as(), { flowId: flow.id }))
      expect(new Set(answers.map(({ run }) => run.id)).size).toBe(16)
    })
  })

  describe('a transition', () => {
    test('writes the run, one state and one event, exactly', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, tags: ['nightly'], state: { type: 'PENDING' } })
      const running = await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING', message: 'go', data: { a: 1 } } })
      const completed = await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'COMPLETED' } })

      expect([running.status, completed.status]).toEqual(['ACCEPT', 'ACCEPT'])
      expect(await findFlowRun(house.as(), { id: run.id })).toEqual({ run: completed.run, state: completed.state })
      expect(completed.run).toMatchObject({ version: 3, runCount: 1, stateType: 'COMPLETED', stateId: completed.state!.id })
      const states = await listFlowRunStates(house.as(), { flowRunIds: [run.id] })
      expect(states.map(({ ordinal, type }) => [ordinal, type])).toEqual([
        [1, 'PENDING'],
        [2, 'RUNNING'],
        [3, 'COMPLETED'],
      ])
      expect(states[1]).toEqual(running.state)
      expect((await eventsOf(house)).map(({ seq, id, event }) => [seq, id, event])).toEqual([
        [1, expect.any(String), 'prefect.flow.created'],
        [2, states[0]!.id, 'prefect.flow-run.Pending'],
        [3, states[1]!.id, 'prefect.flow-run.Running'],
        [4, states[2]!.id, 'prefect.flow-run.Completed'],
      ])
    })

    test('that is refused writes nothing and wakes nobody', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
      await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'COMPLETED', data: { type: 'reference' } } })
      const before = {
        run: await findFlowRun(house.as(), { id: run.id }),
        published: house.published.length,
        heads: await house.storage.heads(),
      }
      const refused = await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' } })
      expect(refused).toMatchObject({ status: 'REJECT', isWritten: false })
      expect({
        run: await findFlowRun(house.as(), { id: run.id }),
        published: house.published.length,
        heads: await house.storage.heads(),
      }).toEqual(before)
    })

    test('of one run asked for at once by many is decided one after the other', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id })
      const answers = await sixteen(index =>
        setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'SCHEDULED', name: `n${index}` }, force: true }),
      )
      const written = answers.filter(({ isWritten }) => isWritten)
      const states = await listFlowRunStates(house.as(), { flowRunIds: [run.id] })
      expect(states.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: written.length }, (_, index) => index + 1))
      expect((await findFlowRun(house.as(), { id: run.id })).run).toMatchObject({ version: written.length, stateId: states.at(-1)!.id })
    })

    test('of a run that does not exist is refused, and its batch goes on', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id })
      const absent = house.ids.uuid()
      const outcomes = await Promise.allSettled([
        setFlowRunState(house.as(), { flowRunId: absent, state: { type: 'RUNNING' } }),
        setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' } }),
      ])
      expect(outcomes).toMatchObject([
        { status: 'rejected', reason: { code: 'NOT_FOUND', facts: { key: absent } } },
        { status: 'fulfilled', value: { status: 'ACCEPT' } },
      ])
    })
  })

  describe('a unit of several commands', () => {
    test('is written all or nothing, while its neighbours commit', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const runs = await sixteen(() => createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } }))
      const to = (flowRunId: string) => ({ flowRunId, state: { type: 'RUNNING' as const } })
      const [a, b, c] = runs.map(({ run }) => run.id) as [string, string, string]
      const before = (await eventsOf(house)).length

      const [unit, neighbour] = await Promise.allSettled([
        setFlowRunState.all(house.as(), [to(a), to(house.ids.uuid()), to(b)]),
        setFlowRunState(house.as(), to(c)),
      ])
      expect([unit.status, neighbour.status]).toEqual(['rejected', 'fulfilled'])
      const types = await Promise.all([a, b, c].map(async id => (await findFlowRun(house.as(), { id })).run.stateType))
      expect(types).toEqual(['PENDING', 'PENDING', 'RUNNING'])
      expect((await eventsOf(house)).slice(before).map(({ event, resource }) => [event, resource['prefect.resource.id']])).toEqual([
        ['prefect.flow-run.Running', `prefect.flow-run.${c}`],
      ])
    })

    test('lets later ones see earlier ones', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id })
      const answers = await setFlowRunState.all(house.as(), [
        { flowRunId: run.id, state: { type: 'PENDING' } },
        { flowRunId: run.id, state: { type: 'RUNNING' } },
        { flowRunId: run.id, state: { type: 'COMPLETED' } },
      ])
      expect(answers.map(({ run }) => [run.version, run.stateType])).toEqual([
        [1, 'PENDING'],
        [2, 'RUNNING'],
        [3, 'COMPLETED'],
      ])
      expect((await findFlowRun(house.as(), { id: run.id })).run).toEqual(answers[2]!.run)
    })
  })

  describe('a batch', () => {
    test('of hundreds is written whole, each command answered its own', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const answers = await Promise.all(
        Array.from({ length: 300 }, (_, index) =>
          createFlowRun(house.as(), { flowId: flow.id, name: `run ${index}`, state: { type: 'PENDING' } }),
        ),
      )
      expect(answers.map(({ run }) => run.name)).toEqual(Array.from({ length: 300 }, (_, index) => `run ${index}`))
      expect(await rowsOf(house, FlowRun)).toHaveLength(300)
      const published = house.published.flatMap(({ events }) => events)
      expect(published.map(({ seq }) => seq)).toEqual(Array.from({ length: 301 }, (_, index) => index + 1))
      expect(await eventsOf(house)).toEqual(published)
    })

    test('appends the lines of each command in their order', async () => {
      const house = await open()
      const line = (message: string) => ({ name: 'n', level: 20, message, timestamp: 1 })
      await Promise.all([
        appendLogs(house.as(), { lines: ['a', 'b', 'c'].map(line) }),
        appendLogs(house.as(), { lines: ['d', 'e'].map(line) }),
      ])
      const stored = (await house.storage.readLog('logs', 0, 100)) as { seq: number; message?: string }[]
      expect(stored.map(({ seq, message }) => [seq, message])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
        [5, 'e'],
      ])
      expect(house.published.flatMap(({ logs }) => logs)).toEqual(stored)
    })
  })
})
