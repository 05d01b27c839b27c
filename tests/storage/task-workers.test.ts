import { describe, expect, test } from 'vitest'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createTaskRun, findTaskRun, setTaskRunState } from '../../src/core/task-runs/index.ts'
import {
  acknowledgeTaskRun,
  claimTaskRun,
  dismissTaskWorker,
  greetTaskWorker,
  listTaskWorkers,
  TaskWorker,
  WORKER_LEASE_SECONDS,
} from '../../src/core/task-workers/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { manualClock } from '../core/kernel/manual-clock.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage, type OpenHouse, onPostgres } from './for-each-storage.ts'

const second = 1_000_000

async function openClocked(open: OpenHouse) {
  const clock = manualClock()
  const house = await open({ clock })
  return { house, pass: (seconds: number) => clock.advance(seconds * 1000) }
}

const delay = async (house: BareHouse, taskKey = 'notify', details: object = {}) =>
  (
    await createTaskRun(house.as(), {
      taskKey,
      dynamicKey: house.ids.uuid(),
      state: { type: 'SCHEDULED', details: { deferred: true, task_parameters_id: 'p', ...details } },
    })
  ).run.id

function connect(house: BareHouse, identifier: string, taskKeys = ['notify'], ctx = house.as()) {
  const connection = { connectionId: house.ids.uuid(), identifier }
  return {
    greet: () => greetTaskWorker(ctx, { ...connection, taskKeys, connectedAt: house.clock.now() }),
    claim: async () => (await claimTaskRun(ctx, { ...connection, taskKeys })).claimed?.run.id ?? null,
    next: async () => (await claimTaskRun(ctx, { ...connection, taskKeys })).nextAt,
    acknowledge: async (taskRunId: string) => (await acknowledgeTaskRun(ctx, { ...connection, taskRunId })).isHeld,
    dismiss: () => dismissTaskWorker(ctx, connection),
  }
}

/** As the SDK tells that it has begun a task run. */
const begin = (house: BareHouse, taskRunId: string, taskKey = 'notify') =>
  receiveEvents(house.as(), {
    events: [
      {
        id: house.ids.uuid(),
        occurred: house.clock.now(),
        event: 'prefect.task-run.Pending',
        resource: { 'prefect.resource.id': `prefect.task-run.${taskRunId}`, 'prefect.orchestration': 'client' },
        payload: {
          validated_state: { type: 'PENDING', name: 'Pending', state_details: { deferred: true } },
          task_run: { task_key: taskKey, dynamic_key: 'any' },
        },
      },
    ],
  })

const released = async (house: BareHouse) =>
  ((await house.storage.readLog('events', 0, 1000)) as LogEvent[]).filter(({ event }) => event === 'task-run.released')

forEachStorage(open => {
  describe('a task run in the background', () => {
    test('is given to one task worker, the one that has waited longest first', async () => {
      const { house, pass } = await openClocked(open)
      const first = await delay(house)
      pass(1)
      const second = await delay(house)
      const [one, other] = [connect(house, 'a-1'), connect(house, 'b-2')]
      expect([await one.claim(), await other.claim(), await one.claim()]).toEqual([first, second, null])
      expect((await findTaskRun(house.as(), { id: first })).run).toMatchObject({ claimedBy: 'a-1', stateType: 'SCHEDULED' })
    })

    test('is given once also when many ask at the same moment', async () => {
      const house = await open()
      const ids = []
      for (let index = 0; index < 5; index++) ids.push(await delay(house))
      const workers = Array.from({ length: 12 }, (_, index) => connect(house, `w-${index}`))
      const given = await Promise.all(workers.map(worker => worker.claim()))
      expect(given.filter(id => id !== null).sort()).toEqual(ids.sort())
    })

    test('is given only to who serves its task, in its workspace, and only when it is deferred', async () => {
      const house = await open()
      await delay(house, 'other')
      await createTaskRun(house.as(), { taskKey: 'notify', dynamicKey: '1', state: { type: 'SCHEDULED' } })
      const elsewhere = house.as(undefined, await openRoom(house, 'second'))
      const id = await delay(house)
      expect(await connect(house, 'a-1', ['notify', 'other'], elsewhere).claim()).toBeNull()
      expect([await connect(house, 'a-1').claim(), await connect(house, 'a-1').claim()]).toEqual([id, null])
    })

    test('waits for its time, of which the worker is told', async () => {
      const { house, pass } = await openClocked(open)
      const due = house.clock.now() + 5 * second
      const id = await delay(house, 'notify', { scheduled_time: toIso(due) })
      const worker = connect(house, 'a-1')
      expect([await worker.claim(), await worker.next()]).toEqual([null, due])
      pass(5)
      expect(await worker.claim()).toBe(id)
    })

    test('that was not acknowledged is offered again when the connection ends, and that is told', async () => {
      const house = await open()
      const id = await delay(house)
      const [lost, other] = [connect(house, 'a-1'), connect(house, 'b-2')]
      await lost.claim()
      expect(await other.claim()).toBeNull()
      await lost.dismiss()
      expect(await released(house)).toMatchObject([{ payload: { taskWorker: 'a-1' } }])
      expect(await other.claim()).toBe(id)
      expect([await lost.acknowledge(id), await other.acknowledge(id)]).toEqual([false, true])
    })

    test('that was not acknowledged is offered again when its worker has connected anew', async () => {
      const house = await open()
      const id = await delay(house)
      await connect(house, 'a-1').claim()
      const again = connect(house, 'a-1')
      await again.greet()
      expect(await again.claim()).toBe(id)
    })

    test('that was acknowledged stays with its worker as long as that is seen, and is offered again after the lease', async () => {
      const { house, pass } = await openClocked(open)
      const id = await delay(house)
      const [worker, other] = [connect(house, 'a-1'), connect(house, 'b-2')]
      await worker.claim()
      await worker.acknowledge(id)
      await worker.dismiss()
      for (let times = 0; times < 4; times++) {
        pass(WORKER_LEASE_SECONDS - 1)
        expect(await other.claim()).toBeNull()
        expect(await connect(house, 'a-1').greet()).toEqual({ holds: 1 })
      }
      pass(WORKER_LEASE_SECONDS + 1)
      expect(await other.claim()).toBe(id)
    })

    test('that has begun is offered no more, nor held', async () => {
      const { house, pass } = await openClocked(open)
      const id = await delay(house)
      const worker = connect(house, 'a-1')
      await worker.claim()
      await worker.acknowledge(id)
      pass(1)
      await begin(house, id)
      expect((await findTaskRun(house.as(), { id })).run).toMatchObject({ stateType: 'PENDING', claimedBy: null, claimableAt: null })
      expect(await worker.greet()).toEqual({ holds: 0 })
      pass(2 * WORKER_LEASE_SECONDS)
      expect(await worker.claim()).toBeNull()
    })

    test('that was cancelled while it waited is offered no more', async () => {
      const house = await open()
      const id = await delay(house)
      await setTaskRunState(house.as(), { taskRunId: id, state: { type: 'CANCELLED' } })
      expect(await connect(house, 'a-1').claim()).toBeNull()
    })
  })

  describe('task workers', () => {
    test('are listed while they are connected, once with all their tasks', async () => {
      const { house, pass } = await openClocked(open)
      const [one, same, other] = [connect(house, 'a-1', ['x']), connect(house, 'a-1', ['y']), connect(house, 'b-2', ['z'])]
      for (const worker of [one, same, other]) await worker.greet()
      const list = async (taskKeys?: string[]) =>
        (await listTaskWorkers(house.as(), { taskKeys })).map(({ identifier, taskKeys }) => [identifier, taskKeys]).sort()
      expect(await list()).toEqual([
        ['a-1', ['x', 'y']],
        ['b-2', ['z']],
      ])
      expect(await list(['y'])).toEqual([['a-1', ['x', 'y']]])
      expect(await listTaskWorkers(house.as(undefined, await openRoom(house, 'second')), {})).toEqual([])
      await same.dismiss()
      pass(WORKER_LEASE_SECONDS - 1)
      await other.greet()
      pass(2)
      expect(await list()).toEqual([['b-2', ['z']]])
    })

    test('that nobody dismissed are forgotten in the end', async () => {
      const { house, pass } = await openClocked(open)
      await connect(house, 'a-1').greet()
      pass(2 * 3600)
      await connect(house, 'b-2').greet()
      expect(await house.storage.read.count({ entity: TaskWorker, workspaceId: null, where: [], limit: 10 })).toBe(1)
    })
  })
})

onPostgres(open => {
  test('two servers never give away the same task run', async () => {
    const one = await open()
    const other = await open({ on: one.url })
    const ids = []
    for (let index = 0; index < 30; index++) ids.push(await delay(one))
    const take = async (house: BareHouse, name: string) => {
      const worker = connect(house, name)
      const given: string[] = []
      for (let misses = 0; misses < 3; ) {
        const id = await worker.claim()
        if (id === null) misses++
        else given.push(id)
      }
      return given
    }
    const given = await Promise.all([take(one, 'a-1'), take(other, 'b-2'), take(one, 'c-3'), take(other, 'd-4')])
    expect(given.flat().sort()).toEqual(ids.sort())
  })
})
