import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { findTaskRun } from '../../src/core/task-runs/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { patiently } from '../support/patiently.ts'
import { graphql } from './ask.ts'
import { openRest, type RestHouse } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const open: WebSocket[] = []
afterEach(async () => {
  const closed = open.filter(socket => socket.readyState !== WebSocket.CLOSED).map(socket => once(socket, 'close'))
  for (const socket of open.splice(0)) socket.terminate()
  await Promise.all(closed)
  await patiently(async () => expect(await workers()).toEqual([]))
})

const workers = async (filter?: object) => (await rest.ask('POST', '/task_workers/filter', filter ?? {})).body

async function connect() {
  const socket = new WebSocket(`${rest.doors.url.replace('http', 'ws')}/api/task_runs/subscriptions/scheduled`, ['prefect'])
  open.push(socket)
  const frames: any[] = []
  socket.on('message', data => frames.push(JSON.parse(data.toString())))
  const closed = once(socket, 'close') as Promise<[code: number, reason: Buffer]>
  await once(socket, 'open')
  return {
    socket,
    frames,
    closed,
    say: (frame: unknown) => socket.send(JSON.stringify(frame)),
    next: () => patiently(() => frames.shift() ?? expect.fail('no frame yet')),
  }
}

async function subscribe(client_id: string, keys: string[]) {
  const worker = await connect()
  worker.say({ type: 'auth', token: null })
  expect(await worker.next()).toEqual({ type: 'auth_success' })
  worker.say({ type: 'subscribe', keys, client_id })
  await patiently(async () => expect((await workers()).map((one: any) => one.identifier)).toContain(client_id))
  return worker
}

let made = 0
const delay = async (task_key: string, state_details: object = {}) =>
  (
    await rest.ask('POST', '/task_runs/', {
      task_key,
      dynamic_key: String(made++),
      state: { type: 'SCHEDULED', state_details: { deferred: true, task_parameters_id: null, ...state_details } },
    })
  ).body.id as string

const claimantOf = async (id: string) => (await findTaskRun(rest.doors.house.as(owner), { id })).run

describe('the socket of task workers', () => {
  test('gives the runs of its tasks one after the other, each when the one before was acknowledged', async () => {
    const first = await delay('a-1')
    const worker = await subscribe('host-1', ['a-1'])
    const second = await delay('a-1')
    expect(await worker.next()).toMatchObject({
      id: first,
      task_key: 'a-1',
      state: { type: 'SCHEDULED', state_details: { deferred: true } },
    })
    expect(worker.frames).toEqual([])
    worker.say({ type: 'ack' })
    expect((await worker.next()).id).toBe(second)
    await patiently(async () => expect(await claimantOf(first)).toMatchObject({ claimedBy: 'host-1', claimId: null }))
  })

  test('wakes for a run that comes while it waits, and for one whose time comes', async () => {
    const worker = await subscribe('host-1', ['b-1'])
    const now = await delay('b-1')
    expect((await worker.next()).id).toBe(now)
    worker.say({ type: 'ack' })
    const soon = await delay('b-1', { scheduled_time: new Date(Date.now() + 300).toISOString() })
    expect((await worker.next()).id).toBe(soon)
  })

  test('gives a run that was not acknowledged to another worker, which waits already, when the connection is lost', async () => {
    const lost = await subscribe('host-1', ['c-1'])
    const other = await subscribe('host-2', ['c-1'])
    const id = await delay('c-1')
    const [taken, waiting] = await patiently(() => {
      if (lost.frames.length > 0) return [lost, other]
      return other.frames.length > 0 ? [other, lost] : expect.fail('nobody has it yet')
    })
    expect(waiting!.frames).toEqual([])
    taken!.socket.terminate()
    expect((await waiting!.next()).id).toBe(id)
  })

  test('ends when the worker quits', async () => {
    const worker = await subscribe('host-1', ['d-1'])
    const id = await delay('d-1')
    await worker.next()
    worker.say({ type: 'quit' })
    await worker.closed
    await patiently(async () => expect(await claimantOf(id)).toMatchObject({ claimedBy: null, claimId: null }))
  })

  test.each([
    [{ type: 'filter' }, "Protocol violation: expected 'subscribe' message"],
    [{ type: 'subscribe', client_id: 'x' }, "Protocol violation: expected 'keys' in subscribe message"],
    [{ type: 'subscribe', keys: [], client_id: 'x' }, "Protocol violation: expected 'keys' in subscribe message"],
    [{ type: 'subscribe', keys: ['x'] }, "Protocol violation: expected 'client_id' in subscribe message"],
  ])('is closed after %j', async (frame, reason) => {
    const worker = await connect()
    worker.say({ type: 'auth', token: null })
    worker.say(frame)
    const [code, said] = await worker.closed
    expect([code, said.toString()]).toEqual([4001, reason])
  })

  test('is closed when something else than an acknowledgement comes', async () => {
    const worker = await subscribe('host-1', ['e-1'])
    await delay('e-1')
    await worker.next()
    worker.say({ type: 'thanks' })
    const [code, reason] = await worker.closed
    expect([code, reason.toString()]).toEqual([4001, "Protocol violation: expected 'ack' message"])
  })

  test('asks who is there first', async () => {
    const worker = await connect()
    worker.say({ type: 'subscribe', keys: ['x'], client_id: 'x' })
    expect((await worker.closed)[0]).toBe(1008)
  })
})

test('task workers are listed while they are connected, over REST and GraphQL', async () => {
  const worker = await subscribe('host-1', ['f-1', 'f-2'])
  expect(await workers()).toEqual([{ identifier: 'host-1', task_keys: ['f-1', 'f-2'], timestamp: expect.stringMatching(/^\d{4}-/) }])
  expect(await workers({ task_worker_filter: { task_keys: ['f-2'] } })).toHaveLength(1)
  expect(await workers({ task_worker_filter: { task_keys: ['other'] } })).toEqual([])
  const document = 'query ($keys: [String!]) { taskWorkers(taskKeys: $keys) { identifier taskKeys } }'
  const asked = async (keys?: string[]) => (await graphql(`${rest.doors.url}/graphql`, document, { keys })).data.taskWorkers
  expect(await asked()).toEqual([{ identifier: 'host-1', taskKeys: ['f-1', 'f-2'] }])
  expect(await asked(['other'])).toEqual([])
  worker.socket.close()
  await patiently(async () => expect(await asked()).toEqual([]))
})
