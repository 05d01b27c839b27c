import type { SocketRoute } from '../../http/index.ts'
import { createEventIntake } from './event-intake.ts'
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
    // Clients from before the protocol say nothing of themselves.
    let isAuthenticated = socket.protocol !== PROTOCOL && guard.isRightToken(null)
    let pings: { readonly data: Buffer; readonly behind: number }[] = []

    const intake = createEventIntake(ctx, {
      onSettled() {
        confirm()
        if (socket.isPaused && !intake.isFull) socket.resume()
      },
      onFailure: () => socket.close(1011, 'Events could not be stored; send them again.'),
    })

    const confirm = () => {
      const due = pings.filter(({ behind }) => behind <= intake.settled)
      pings = pings.slice(due.length)
      for (const { data } of due) socket.pong(data)
    }

    socket.on('message', data => {
      const text = data.toString()
      if (!isAuthenticated) isAuthenticated = admitAuthFrame(socket, text, guard.isRightToken)
      else intake.take(text)
      if (intake.isFull) socket.pause()
    })
    socket.on('ping', (data: Buffer) => {
      pings.push({ data, behind: intake.taken })
      intake.flush()
      confirm()
    })
    socket.on('close', () => intake.flush())
    socket.on('error', error => ctx.log.debug({ error }, 'A socket on /events/in broke.'))
  },
})
