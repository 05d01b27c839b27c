import type { WebSocket } from 'ws'
import { ZodError } from 'zod'
import type { Ctx } from '../../../kernel/context.ts'
import type { SocketRoute } from '../../http/index.ts'
import { admitAuthFrame, frameOf, type Guard, PROTOCOL } from './handshake.ts'

/** What is told to who has said what he wants to hear. */
export interface Outlet {
  readonly path: string
  readonly noun: 'event' | 'log'
  /** Batches, for ever, until the signal aborts. Throws a ZodError, before the first, when the frame does not say it well. */
  open(ctx: Ctx, frame: Readonly<Record<string, unknown>>, signal: AbortSignal): AsyncIterable<readonly object[]>
}

const PROTOCOL_ERROR = 1002
const LARGEST_FRAME_BYTES = 1024 * 1024
const LONGEST_REASON_BYTES = 123

/**
 * A socket that says `{"type":"filter","filter":…}` once and then hears what fits. It is a cursor over the log, not a queue: the next batch is read when the
 * one before has been taken, so that a slow listener costs nobody anything, and loses nothing.
 */
export const outlet = (guard: Guard, { path, noun, open }: Outlet): SocketRoute => ({
  path,
  protocols: [PROTOCOL],
  largestMessageBytes: LARGEST_FRAME_BYTES,
  answersPings: true,
  authenticatesItself: true,
  accept(socket, ctx) {
    const controller = new AbortController()
    // Clients from before the protocol say nothing of themselves.
    let isAuthenticated = socket.protocol !== PROTOCOL && guard.isRightToken(null)
    let isOpen = false

    const tell = async (frame: Readonly<Record<string, unknown>>) => {
      for await (const batch of open(ctx, frame, controller.signal)) {
        for (const one of batch.slice(0, -1)) socket.send(JSON.stringify({ type: noun, [noun]: one }))
        await taken(socket, JSON.stringify({ type: noun, [noun]: batch.at(-1) }))
      }
    }
    const refuse = (reason: string) => socket.close(PROTOCOL_ERROR, Buffer.from(reason).subarray(0, LONGEST_REASON_BYTES))
    const begin = (text: string) => {
      const frame = frameOf(text)
      if (frame?.['type'] !== 'filter') return refuse("Expected 'filter' message")
      isOpen = true
      tell(frame).catch((error: unknown) => {
        if (controller.signal.aborted) return
        if (error instanceof ZodError) return refuse(`Invalid filter: ${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`)
        ctx.log.error({ error }, `A socket on ${path} failed unexpectedly.`)
        socket.close(1011, 'Internal error')
      })
    }

    socket.on('message', data => {
      if (isOpen) return
      const text = data.toString()
      if (isAuthenticated) begin(text)
      else isAuthenticated = admitAuthFrame(socket, text, guard.isRightToken)
    })
    socket.on('close', () => controller.abort())
    socket.on('error', error => ctx.log.debug({ error }, `A socket on ${path} broke.`))
  },
})

/** Resolves when the client's side has been handed all that was sent up to here. */
const taken = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve, reject) => socket.send(text, error => (error ? reject(error) : resolve())))
