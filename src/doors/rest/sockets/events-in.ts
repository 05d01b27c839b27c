import type { z } from 'zod'
import { receiveEvents } from '../../../core/events/index.ts'
import { isAppError } from '../../../kernel/errors.ts'
import type { SocketRoute } from '../../http/index.ts'
import { eventFrame } from '../event-wire.ts'
import { admitAuthFrame, type Guard, PROTOCOL } from './handshake.ts'

type EventFrame = z.output<typeof eventFrame>
type Received = Parameters<typeof receiveEvents>[1]['events']

/** Frames that come together are stored by one command of so many at most. */
const MOST_TOGETHER = 64
/** A client that sends faster than the database writes is not read from meanwhile. */
const MOST_UNWRITTEN = 2_000

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
    let written: Promise<unknown> = Promise.resolve()
    let gathered: EventFrame[] = []
    let unwritten = 0

    /** Never to be sent again: it would be left out again, so what stands behind it is confirmed all the same. */
    const leftOut = (frame: unknown) =>
      ctx.log.warn({ frame: String(frame).slice(0, 200) }, 'A frame on /events/in was no event and was left out.')

    /** Together; where one of them is refused each for itself, so that only that one is left out. */
    const store = async (events: readonly EventFrame[]): Promise<void> => {
      try {
        await receiveEvents(ctx, { events: events as Received })
      } catch (error) {
        if (!isAppError(error) || error.code !== 'INVALID') throw error
        if (events.length === 1) return leftOut(JSON.stringify(events[0]))
        await Promise.all(events.map(event => store([event])))
      }
    }

    const flush = () => {
      if (gathered.length === 0) return
      const events = gathered
      gathered = []
      const writing = store(events).finally(() => {
        unwritten -= events.length
        if (socket.isPaused && unwritten < MOST_UNWRITTEN) socket.resume()
      })
      written = Promise.all([written, writing])
      written.catch(() => socket.close(1011, 'Events could not be stored; send them again.'))
    }

    const receive = (text: string) => {
      const event = read(text)
      if (!event) return leftOut(text)
      if (gathered.length === 0) ctx.clock.nextTurn(flush)
      gathered.push(event)
      unwritten++
      if (unwritten >= MOST_UNWRITTEN) socket.pause()
      if (gathered.length === MOST_TOGETHER) flush()
    }

    socket.on('message', data => {
      const text = data.toString()
      if (isAuthenticated) receive(text)
      else isAuthenticated = admitAuthFrame(socket, text, guard.isRightToken)
    })
    socket.on('ping', data => {
      flush()
      written.then(
        () => socket.pong(data),
        () => undefined,
      )
    })
    socket.on('error', error => ctx.log.debug({ error }, 'A socket on /events/in broke.'))
  },
})

function read(text: string): EventFrame | undefined {
  try {
    return eventFrame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
