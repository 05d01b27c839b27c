// A subscriber, over both ways a server offers: a socket that speaks graphql-ws, and server-sent events.
import { createClient, type ExecutionResult } from 'graphql-ws'
import WebSocket from 'ws'
import { PATIENCE_MILLISECONDS } from '../support/patiently.ts'

export interface Subscriber<Data = any> {
  /** The next frame; waits for it. */
  next(): Promise<ExecutionResult<Data>>
  leave(): Promise<void>
}

export function overSocket<Data = any>(url: string, query: string, variables: Record<string, unknown> = {}): Subscriber<Data> {
  const client = createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, lazy: true })
  const frames = client.iterate<Data>({ query, variables })
  return {
    async next() {
      const { value, done } = await frames.next().catch((errors: unknown) => {
        // A subscription that is refused is told by its errors alone.
        if (Array.isArray(errors)) return { value: { errors }, done: false }
        throw errors
      })
      if (done) throw new Error('The subscription has ended.')
      return value as ExecutionResult<Data>
    },
    async leave() {
      await frames.return?.()
      await client.dispose()
    },
  }
}

export function overEvents<Data = any>(url: string, query: string, variables: Record<string, unknown> = {}): Subscriber<Data> {
  const controller = new AbortController()
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
    signal: controller.signal,
  })
  const frames = read(answer)
  return {
    async next() {
      const { value, done } = await frames.next()
      if (done) throw new Error('The subscription has ended.')
      return value as ExecutionResult<Data>
    },
    async leave() {
      controller.abort()
      await frames.return(undefined).catch(() => undefined)
    },
  }
}

async function* read(answer: Promise<Response>): AsyncGenerator<unknown, void, undefined> {
  const { body, status } = await answer
  if (status !== 200) throw new Error(`The subscription was answered with ${status}.`)
  let text = ''
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    text += part
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (/^event: next$/m.test(block) && data) yield JSON.parse(data)
      if (/^event: complete$/m.test(block)) return
    }
  }
}

/** Resolves when a claim comes true, looking each time something happens in the process. */
export async function until(claim: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS
  while (!(await claim())) {
    if (performance.now() > deadline) throw new Error(`Never came true: ${claim}`)
    await new Promise<void>(resolve => setImmediate(resolve))
  }
}
