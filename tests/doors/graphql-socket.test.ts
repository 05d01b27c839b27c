import { expect, test } from 'vitest'
import { heldClock } from '../support/held-clock.ts'
import { openSocket } from './ask.ts'
import { openDoors } from './house.ts'

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
