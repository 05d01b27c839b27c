import type { z } from 'zod'
import { receiveEvents } from '../../../core/events/index.ts'
import { isAppError } from '../../../kernel/errors.ts'
import type { SocketRoute } from '../../http/index.ts'
import { wireEvent } from '../event-wire.ts'
import { admitAuthFrame, type Guard, PROTOCOL } from './handshake.ts'

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
    let isAuthenticated = false
    let written: Promise<void> = Promise.resolve()

    /** Never to be sent again: it would be left out again, so what stands behind it is confirmed all the same. */
    const leftOut = (text: string) => ctx.log.warn({ frame: text.slice(0, 200) }, 'A frame on /events/in was no event and was left out.')

    const receive = (text: string) => {
      const event = read(text)
      if (!event) return leftOut(text)
      const writing = receiveEvents(ctx, { events: [event] }).catch((error: unknown) => {
        if (!isAppError(error) || error.code !== 'INVALID') throw error
        leftOut(text)
      })
      written = Promise.all([written, writing]).then(() => undefined)
      written.catch(() => socket.close(1011, 'Events could not be stored; send them again.'))
    }

    socket.on('message', data => {
      const text = data.toString()
      if (isAuthenticated) receive(text)
      else isAuthenticated = admitAuthFrame(socket, text, guard.isRightToken)
    })
    socket.on('ping', data => {
      written.then(
        () => socket.pong(data),
        () => undefined,
      )
    })
    socket.on('error', error => ctx.log.debug({ error }, 'A socket on /events/in broke.'))
  },
})

function read(text: string): z.output<typeof wireEvent> | undefined {
  try {
    return wireEvent.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
