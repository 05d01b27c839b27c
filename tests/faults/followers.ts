// Subscribers that reconnect with the cursor of the last batch they have read, as a client should.
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'

export interface Followed {
  /** Id of the event, which for a state change is the state's. */
  id: string
  /** When it was read here, by performance.now(). */
  at: number
}

export interface Follower {
  readonly name: string
  readonly received: readonly Followed[]
  readonly connections: number
  /** Gaps that were told; none is expected. */
  readonly gaps: number
  /** Cuts the connection from this side; it comes back by itself. */
  cut(): void
  /** Stops reading from the socket without closing it. */
  pause(): void
  resume(): void
  stop(): void
}

/** What a subscription is asked for: every event, in short or with all it says (a kilobyte), or every state change of a flow run. */
const documents = {
  events: 'subscription ($after: Cursor) { eventOccurred(after: $after) { cursor gap { reason } events { id } } }',
  'whole events':
    'subscription ($after: Cursor) { eventOccurred(after: $after) { cursor gap { reason } events { id event occurred resource related payload } } }',
  changes: 'subscription ($after: Cursor) { flowRunStateChanged(after: $after) { cursor gap { reason } changes { state { id } } } }',
} as const

export type Followable = keyof typeof documents

interface Frame {
  cursor: string
  gap: { reason: string } | null
  events?: { id: string }[]
  changes?: { state: { id: string } }[]
}

/** One connection: tells each frame, and resolves when it has ended for whatever reason. `hold` hands out the means to hurt it. */
type Connect = (url: string, query: string, after: string, tell: (frame: Frame) => void, hold: (handle: Handle) => void) => Promise<void>

interface Handle {
  cut(): void
  pause(): void
  resume(): void
}

export const followBySocket = (urlNow: () => string, what: Followable, after: string): Follower =>
  follow(`graphql-ws ${what}`, bySocket, urlNow, what, after)
export const followByStream = (urlNow: () => string, what: Followable, after: string): Follower =>
  follow(`SSE ${what}`, byStream, urlNow, what, after)

/** Where the log stands now. */
export async function cursorNow(url: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ server { eventCursor } }' }),
  })
  return ((await response.json()) as { data: { server: { eventCursor: string } } }).data.server.eventCursor
}

function follow(name: string, connect: Connect, urlNow: () => string, what: Followable, after: string): Follower {
  const received: Followed[] = []
  let cursor = after
  let connections = 0
  let gaps = 0
  let isStopped = false
  let handle: Handle | undefined

  const read = (frame: Frame) => {
    cursor = frame.cursor
    if (frame.gap) gaps++
    const at = performance.now()
    for (const event of frame.events ?? []) received.push({ id: event.id, at })
    for (const change of frame.changes ?? []) received.push({ id: change.state.id, at })
  }
  const run = async () => {
    while (!isStopped) {
      connections++
      await connect(urlNow(), documents[what], cursor, read, given => (handle = given)).catch(() => undefined)
      handle = undefined
      await sleep(20)
    }
  }
  void run()

  return {
    name,
    received,
    get connections() {
      return connections
    },
    get gaps() {
      return gaps
    },
    cut: () => handle?.cut(),
    pause: () => handle?.pause(),
    resume: () => handle?.resume(),
    stop() {
      isStopped = true
      handle?.cut()
    },
  }
}

const bySocket: Connect = (url, query, after, tell, hold) =>
  new Promise(resolve => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws')
    hold({ cut: () => socket.terminate(), pause: () => socket.pause(), resume: () => socket.resume() })
    const send = (message: object) => socket.send(JSON.stringify(message))
    socket.on('open', () => send({ type: 'connection_init' }))
    socket.on('message', data => {
      const message = JSON.parse(data.toString()) as { type: string; payload?: { data?: Record<string, Frame> } }
      if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query, variables: { after } } })
      else if (message.type === 'ping') send({ type: 'pong' })
      else if (message.type === 'next') tell(Object.values(message.payload!.data!)[0]!)
      else socket.terminate()
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => resolve())
  })

const byStream: Connect = async (url, query, after, tell, hold) => {
  const controller = new AbortController()
  hold({ cut: () => controller.abort(), pause: () => undefined, resume: () => undefined })
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { after } }),
    signal: controller.signal,
  })
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block)?.[1]
      if (/^event: ?next$/m.test(block) && data) tell(Object.values((JSON.parse(data) as { data: Record<string, Frame> }).data)[0]!)
    }
  }
}
