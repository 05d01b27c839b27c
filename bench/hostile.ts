// Scenario `hostile`: how soon an operation that is just over a limit is refused, by a warm server with the default limits, in memory.
import { connect, type Socket } from 'node:net'
import WebSocket from 'ws'
import { startServer } from '../tests/support/server.ts'
import { dear, type Hostile, overLimit } from './hostile-documents.ts'
import { createHttpClient } from './http-client.ts'
import { cpuMicrosecondsOf, lookAtMachine, type MachineState } from './machine.ts'

export interface HostileRow {
  /** The limit that is gone over by one, or what is dear. */
  reason: string
  isLimit: boolean
  /** From the last byte sent to the refusal read. */
  p50Milliseconds: number
  p95Milliseconds: number
  slowestMilliseconds: number
  /** For each refusal. */
  serverCpuMicroseconds: number | null
  machine: MachineState
}

/** One attempt; answers how long its refusal took, and throws when it was not refused. */
type Attempt = () => Promise<number>

const WARM_UP = 100
const LARGEST_BYTES = 1024 * 1024
const MOST_SUBSCRIPTIONS = 100

export async function* measureHostile(count: number): AsyncGenerator<HostileRow> {
  const server = await startServer({ from: 'build', databaseUrl: 'sqlite:///:memory:' })
  const client = createHttpClient(server.url)
  try {
    const socket = await openSubscriptions(server.url)
    const byDocument = (documents: Readonly<Record<string, Hostile>>) =>
      Object.entries(documents).map(([reason, { document, refusal }]): [string, Attempt] => [
        reason,
        () => {
          const body = document()
          return timed(async () => expectText((await client.post('/graphql', body)).body, refusal))
        },
      ])
    const limits: [string, Attempt][] = [
      ...byDocument(overLimit),
      ['body', () => sendBody(server.port)],
      ['message', () => sendMessage(server.url)],
      ['subscriptions', socket.oneMore],
    ]
    for (const [reason, attempt] of limits) yield { reason, isLimit: true, ...(await measure(attempt, count, server.pid())) }
    for (const [reason, attempt] of byDocument(dear)) yield { reason, isLimit: false, ...(await measure(attempt, count, server.pid())) }
    socket.close()
  } finally {
    client.close()
    await server.dispose()
  }
}

async function measure(attempt: Attempt, count: number, pid: number): Promise<Omit<HostileRow, 'reason' | 'isLimit'>> {
  for (let index = 0; index < WARM_UP; index++) await attempt()
  const machine = lookAtMachine()
  const cpuBefore = cpuMicrosecondsOf(pid)
  const waits: number[] = []
  for (let index = 0; index < count; index++) waits.push(await attempt())
  const cpuAfter = cpuMicrosecondsOf(pid)
  waits.sort((one, other) => one - other)
  return {
    p50Milliseconds: waits[Math.floor(count * 0.5)]!,
    p95Milliseconds: waits[Math.floor(count * 0.95)]!,
    slowestMilliseconds: waits.at(-1)!,
    serverCpuMicroseconds: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / count,
    machine,
  }
}

async function timed(ask: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await ask()
  return performance.now() - startedAt
}

function expectText(answer: string, expected: RegExp): void {
  if (!expected.test(answer)) throw new Error(`A refusal (${expected}) was expected, and this was answered: ${answer.slice(0, 300)}`)
}

/** A body that says it is one byte too long is refused for what it says: nobody waits for it. */
function sendBody(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    let startedAt = 0
    socket.once('connect', () => {
      startedAt = performance.now()
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: ${LARGEST_BYTES + 1}\r\n\r\n{"query":"`,
      )
    })
    socket.once('data', data => {
      const took = performance.now() - startedAt
      socket.destroy()
      const answer = data.toString()
      if (answer.startsWith('HTTP/1.1 413')) resolve(took)
      else reject(new Error(answer))
    })
    socket.once('error', reject)
  })
}

/** Likewise a message: the head of its frame is all that is sent. */
async function sendMessage(url: string): Promise<number> {
  const { socket } = await openSocket(url)
  const head = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  head.writeBigUInt64BE(BigInt(LARGEST_BYTES + 1), 2)
  const code = new Promise<number>(resolve => socket.once('close', resolve))
  return timed(async () => {
    ;(socket as unknown as { _socket: Socket })._socket.write(head)
    expectText(String(await code), /^1009$/)
  })
}

/** A socket with as many subscriptions as there may be, on which one more is asked for again and again. */
async function openSubscriptions(url: string): Promise<{ oneMore: Attempt; close(): void }> {
  const { socket, say, next } = await openSocket(url)
  const subscribe = (id: number) =>
    say({ id: String(id), type: 'subscribe', payload: { query: `subscription S${id}{eventOccurred{cursor}}` } })
  for (let id = 0; id < MOST_SUBSCRIPTIONS; id++) subscribe(id)
  let id = MOST_SUBSCRIPTIONS
  const oneMore = () =>
    timed(async () => {
      subscribe(id++)
      expectText(await next(), /TOO_MANY/)
    })
  return { oneMore, close: () => socket.terminate() }
}

async function openSocket(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const say = (message: object) => socket.send(JSON.stringify(message))
  const next = () => new Promise<string>(resolve => socket.once('message', data => resolve(data.toString())))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const acknowledged = next()
  say({ type: 'connection_init' })
  await acknowledged
  return { socket, say, next }
}

export const hostileLine = (row: HostileRow): string =>
  `refused for ${row.reason}: p50 ${row.p50Milliseconds.toFixed(2)} ms, p95 ${row.p95Milliseconds.toFixed(2)} ms, slowest ${row.slowestMilliseconds.toFixed(2)} ms, server ${row.serverCpuMicroseconds?.toFixed(0) ?? '–'} µs; calibration ${row.machine.calibrationMilliseconds.toFixed(0)} ms, load ${row.machine.load.toFixed(1)}`
