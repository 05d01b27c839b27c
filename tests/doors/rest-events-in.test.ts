import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { listEvents } from '../../src/core/events/index.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { heldClock } from '../support/held-clock.ts'
import { knock, openSocket, type RawAnswer } from './ask.ts'
import { openDoors } from './house.ts'
import { openRest, type RestHouse, unknownId } from './rest-house.ts'
import { until } from './subscription.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const _ask: RestHouse['ask'] = (...asked) => rest.ask(...asked)

describe('/events/in', () => {
  const url = (port = rest.doors.port) => `ws://127.0.0.1:${port}/api/events/in`
  const event = (more: object = {}) => ({
    id: rest.doors.house.ids.uuid(),
    occurred: '2026-11-25T13:00:00.123456Z',
    event: 'test.happened',
    resource: { 'prefect.resource.id': 'test.1' },
    related: [],
    payload: { any: ['json'] },
    follows: null,
    ...more,
  })
  const open = async (port?: number) => {
    const end = await openSocket(url(port), 'prefect')
    end.socket.send('{"type":"auth","token":null}')
    expect(await end.next()).toBe('{"type":"auth_success"}')
    return { ...end, say: (frame: unknown) => end.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)) }
  }
  const stored = async (...ids: string[]) =>
    (await listEvents(rest.doors.house.as(owner), { first: 200, filter: { ids }, orderBy: 'OCCURRED_ASC' })).nodes

  test('chooses the protocol, and answers a ping before anybody has said who they are', async () => {
    const end = await openSocket(url(), 'prefect')
    expect(end.socket.protocol).toBe('prefect')
    await end.ping()
    end.socket.close()
  })

  test.each(['{"type":"hello"}', '{}', '[]', 'null', '"auth"', 'no json', '{"id":"x","event":"y"}'])(
    'is closed with 1008 when the first frame is %s',
    async frame => {
      const end = await openSocket(url(), 'prefect')
      end.socket.send(frame)
      expect(await end.closed).toEqual({ code: 1008, reason: "Expected 'auth' message" })
      expect(end.messages).toEqual([])
    },
  )

  test('keeps an event as it came, and says nothing', async () => {
    const end = await open()
    const sent = event({ follows: unknownId, related: [{ 'prefect.resource.id': 'r', 'prefect.resource.role': 'flow' }] })
    end.say(sent)
    await end.ping()
    const [kept] = await stored(sent.id)
    expect(kept).toMatchObject({
      id: sent.id,
      event: sent.event,
      resource: sent.resource,
      related: sent.related,
      payload: sent.payload,
      follows: unknownId,
      occurred: 1_795_611_600_123_456,
    })
    expect(end.messages).toEqual(['{"type":"auth_success"}'])
    end.socket.close()
  })

  test('keeps an event that says only what it must', async () => {
    const end = await open()
    const { related: _related, payload: _payload, follows: _follows, ...sent } = event()
    end.say(sent)
    await end.ping()
    expect(await stored(sent.id)).toMatchObject([{ id: sent.id, related: [], payload: {}, follows: null }])
    end.socket.close()
  })

  test('answers a ping only when all that was sent before it is committed', async () => {
    const end = await open()
    const gate = Promise.withResolvers<void>()
    const hot = rest.doors.house.storage.hot.bind(rest.doors.house.storage)
    Object.assign(rest.doors.house.storage, { hot: (...inputs: Parameters<typeof hot>) => gate.promise.then(() => hot(...inputs)) })
    const sent = event()
    const order: string[] = []
    end.say(sent)
    const ponged = end.ping().then(() => order.push('pong'))
    rest.doors.house.storage.onCommit(({ events }) => events.some(({ id }) => id === sent.id) && order.push('commit'))
    await knock(rest.doors.port, { path: '/api/health' })
    expect(order).toEqual([])
    gate.resolve()
    await ponged
    expect(order).toEqual(['commit', 'pong'])
    Object.assign(rest.doors.house.storage, { hot })
    end.socket.close()
  })

  test("stores what one client sends in one transaction after another, which cannot stand in each other's way", async () => {
    const end = await open()
    const { storage } = rest.doors.house
    const hot = storage.hot.bind(storage)
    const sizes: number[] = []
    let [underWay, most] = [0, 0]
    Object.assign(storage, {
      hot: async (...[reads, apply, ...more]: Parameters<typeof hot>) => {
        most = Math.max(most, ++underWay)
        const counted: typeof apply = facts => {
          const changes = apply(facts)
          sizes.push(changes.events.length)
          return changes
        }
        await hot(reads, counted, ...more).finally(() => underWay--)
      },
    })
    const sent = Array.from({ length: 1_000 }, () => event())
    for (const one of sent) end.say(one)
    await end.ping()
    expect(most).toBe(1)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256)
    Object.assign(storage, { hot })
    end.socket.close()
  })

  test('stores an event that is sent again once', async () => {
    const sent = event()
    for (const _ of [1, 2]) {
      const end = await open()
      end.say(sent)
      end.say(sent)
      await end.ping()
      end.socket.close()
      await end.closed
    }
    expect(await stored(sent.id)).toHaveLength(1)
  })

  test.each([
    ['no JSON', 'garbage'],
    ['no event', '{"hello":1}'],
    [
      'an event without an id',
      JSON.stringify({ ...{ occurred: '2026-11-25T13:00:00Z', event: 'x', resource: { 'prefect.resource.id': 'x' } } }),
    ],
    [
      'an event without a resource id',
      JSON.stringify({ id: unknownId, occurred: '2026-11-25T13:00:00Z', event: 'x', resource: { other: 'label' } }),
    ],
    [
      'an event without a name',
      JSON.stringify({ id: unknownId, occurred: '2026-11-25T13:00:00Z', event: '', resource: { 'prefect.resource.id': 'x' } }),
    ],
    ['an event at no time', JSON.stringify({ id: unknownId, occurred: 'then', event: 'x', resource: { 'prefect.resource.id': 'x' } })],
    ['bytes', Buffer.from([0xff, 0x00])],
  ])('survives %s: what comes before and after is stored and confirmed', async (_what, garbage) => {
    const end = await open()
    const [before, after] = [event(), event()]
    end.say(before)
    end.socket.send(garbage)
    end.say(after)
    await end.ping()
    expect(await stored(before.id, after.id)).toHaveLength(2)
    end.socket.close()
    expect((await end.closed).code).toBe(1005)
  })

  test('takes an event of 1.5 MB, and closes on one larger than 2 MB', async () => {
    const end = await open()
    const large = event({ payload: { text: 'x'.repeat(1_500_000) } })
    end.say(large)
    await end.ping()
    expect((await stored(large.id))[0]!.payload).toEqual(large.payload)
    end.say(event({ payload: { text: 'x'.repeat(2 * 1024 * 1024) } }))
    expect((await end.closed).code).toBe(1009)
  })

  test('a short row of events is one transaction, which waits for no ping', async () => {
    const { clock, due } = heldClock(20)
    const { house, port, close } = await openDoors({}, clock)
    onTestFinished(close)
    const end = await open(port)
    for (const one of [event(), event(), event()]) end.say(one)
    end.say('no event')
    await until(() => house.said.some(({ message }) => /was no event/.test(message)))
    const before = house.batcher.batches
    for (const gathered of due) gathered()
    await expect.poll(async () => (await listEvents(house.as(owner), {})).nodes).toHaveLength(3)
    expect(house.batcher.batches - before).toBe(1)
    end.socket.close()
  })

  test('takes events until the very close, in their order', async () => {
    const end = await open()
    const sent = Array.from({ length: 300 }, () => event())
    for (const one of sent) end.say(one)
    end.socket.close(1000)
    await end.closed
    // The client's side of the socket may have closed before the server's.
    const kept = async () => {
      const pages = [0, 100, 200].map(start => stored(...sent.slice(start, start + 100).map(one => one.id)))
      return (await Promise.all(pages)).flat().map(one => one.id)
    }
    await expect.poll(kept).toEqual(sent.map(one => one.id))
  })

  test('is closed with 1011 when events cannot be stored, and their ping stays unanswered', async () => {
    const end = await open()
    rest.doors.house.beforeStatement = method => {
      if (method === 'hot') throw new AppError('UNAVAILABLE', 'away')
    }
    const sent = event()
    end.say(sent)
    const ping = end.ping().then(
      () => 'pong',
      () => 'no pong',
    )
    expect(await end.closed).toEqual({ code: 1011, reason: 'Events could not be stored; send them again.' })
    rest.doors.house.beforeStatement = () => undefined
    expect(await ping).toBe('no pong')
    expect(await stored(sent.id)).toEqual([])
  })

  test('a socket at an unknown path is answered 404, so that nobody knocks again', async () => {
    const answer: RawAnswer = await knock(rest.doors.port, {
      path: '/api/work_pools/x/workers/connect',
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
    })
    expect(answer.status).toBe(404)
  })
})
