// One keep-alive connection that sends one request at a time, over a bare socket: a full HTTP client would cost as much of the machine as the
// server that is measured beside it. It knows what servers answer to small JSON requests: a length, or chunks.
import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  body: string
}

export interface HttpClient {
  post(path: string, body: string): Promise<Answer>
  get(path: string): Promise<Answer>
  close(): void
}

interface Pending {
  resolve(answer: Answer): void
  reject(error: Error): void
}

/** Connects when first asked, and again after the connection has broken; what was under way then is rejected. */
export function createHttpClient(url: string, headers: Record<string, string> = {}): HttpClient {
  const { hostname, port, host } = new URL(url)
  const fixed = Object.entries({ host, accept: '*/*', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  let socket: Socket | undefined
  let pending: Pending | undefined
  let received: Buffer = Buffer.alloc(0)

  const fail = (error: Error) => {
    socket?.destroy()
    socket = undefined
    received = Buffer.alloc(0)
    const failed = pending
    pending = undefined
    failed?.reject(error)
  }

  const open = (): Socket => {
    const opened = connect({ host: hostname, port: Number(port || 80), noDelay: true })
    const unlessReplaced = (error: Error) => opened === socket && fail(error)
    opened.on('error', unlessReplaced)
    opened.on('close', () => unlessReplaced(new Error('The connection was closed.')))
    opened.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = readAnswer(received)
      if (!answer) return
      received = Buffer.alloc(0)
      const answered = pending
      pending = undefined
      answered?.resolve(answer)
    })
    return opened
  }

  const send = (text: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      pending = { resolve, reject }
      socket ??= open()
      socket.write(text)
    })

  return {
    post: (path, body) =>
      send(`POST ${path} HTTP/1.1\r\n${fixed}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
    get: path => send(`GET ${path} HTTP/1.1\r\n${fixed}\r\n`),
    close: () => fail(new Error('Closed by its owner.')),
  }
}

/** Undefined while there is more to come. */
function readAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  const start = end + 4
  if (length !== undefined)
    return bytes.length < start + Number(length) ? undefined : { status, body: bytes.toString('utf8', start, start + Number(length)) }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, body: '' }
  const body = joinChunks(bytes, start)
  return body === undefined ? undefined : { status, body }
}

function joinChunks(bytes: Buffer, start: number): string | undefined {
  const chunks: Buffer[] = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return undefined
    if (size === 0) return Buffer.concat(chunks).toString()
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
