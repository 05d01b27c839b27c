// A reverse proxy as one stands before a server: it adds a path, and may let no socket and no stream through.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { pipeline } from 'node:stream'

export interface ReverseProxy {
  /** With the path it adds, ending in a slash. */
  url: string
  /** Cuts every socket and lets no other through until it is mended; plain requests pass. */
  cutSockets(): void
  mendSockets(): void
  close(): Promise<void>
}

export async function startProxy(
  target: string,
  { path = '/', refusesSockets = false, refusesStreams = false } = {},
): Promise<ReverseProxy> {
  const port = Number(new URL(target).port)
  const below = ({ url = '/' }: IncomingMessage) => (url.startsWith(path) ? `/${url.slice(path.length)}` : undefined)

  const sockets = new Set<() => void>()
  let isCut = false

  const proxy = createServer((request, response) => {
    const inner = below(request)
    if (inner === undefined) return void response.writeHead(404).end('Not here.')
    if (refusesStreams && request.headers.accept?.startsWith('text/event-stream')) return void response.writeHead(501).end()
    const headers = { ...request.headers, 'accept-encoding': 'identity' }
    const forwarded = httpRequest({ host: '127.0.0.1', port, path: inner, method: request.method, headers }, answer => {
      const isPage = String(answer.headers['content-type']).startsWith('text/html')
      if (!isPage) {
        response.writeHead(answer.statusCode!, answer.headers)
        pipeline(answer, response, () => undefined)
        return
      }
      let text = ''
      answer.setEncoding('utf8').on('data', part => (text += part))
      answer.on('end', () => {
        const { 'content-length': _length, ...rest } = answer.headers
        response.writeHead(answer.statusCode!, rest).end(text.replace('<base href="/">', `<base href="${path}">`))
      })
    })
    forwarded.on('error', () => response.destroy())
    response.on('close', () => forwarded.destroy())
    request.pipe(forwarded)
  })
  proxy.on('upgrade', (request, socket, head) => {
    const inner = below(request)
    if (inner === undefined || refusesSockets || isCut) return void socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n')
    const upstream = connect(port, '127.0.0.1', () => {
      const headers = request.rawHeaders.reduce((text, part, index) => text + part + (index % 2 === 0 ? ': ' : '\r\n'), '')
      upstream.write(`GET ${inner} HTTP/1.1\r\n${headers}\r\n`)
      upstream.write(head)
      socket.pipe(upstream).pipe(socket)
    })
    const hangUp = () => {
      socket.destroy()
      upstream.destroy()
    }
    sockets.add(hangUp)
    for (const end of [socket, upstream]) end.on('error', hangUp).on('close', () => sockets.delete(hangUp))
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${path}`,
    cutSockets() {
      isCut = true
      for (const hangUp of sockets) hangUp()
    },
    mendSockets() {
      isCut = false
    },
    close: () =>
      new Promise(resolve => {
        proxy.close(() => resolve())
        proxy.closeAllConnections()
      }),
  }
}
