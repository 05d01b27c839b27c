// Scenario `fan-out`: how long it takes until the last of very many subscribers hears of a change.
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { startServer } from '../tests/support/server.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { cpuMicrosecondsOf, lookAtMachine, type MachineState, residentMegabytesOf } from './machine.ts'

export interface FanOutRow {
  subscribers: number
  changes: number
  /** From the state's own time to the subscriber. */
  p50Milliseconds: number
  p99Milliseconds: number
  slowestMilliseconds: number
  lost: number
  repeated: number
  /** For each message sent. */
  serverCpuMicroseconds: number | null
  /** What the subscribers made the server grow by. */
  grownMegabytes: number | null
  machine: MachineState
}

const CHANGES_A_SECOND = 10
const AT_ONCE = 50

export async function measureFanOut(subscribers: number, seconds: number): Promise<FanOutRow> {
  const server = await startServer({ from: 'build' })
  const client = createHttpClient(server.url)
  const sockets: WebSocket[] = []
  try {
    const ask = askOf(client)
    const { createFlow } = await ask('mutation { createFlow(input: { name: "fan-out" }) { flow { id } } }')
    const { createFlowRun } = await ask(`mutation { createFlowRun(input: { flowId: "${createFlow.flow.id}" }) { flowRun { id } } }`)
    const before = residentMegabytesOf(server.pid())
    const heard = Array.from({ length: subscribers }, (): Heard => ({ waits: [], seen: new Set(), repeated: 0 }))
    for (let start = 0; start < subscribers; start += AT_ONCE)
      sockets.push(...(await Promise.all(heard.slice(start, start + AT_ONCE).map(one => follow(server.url, one)))))
    await sleep(1000)

    const machine = lookAtMachine()
    const cpuBefore = cpuMicrosecondsOf(server.pid())
    const changes = CHANGES_A_SECOND * seconds
    for (let change = 0; change < changes; change++) {
      const state = `{ type: RUNNING, name: "Step ${change}" }`
      await ask(
        `mutation { setFlowRunState(input: { flowRunId: "${createFlowRun.flowRun.id}", state: ${state}, force: true }) { status } }`,
      )
      await sleep(1000 / CHANGES_A_SECOND)
    }
    await sleep(1000)
    const cpuAfter = cpuMicrosecondsOf(server.pid())
    const after = residentMegabytesOf(server.pid())
    const waits = heard.flatMap(one => one.waits).sort((one, other) => one - other)
    return {
      subscribers,
      changes,
      p50Milliseconds: waits[Math.floor(waits.length / 2)]!,
      p99Milliseconds: waits[Math.floor(waits.length * 0.99)]!,
      slowestMilliseconds: waits.at(-1)!,
      lost: heard.reduce((sum, one) => sum + changes - one.seen.size, 0),
      repeated: heard.reduce((sum, one) => sum + one.repeated, 0),
      serverCpuMicroseconds: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / (changes * subscribers),
      grownMegabytes: before === null || after === null ? null : after - before,
      machine,
    }
  } finally {
    for (const socket of sockets) socket.terminate()
    client.close()
    await server.dispose()
  }
}

interface Heard {
  readonly waits: number[]
  readonly seen: Set<string>
  repeated: number
}

const query =
  'subscription { flowRunStateChanged { cursor changes { flowRun { id name } state { name timestamp } previousState { name } } } }'

/** A subscriber over a bare socket: a thousand full clients would cost as much of the machine as the server. */
function follow(url: string, heard: Heard): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('message', text => {
      const message = JSON.parse(String(text))
      if (message.type === 'connection_ack') {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
        resolve(socket)
      }
      if (message.type !== 'next') return
      const now = performance.timeOrigin + performance.now()
      for (const { state } of message.payload.data.flowRunStateChanged.changes) {
        if (heard.seen.has(state.name)) heard.repeated++
        heard.seen.add(state.name)
        heard.waits.push(now - Date.parse(state.timestamp))
      }
    })
  })
}

const askOf =
  (client: HttpClient) =>
  async (text: string): Promise<any> => {
    const { body } = await client.post('/graphql', JSON.stringify({ query: text }))
    const { data, errors } = JSON.parse(body) as { data: unknown; errors?: { message: string }[] }
    if (errors) throw new Error(errors[0]!.message)
    return data
  }

export const fanOutLine = (row: FanOutRow): string =>
  `${row.subscribers} subscribers, ${row.changes} changes: p50 ${row.p50Milliseconds.toFixed(1)} ms, p99 ${row.p99Milliseconds.toFixed(1)} ms, slowest ${row.slowestMilliseconds.toFixed(1)} ms, ${row.lost} lost, ${row.repeated} repeated, server ${row.serverCpuMicroseconds?.toFixed(0) ?? '–'} µs/message, +${row.grownMegabytes?.toFixed(0) ?? '–'} MB; calibration ${row.machine.calibrationMilliseconds.toFixed(0)} ms, load ${row.machine.load.toFixed(1)}`
