import { receiveEvents } from '../../../core/events/index.ts'
import { type AppError, isAppError } from '../../../kernel/errors.ts'
import type { SocketRoute } from '../../http/index.ts'
import { eventInFrame } from '../event-wire.ts'
import { admitAuthFrame, type Guard, PROTOCOL } from './handshake.ts'

type Received = Parameters<typeof receiveEvents>[1]['events']

/** Frames that come while others are being stored are stored by one command of so many at most. */
const MOST_TOGETHER = 256
/** A client that sends faster than the database writes is not read from meanwhile. */
const MOST_UNWRITTEN = 2_000

/** What is wrong with an event itself and would be the next time. */
const refusals: ReadonlySet<string> = new Set(['INVALID', 'CONFLICT'])

/** The SDK drops larger events itself. */
const LARGEST_EVENT_BYTES = 2 * 1024 * 1024

/**
 * `/events/in`: one event a frame, never an answer. The client takes a pong for "everything before my ping is safe" and resends what was not confirmed,
 * so a ping is answered only when all frames read before it are committed.
 */
export const eventsIn = (guard: Guard): SocketRoute => ({
  path: '/api/events/in',
  protocols: [PROTOCOL],
  largestMessageBytes: LARGEST_EVENT_BYTES,
  answersPings: false,
  authenticatesItself: true,
  accept(socket, ctx) {
    // Clients from before the protocol say nothing of themselves.
    let isAuthenticated = socket.protocol !== PROTOCOL && guard.isRightToken(null)
    let unwritten: Received = []
    let received = 0
    let settled = 0
    let isWriting = false
    let pings: { readonly data: Buffer; readonly behind: number }[] = []

    /** Never to be sent again: it would be left out again, so what stands behind it is confirmed all the same. */
    const leftOut = (frame: unknown, error?: AppError) =>
      ctx.log.warn({ frame: String(frame).slice(0, 200), error }, 'A frame on /events/in was no event and was left out.')

    /** Together; where one of them is refused each for itself, so that only that one is left out. */
    const store = async (events: Received): Promise<void> => {
      try {
        await receiveEvents(ctx, { events })
      } catch (error) {
        if (!isAppError(error) || !refusals.has(error.code)) throw error
        if (events.length === 1) return leftOut(JSON.stringify(events[0]), error)
        for (const event of events) await store([event])
      }
    }

    const confirm = () => {
      const due = pings.filter(({ behind }) => behind <= settled)
      pings = pings.slice(due.length)
      for (const { data } of due) socket.pong(data)
    }

    const write = async () => {
      while (unwritten.length > 0) {
        const events = unwritten.slice(0, MOST_TOGETHER)
        unwritten = unwritten.slice(events.length)
        await store(events)
        settled += events.length
        confirm()
        if (socket.isPaused && unwritten.length < MOST_UNWRITTEN) socket.resume()
      }
    }

    /** One after another: two transactions that make the same task run would stand in each other's way. */
    const startWriting = () => {
      write().then(
        () => void (isWriting = false),
        (error: unknown) => {
          ctx.log.warn({ error }, 'Events could not be stored; their sender hears that they are to be sent again.')
          socket.close(1011, 'Events could not be stored; send them again.')
        },
      )
    }

    const receive = (text: string) => {
      const event = eventInFrame(text)
      if (!event) return leftOut(text)
      received++
      unwritten.push(event)
      if (unwritten.length >= MOST_UNWRITTEN) socket.pause()
      if (isWriting) return
      isWriting = true
      ctx.clock.nextTurn(startWriting)
    }

    socket.on('message', data => {
      const text = data.toString()
      if (isAuthenticated) receive(text)
      else isAuthenticated = admitAuthFrame(socket, text, guard.isRightToken)
    })
    socket.on('ping', (data: Buffer) => {
      pings.push({ data, behind: received })
      confirm()
    })
    socket.on('error', error => ctx.log.debug({ error }, 'A socket on /events/in broke.'))
  },
})
