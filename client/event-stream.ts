import { unlessSilent } from './silence.ts'

export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

/**
 * The messages of a stream, read as they are asked for: who is slow is not flooded. An empty list tells that bytes came, such as the
 * server's sign of life. Throws ConnectionLost when the stream breaks or falls silent.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent[], void, undefined> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await unlessSilent(reader.read())
      if (done) return
      const messages = (text + decoder.decode(value, { stream: true })).split('\n\n')
      text = messages.pop() ?? ''
      yield messages.map(parseEvent)
    }
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

export const parseEvent = (message: string): ServerSentEvent => {
  const fields = message.split('\n').map(line => line.split(/: ?(.*)/s, 2) as [string, string?])
  const valuesOf = (name: string) => fields.filter(([field]) => field === name).map(([, value]) => value ?? '')
  return { event: valuesOf('event').at(-1) ?? 'message', data: valuesOf('data').join('\n') }
}
