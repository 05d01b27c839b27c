interface StreamReader<Result> {
  next(result: { data?: Result | null; errors?: unknown }): void
  /** The subscription has ended, the way to the server is sound. */
  complete(): void
  /** The first bytes are here: nothing on the way keeps them back. */
  opened(): void
  failed(): void
}

// The server says something at least every 12 seconds.
const SILENCE_MILLISECONDS = 30_000

/** One subscription as server-sent events over a request of its own, for places that no socket reaches. */
export const openStream = <Result>(url: URL, payload: unknown, reader: StreamReader<Result>): (() => void) => {
  const abort = new AbortController()
  let isOver = false
  const end = (tell?: () => void) => {
    if (isOver) return
    isOver = true
    clearTimeout(silence)
    abort.abort()
    tell?.()
  }
  const hush = () => setTimeout(() => end(reader.failed), SILENCE_MILLISECONDS)
  let silence = hush()

  const read = async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal: abort.signal,
    })
    if (!response.ok || !response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return
    const bytes = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { done, value } = await bytes.read()
      if (done || isOver) return
      clearTimeout(silence)
      silence = hush()
      reader.opened()
      const messages = (text + value).split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const { event, data } = parseMessage(message)
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

export const parseMessage = (message: string): { event: string; data: string } => {
  const fields = message.split('\n').map(line => line.split(/: ?(.*)/s, 2) as [string, string?])
  const valuesOf = (name: string) => fields.filter(([field]) => field === name).map(([, value]) => value ?? '')
  return { event: valuesOf('event').at(-1) ?? 'message', data: valuesOf('data').join('\n') }
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
