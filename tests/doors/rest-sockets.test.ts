import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { listEvents, receiveEvents } from '../../src/core/events/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { type Doors, openDoors } from './house.ts'
import { until } from './subscription.ts'

let doors: Doors
let locked: Doors
beforeAll(async () => {
  doors = await openDoors()
  locked = await openDoors({ CASTELLAN_SERVER_API_AUTH_STRING: 'ada:secret' })
})
afterAll(() => Promise.all([doors.close(), locked.close()]))

const open: WebSocket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate()
  return until(() => followers() === 0)
})
const followers = () => doors.house.events.followers + doors.house.logs.followers

interface Listener {
  readonly socket: WebSocket
  say(frame: unknown): void
  next(): Promise<any>
  closed: Promise<[code: number, reason: Buffer]>
}

function listen(path: string, { url, protocols = ['prefect'] }: { url: string; protocols?: string[] } = doors as never): Listener {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api${path}`, protocols)
  open.push(socket)
  const waiting: ((frame: unknown) => void)[] = []
  const frames: unknown[] = []
  socket.on('message', data => {
    const frame = JSON.parse(data.toString())
    const taker = waiting.shift()
    if (taker) taker(frame)
    else frames.push(frame)
  })
  const opened = once(socket, 'open')
  return {
    socket,
    say: frame => void opened.then(() => socket.send(JSON.stringify(frame))),
    next: async () => frames.shift() ?? new Promise(resolve => waiting.push(resolve)),
    closed: once(socket, 'close') as Promise<[number, Buffer]>,
  }
}

async function subscribed(path: string, frame: object): Promise<Listener> {
  const listener = listen(path)
  listener.say({ type: 'auth', token: null })
  expect(await listener.next()).toEqual({ type: 'auth_success' })
  listener.say({ type: 'filter', ...frame })
  return listener
}

const ctx = () => doors.house.as(owner)
const now = () => doors.house.clock.now()
const happen = (event: string, occurred = now()) =>
  receiveEvents(ctx(), { events: [{ id: doors.house.ids.uuid(), occurred, event, resource: { 'prefect.resource.id': 'test.socket' } }] })
const namesOf = async (listener: Listener, count: number) => {
  const names = []
  for (let index = 0; index < count; index++) names.push((await listener.next()).event.event)
  return names
}

describe('/events/out', () => {
  test('tells what was stored and fits, oldest first, and then what happens, without a hole or a repetition', async () => {
    await happen('out.long-ago', now() - 20 * 60 * 1_000_000)
    await happen('out.b')
    await happen('other')
    await happen('out.a', now() - 60 * 1_000_000)
    const listener = await subscribed('/events/out', {
      filter: { event: { prefix: ['out.'] }, occurred: { since: '2020-01-01T00:00:00Z' } },
    })
    expect(await namesOf(listener, 2)).toEqual(['out.a', 'out.b'])
    for (const name of ['out.c', 'other', 'out.d']) await happen(name)
    expect(await namesOf(listener, 2)).toEqual(['out.c', 'out.d'])
  })

  test('tells only what happens from now on to who wants no more', async () => {
    await happen('late.before')
    const listener = await subscribed('/events/out', { filter: { event: { prefix: ['late.'] } }, backfill: false })
    await until(() => doors.house.events.followers === 1)
    await happen('late.after')
    expect(await listener.next()).toMatchObject({
      type: 'event',
      event: { event: 'late.after', resource: { 'prefect.resource.id': 'test.socket' }, received: expect.any(String), follows: null },
    })
  })

  test('tells a slow listener everything, when he reads', async () => {
    const listener = await subscribed('/events/out', { filter: { event: { prefix: ['slow.'] } } })
    await happen('slow.first')
    await namesOf(listener, 1)
    listener.socket.pause()
    const payload = { text: 'x'.repeat(20_000) }
    for (let batch = 0; batch < 40; batch++)
      await receiveEvents(ctx(), {
        events: Array.from({ length: 25 }, (_, index) => ({
          id: doors.house.ids.uuid(),
          occurred: now(),
          event: `slow.${batch * 25 + index}`,
          resource: { 'prefect.resource.id': 'test.slow' },
          payload,
        })),
      })
    listener.socket.resume()
    expect(await namesOf(listener, 1000)).toEqual(Array.from({ length: 1000 }, (_, index) => `slow.${index}`))
  })
})

describe('/logs/out', () => {
  test('tells of lines that fit, as they come', async () => {
    const flowRunId = doors.house.ids.uuid()
    const log = (message: string, level: number, run: string | null = flowRunId) =>
      appendLogs(ctx(), { lines: [{ name: 'n', level, message, timestamp: now(), flowRunId: run }] })
    await log('before', 40)
    const listener = await subscribed('/logs/out', { filter: { flow_run_id: { any_: [flowRunId] }, level: { ge_: 30 } } })
    await until(() => doors.house.logs.followers === 1)
    for (const [message, level] of [
      ['low', 20],
      ['high', 40],
    ] as const)
      await log(message, level)
    await log('elsewhere', 40, doors.house.ids.uuid())
    await log('again', 30)
    expect(await listener.next()).toMatchObject({
      type: 'log',
      log: { message: 'high', level: 40, flow_run_id: flowRunId, task_run_id: null },
    })
    expect(await listener.next()).toMatchObject({ log: { message: 'again' } })
  })
})

describe.each(['/events/out', '/logs/out'])('%s', path => {
  test('wants to be told who comes before anything else', async () => {
    const listener = listen(path)
    listener.say({ type: 'filter', filter: {} })
    const [code, reason] = await listener.closed
    expect([code, reason.toString()]).toEqual([1008, "Expected 'auth' message"])
  })

  test('lets nobody in without the password', async () => {
    const listener = listen(path, { url: locked.url })
    listener.say({ type: 'auth', token: null })
    expect((await listener.closed)[0]).toBe(1008)
    const right = listen(path, { url: locked.url })
    right.say({ type: 'auth', token: 'ada:secret' })
    expect(await right.next()).toEqual({ type: 'auth_success' })
  })

  test.each([
    [{ type: 'subscribe' }, "Expected 'filter' message"],
    [{ type: 'filter', filter: { nonsense: 1 } }, 'Invalid filter: filter'],
    [{ type: 'filter' }, 'Invalid filter: filter'],
  ])('refuses %j as what is to be told', async (frame, why) => {
    const listener = listen(path)
    listener.say({ type: 'auth', token: null })
    await listener.next()
    listener.say(frame)
    const [code, reason] = await listener.closed
    expect([code, reason.toString()]).toEqual([1002, expect.stringContaining(why)])
  })

  test('takes clients from before the handshake as they are, where nobody has to say who he is', async () => {
    const listener = listen(path, { url: doors.url, protocols: [] })
    listener.say({ type: 'filter', filter: {} })
    await until(() => followers() === 1)
    const other = listen(path, { url: locked.url, protocols: [] })
    other.say({ type: 'filter', filter: {} })
    expect((await other.closed)[0]).toBe(1008)
    if (path === '/events/out') await happen('plain')
    else await appendLogs(ctx(), { lines: [{ name: 'n', level: 20, message: 'plain', timestamp: now() }] })
    expect(await listener.next()).toMatchObject({ type: path === '/events/out' ? 'event' : 'log' })
  })
})

test('events come in without a handshake from clients that do not speak the protocol, where nobody has to say who they are', async () => {
  const event = (id: string) => ({
    id,
    occurred: '2026-11-25T12:00:00Z',
    event: 'test.old',
    resource: { 'prefect.resource.id': 'test.old' },
  })
  const told = doors.house.ids.uuid()
  listen('/events/in', { url: doors.url, protocols: [] }).say(event(told))
  await expect.poll(async () => (await listEvents(ctx(), { filter: { names: ['test.old'] } })).nodes.map(({ id }) => id)).toEqual([told])
  const refused = listen('/events/in', { url: locked.url, protocols: [] })
  refused.say(event(doors.house.ids.uuid()))
  expect((await refused.closed)[0]).toBe(1008)
})
