import { describe, expect, test } from 'vitest'
import { createConnection } from '../../web/src/live/connection.ts'
import { schedulerByHand } from './by-hand.ts'

const arrange = (answers: boolean) => {
  const hand = schedulerByHand()
  const connection = createConnection(hand.scheduler)
  const said: string[] = []
  let polls = 0
  connection.subscribe(({ kind }) => said.push(kind))
  connection.pollWith(async () => {
    polls += 1
    return answers
  })
  const fail = (times: number) => {
    for (let index = 0; index < times; index += 1) connection.socketLost()
  }
  return { hand, connection, said, fail, polls: () => polls }
}

describe('the connection', () => {
  test('is connecting until the socket opens', () => {
    const { connection } = arrange(true)
    expect(connection.status).toEqual({ kind: 'connecting' })
    connection.socketOpened()
    expect(connection.status).toEqual({ kind: 'live' })
  })

  test('says since when it reconnects, through all attempts', async () => {
    const { connection, hand, fail } = arrange(true)
    connection.socketOpened()
    await hand.advance(1_000)
    fail(1)
    await hand.advance(500)
    fail(1)
    expect(connection.status).toEqual({ kind: 'reconnecting', since: 1_000 })
  })

  test('polls every five seconds after four failures', async () => {
    const { connection, hand, fail, polls } = arrange(true)
    connection.socketOpened()
    fail(3)
    await hand.advance(60_000)
    expect(polls()).toBe(0)
    fail(1)
    await hand.advance(0)
    expect([polls(), connection.status.kind]).toEqual([1, 'polling'])
    await hand.advance(5_000)
    expect(polls()).toBe(2)
  })

  test('is offline when polling is not answered either', async () => {
    const { connection, hand, fail } = arrange(false)
    fail(4)
    await hand.advance(0)
    expect(connection.status).toEqual({ kind: 'offline', since: 0 })
  })

  test('polls at once when the server refuses the socket', async () => {
    const { connection, hand, polls } = arrange(true)
    connection.socketRefused()
    connection.socketRefused()
    await hand.advance(0)
    expect([polls(), connection.status.kind]).toEqual([1, 'polling'])
  })

  test('tries streams before it polls, and says so once one brings something', async () => {
    const { connection, hand, fail, polls } = arrange(true)
    const streams = { started: 0, stopped: 0 }
    const start = () => {
      streams.started += 1
      return () => void (streams.stopped += 1)
    }
    connection.streamWith(start)
    connection.socketOpened()
    fail(4)
    expect([streams.started, connection.status.kind]).toEqual([1, 'reconnecting'])
    connection.streamOpened()
    expect([connection.status.kind, connection.isPushed]).toEqual(['streaming', true])
    fail(20)
    await hand.advance(60_000)
    expect([streams.started, polls()]).toEqual([1, 0])
    connection.socketOpened()
    expect([streams.stopped, connection.status.kind]).toEqual([1, 'live'])
  })

  test('polls when streams fail, and tries them again after half a minute', async () => {
    const { connection, hand, fail, polls } = arrange(true)
    let started = 0
    connection.streamWith(() => {
      started += 1
      return () => undefined
    })
    fail(4)
    connection.streamFailed()
    connection.streamFailed()
    await hand.advance(0)
    expect([polls(), connection.status.kind]).toEqual([1, 'polling'])
    for (let waited = 0; waited < 30_000; waited += 5_000) await hand.advance(5_000)
    expect(started).toBe(2)
    connection.streamOpened()
    await hand.advance(60_000)
    expect([polls(), connection.status.kind]).toEqual([7, 'streaming'])
  })

  test('stops polling when the socket is back, and says each change once', async () => {
    const { connection, hand, fail, said, polls } = arrange(true)
    connection.socketOpened()
    fail(5)
    await hand.advance(0)
    connection.socketOpened()
    connection.socketOpened()
    await hand.advance(60_000)
    expect(polls()).toBe(1)
    expect(said).toEqual(['live', 'reconnecting', 'polling', 'live'])
  })
})

test('how long a question takes is no news of the connection: whoever reads anew when it changes does not then', () => {
  const connection = createConnection(schedulerByHand().scheduler)
  const heard: string[] = []
  connection.subscribe(({ kind }) => heard.push(kind))
  connection.roundTripped(5)
  expect([connection.roundTripMilliseconds, heard]).toEqual([undefined, []])
  connection.socketOpened()
  connection.roundTripped(7)
  expect([connection.roundTripMilliseconds, heard]).toEqual([7, ['live']])
})
