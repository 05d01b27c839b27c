import type { WebSocket } from 'ws'
import { z } from 'zod'
import {
  acknowledgeTaskRun,
  claimTaskRun,
  dismissTaskWorker,
  greetTaskWorker,
  maybeOffers,
  WORKER_LEASE_SECONDS,
} from '../../../core/task-workers/index.ts'
import type { Instant, Timer } from '../../../kernel/clock.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { SocketRoute } from '../../http/index.ts'
import { taskRunToWire } from '../task-runs.ts'
import { admitAuthFrame, frameOf, type Guard, PROTOCOL } from './handshake.ts'

const PROTOCOL_VIOLATION = 4001
const LARGEST_FRAME_BYTES = 1024 * 1024
const THIRD_OF_LEASE_MILLISECONDS = (WORKER_LEASE_SECONDS * 1000) / 3

const subscription = z.object({ keys: z.array(z.string().min(1)).min(1).max(1000), client_id: z.string().min(1).max(1000) })

/**
 * `/task_runs/subscriptions/scheduled`: a task worker says once which tasks it serves, and is given their runs one after the other, the next when it has acknowledged the one
 * before. What it is given is a claim in the database, which lasts as long as the connection: it outlives this server, and no other server gives it away.
 */
export const scheduledTaskRuns = (guard: Guard): SocketRoute => ({
  path: '/api/task_runs/subscriptions/scheduled',
  protocols: [PROTOCOL],
  largestMessageBytes: LARGEST_FRAME_BYTES,
  answersPings: true,
  authenticatesItself: true,
  accept(socket, ctx) {
    const frames = framesOf(socket)
    const controller = new AbortController()
    socket.on('close', () => controller.abort())
    socket.on('error', error => ctx.log.debug({ error }, 'A socket of a task worker broke.'))
    converse(socket, ctx, frames, guard, controller.signal).catch((error: unknown) => {
      if (controller.signal.aborted) return
      ctx.log.error({ error }, 'A socket of a task worker failed unexpectedly.')
      socket.close(1011, 'Internal error')
    })
  },
})

/** The next text frame; undefined when the socket has closed. */
type NextFrame = () => Promise<string | undefined>

async function converse(socket: WebSocket, ctx: Ctx, next: NextFrame, guard: Guard, signal: AbortSignal): Promise<void> {
  if (socket.protocol === PROTOCOL || !guard.isRightToken(null)) {
    const first = await next()
    if (first === undefined || !admitAuthFrame(socket, first, guard.isRightToken)) return
  }
  const text = await next()
  if (text === undefined) return
  const asked = readSubscription(text)
  if (typeof asked === 'string') return socket.close(PROTOCOL_VIOLATION, `Protocol violation: expected ${asked}`)
  const worker = { connectionId: ctx.ids.uuid(), identifier: asked.client_id, taskKeys: asked.keys }
  const stopGreeting = await keepGreeting(ctx, worker)
  try {
    await serve(socket, ctx, next, worker, signal)
  } finally {
    stopGreeting()
    await dismissTaskWorker(ctx, worker)
  }
}

function readSubscription(text: string): z.output<typeof subscription> | string {
  const frame = frameOf(text)
  if (frame?.['type'] !== 'subscribe') return "'subscribe' message"
  const { data, error } = subscription.safeParse(frame)
  return data ?? `'${error!.issues[0]!.path[0] === 'client_id' ? 'client_id' : 'keys'}' in subscribe message`
}

interface Worker {
  readonly connectionId: string
  readonly identifier: string
  readonly taskKeys: readonly string[]
}

/** Again and again, so that neither the worker nor its claims are given up. Answers how to stop. */
async function keepGreeting(ctx: Ctx, { taskKeys, ...worker }: Worker): Promise<() => void> {
  const connectedAt = ctx.clock.now()
  const greet = () => greetTaskWorker(ctx, { ...worker, taskKeys: [...taskKeys], connectedAt })
  let timer: Timer
  const greetOn = () => {
    timer = ctx.clock.after(THIRD_OF_LEASE_MILLISECONDS, () => {
      greet().catch((error: unknown) => ctx.log.warn({ error }, 'A task worker could not be kept; the next time is soon.'))
      greetOn()
    })
  }
  await greet()
  greetOn()
  return () => timer.stop()
}

async function serve(socket: WebSocket, ctx: Ctx, next: NextFrame, { taskKeys, ...worker }: Worker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { newest } = ctx.house.events
    const { claimed, nextAt } = await claimTaskRun(ctx, { ...worker, taskKeys: [...taskKeys] })
    if (claimed === null) {
      await untilOffered(ctx, newest, nextAt, signal)
      continue
    }
    if (signal.aborted) return
    socket.send(JSON.stringify(taskRunToWire(claimed, ctx.clock.now())))
    const answer = await next()
    if (answer === undefined) return
    const type = frameOf(answer)?.['type']
    if (type === 'quit') return socket.close()
    if (type !== 'ack') return socket.close(PROTOCOL_VIOLATION, "Protocol violation: expected 'ack' message")
    await acknowledgeTaskRun(ctx, { ...worker, taskRunId: claimed.run.id })
  }
}

/** Resolves when the log tells of a task run that may be there to claim, when the next is due, and at the latest when any claim that was given up has run out. */
async function untilOffered(ctx: Ctx, after: number, nextAt: Instant | null, signal: AbortSignal): Promise<void> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  const longest = WORKER_LEASE_SECONDS * 1000
  const timer = ctx.clock.after(
    nextAt === null ? longest : Math.min(longest, Math.max(0, Math.ceil((nextAt - ctx.clock.now()) / 1000))),
    stop,
  )
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const { entries } of ctx.house.events.follow(after, controller.signal)) {
      if (entries.some(event => event.workspaceId === ctx.workspace.id && maybeOffers(event))) return
    }
  } finally {
    timer.stop()
    signal.removeEventListener('abort', stop)
    stop()
  }
}

function framesOf(socket: WebSocket): NextFrame {
  const arrived: string[] = []
  let waiting: ((frame: string | undefined) => void) | undefined
  let isClosed = false
  const hand = (frame: string | undefined) => {
    waiting?.(frame)
    waiting = undefined
  }
  socket.on('message', data => {
    if (waiting) hand(data.toString())
    else arrived.push(data.toString())
  })
  socket.on('close', () => {
    isClosed = true
    hand(undefined)
  })
  return () => {
    if (arrived.length > 0 || isClosed) return Promise.resolve(arrived.shift())
    return new Promise(resolve => {
      waiting = resolve
    })
  }
}
