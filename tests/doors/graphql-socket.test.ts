import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { heldClock } from '../support/held-clock.ts'
import { openSocket } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { changes, enterRun } from './live-runs.ts'
import { until } from './subscription.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

describe('a GraphQL socket', () => {
  const open = async () => {
    const end = await openSocket(`ws://127.0.0.1:${doors.port}/graphql`, 'graphql-transport-ws')
    const say = (message: object) => end.socket.send(JSON.stringify(message))
    say({ type: 'connection_init' })
    expect(await end.next()).toBe('{"type":"connection_ack"}')
    return { ...end, say, read: async () => JSON.parse(await end.next()) }
  }

  test('answers queries and mutations as HTTP does', async () => {
    const socket = await open()
    socket.say({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } })
    expect([await socket.read(), await socket.read()]).toEqual([
      { id: '1', type: 'next', payload: { data: { __typename: 'Query' } } },
      { id: '1', type: 'complete' },
    ])
    socket.say({ id: '2', type: 'subscribe', payload: { query: 'mutation { createFlow(input: { name: "" }) { isNew } }' } })
    expect((await socket.read()).payload.errors).toMatchObject([{ extensions: { code: 'INVALID' } }])
    socket.socket.close()
  })

  test.each(['{', '{ nothingOfTheKind }', ''])(
    'answers a document that is wrong with its error, and keeps its other subscriptions: %j',
    async query => {
      const socket = await open()
      socket.say({ id: 'live', type: 'subscribe', payload: { query: changes } })
      await until(() => doors.house.events.followers === 1)
      socket.say({ id: 'wrong', type: 'subscribe', payload: { query } })
      const answer = await socket.read()
      expect(answer).toMatchObject({ id: 'wrong', type: 'error', payload: [{ message: expect.any(String) }] })
      await enterRun(doors, 'still live')
      expect(await socket.read()).toMatchObject({
        id: 'live',
        type: 'next',
        payload: { data: { flowRunStateChanged: { changes: [{ flowRun: { name: 'still live' } }] } } },
      })
      socket.socket.terminate()
      await until(() => doors.house.events.followers === 0)
    },
  )

  test('of another protocol is closed', async () => {
    const end = await openSocket(`ws://127.0.0.1:${doors.port}/graphql`, undefined)
    expect((await end.closed).code).toBe(4406)
  })

  test('that says something else first is closed', async () => {
    const end = await openSocket(`ws://127.0.0.1:${doors.port}/graphql`, 'graphql-transport-ws')
    end.socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } }))
    expect((await end.closed).code).toBe(4401)
  })

  test('that sends more than a megabyte is closed', async () => {
    const socket = await open()
    socket.say({ id: '1', type: 'subscribe', payload: { query: `{ __typename } # ${'x'.repeat(1024 * 1024)}` } })
    expect((await socket.closed).code).toBe(1009)
  })
})

test('a GraphQL socket that says its first word late is waited for half a minute, and then no longer', async () => {
  const { clock, due } = heldClock(30_000)
  const doors = await openDoors({}, clock)
  const knock = () => openSocket(`ws://127.0.0.1:${doors.port}/graphql`, 'graphql-transport-ws')
  try {
    const late = await knock()
    const [runOut] = due
    late.socket.send('{"type":"connection_init"}')
    expect(await late.next()).toBe('{"type":"connection_ack"}')
    expect(due.size).toBe(0)

    const silent = await knock()
    const [patience] = due
    expect(patience).not.toBe(runOut)
    patience!()
    expect((await silent.closed).code).toBe(4408)

    late.socket.send('{"type":"ping"}')
    expect(await late.next()).toBe('{"type":"pong"}')
    late.socket.terminate()
  } finally {
    await doors.close()
  }
})
