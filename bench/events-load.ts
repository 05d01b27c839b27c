// Clients of /events/in, in a process of their own. Each has a socket and a flow run, and asks after every 700 events for a pong that says they are stored, as the SDK does.
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { createHttpClient } from './http-client.ts'
import { doors } from './lifecycle.ts'
import { serveLoad } from './load-process.ts'
import { at } from './measured.ts'
import { type FlowRunNamed, taskRunReports } from './task-run-reports.ts'
import { createChance } from './uuids.ts'

export interface EventsOrder {
  url: string
  sockets: number
  /** Events a second of all sockets together; null: as fast as they are confirmed. */
  perSecond: number | null
  warmUpSeconds: number
  seconds: number
}

export interface EventsResult {
  /** Confirmed while counting. */
  operations: number
  seconds: number
  /** Sent in all, and confirmed in all when it was over. */
  sent: number
  /** From the sending of an event until a subscriber to all events had it; of a paced load alone. */
  p50Milliseconds: number
  p99Milliseconds: number
  slowestMilliseconds: number
  seen: number
}

interface Tally {
  isCounting: boolean
  isOver: boolean
  sent: number
  confirmed: number
  sentAt: Map<string, number>
  lags: number[]
}

const CHECKPOINT_EVENTS = 700
const PACE_MILLISECONDS = 10

async function load(order: EventsOrder, warm: () => Promise<void>): Promise<EventsResult> {
  const { url, perSecond } = order
  const tally: Tally = { isCounting: false, isOver: false, sent: 0, confirmed: 0, sentAt: new Map(), lags: [] }
  const runs = await createFlowRuns(url, order.sockets)
  const watcher = perSecond === null ? null : await watch(url, tally)
  const sockets = await Promise.all(runs.map(() => connectEvents(url)))
  const senders = sockets.map((socket, index) => {
    const sender = { socket, tally, reports: taskRunReports(runs[index]!, createChance(index + 1)) }
    return perSecond === null ? sendUnpaced(sender) : sendPaced(sender, perSecond / order.sockets)
  })
  await sleep(order.warmUpSeconds * 1000)
  await warm()
  const startedAt = performance.now()
  tally.isCounting = true
  await sleep(order.seconds * 1000)
  tally.isCounting = false
  const seconds = (performance.now() - startedAt) / 1000
  const { confirmed } = tally
  tally.isOver = true
  await Promise.all(senders)
  if (watcher) await untilSeen(tally)
  watcher?.terminate()
  for (const socket of sockets) socket.close()
  return {
    operations: confirmed,
    seconds,
    sent: tally.sent,
    p50Milliseconds: at(0.5, tally.lags),
    p99Milliseconds: at(0.99, tally.lags),
    slowestMilliseconds: at(1, tally.lags),
    seen: tally.lags.length,
  }
}

interface Sender {
  socket: WebSocket
  tally: Tally
  reports: Iterator<{ id: string; frame: string }>
}

function send({ socket, tally, reports }: Sender, isWatched: boolean): void {
  const { id, frame } = reports.next().value as { id: string; frame: string }
  if (isWatched) tally.sentAt.set(id, performance.now())
  socket.send(frame)
  tally.sent++
}

async function confirm({ socket, tally }: Sender, count: number): Promise<void> {
  await ponged(socket)
  if (tally.isCounting) tally.confirmed += count
}

async function sendUnpaced(sender: Sender): Promise<void> {
  while (!sender.tally.isOver) {
    for (let sent = 0; sent < CHECKPOINT_EVENTS; sent++) send(sender, false)
    await confirm(sender, CHECKPOINT_EVENTS)
  }
}

async function sendPaced(sender: Sender, perSecond: number): Promise<void> {
  const startedAt = performance.now()
  let sent = 0
  let unconfirmed = 0
  let confirming: Promise<void> = Promise.resolve()
  while (!sender.tally.isOver) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond) - sent
    for (let index = 0; index < due; index++) send(sender, sender.tally.isCounting)
    sent += due
    unconfirmed += due
    if (unconfirmed >= CHECKPOINT_EVENTS) {
      const count = unconfirmed
      unconfirmed = 0
      confirming = confirming.then(() => confirm(sender, count))
    }
    await sleep(PACE_MILLISECONDS)
  }
  await confirming
  await confirm(sender, 0)
}

export async function createFlowRuns(url: string, count: number): Promise<FlowRunNamed[]> {
  const client = createHttpClient(url)
  const flowId = await doors.rest.ensureFlow(client, 'bench')
  const runs: FlowRunNamed[] = []
  while (runs.length < count) runs.push({ id: (await doors.rest.create(client, flowId)).runId, flowId, name: `run-${runs.length}` })
  client.close()
  return runs
}

export function connectEvents(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/events/in`, 'prefect', { perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', (code, reason) => code !== 1000 && code !== 1005 && reject(new Error(`The server closed: ${code} ${reason}`)))
    socket.on('open', () => socket.send('{"type":"auth","token":null}'))
    socket.once('message', () => resolve(socket))
  })
}

/** So many reports, and a pong behind the last. */
export async function sendConfirmed(socket: WebSocket, reports: Iterator<{ frame: string }>, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) socket.send((reports.next().value as { frame: string }).frame)
  await ponged(socket)
}

function ponged(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.once('pong', () => resolve())
  socket.ping()
  return promise
}

/** A subscriber to every event. */
function watch(url: string, { sentAt, lags }: Tally): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const query = 'subscription { eventOccurred { events { id } } }'
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
      const now = performance.now()
      for (const { id } of message.payload.data.eventOccurred.events) {
        const sent = sentAt.get(id)
        if (sent !== undefined) lags.push(now - sent)
        sentAt.delete(id)
      }
    })
  })
}

const PATIENCE_MILLISECONDS = 10_000

async function untilSeen({ sentAt }: Tally): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS
  while (sentAt.size > 0 && performance.now() < deadline) await sleep(20)
}

await serveLoad(import.meta.url, load)
