import { readEvents } from '../../../client/event-stream.ts'
import { unlessSilent } from '../../../client/silence.ts'

interface StreamReader<Result> {
  next(result: { data?: Result | null; errors?: unknown }): void
  /** The subscription has ended, the way to the server is sound. */
  complete(): void
  /** The first bytes are here: nothing on the way keeps them back. */
  opened(): void
  failed(): void
}

/** One subscription as server-sent events over a request of its own, for places that no socket reaches. */
export const openStream = <Result>(url: URL, payload: unknown, reader: StreamReader<Result>): (() => void) => {
  const abort = new AbortController()
  let isOver = false
  const end = (tell?: () => void) => {
    if (isOver) return
    isOver = true
    abort.abort()
    tell?.()
  }

  const read = async () => {
    const request = {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal: abort.signal,
    }
    const response = await unlessSilent(fetch(url, request))
    if (!response.ok || !response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return
    for await (const events of readEvents(response.body)) {
      if (isOver) return
      reader.opened()
      for (const { event, data } of events) {
        if (event === 'complete') end(reader.complete)
        if (event === 'next' && !isOver) reader.next(JSON.parse(data))
      }
    }
  }
  read().then(
    () => end(reader.failed),
    () => end(reader.failed),
  )
  return () => end()
}

/** A browser opens six requests to a server over HTTP/1.1, for all its tabs: those that nobody sees must not hold them. */
export const whileVisible = (open: () => () => void): (() => void) => {
  let close = document.hidden ? undefined : open()
  const change = () => {
    if (document.hidden) close?.()
    close = document.hidden ? undefined : (close ?? open())
  }
  document.addEventListener('visibilitychange', change)
  return () => {
    document.removeEventListener('visibilitychange', change)
    close?.()
  }
}
