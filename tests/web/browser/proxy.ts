// A reverse proxy as one stands before a server: it adds a path, and may let no socket through.
import { createServer, type IncomingMessage, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export interface Proxy {
  /** With the path it adds, ending in a slash. */
  url: string
  close(): Promise<void>
}

export async function startProxy(target: string, { path = '/', refusesSockets = false } = {}): Promise<Proxy> {
  const port = Number(new URL(target).port)
  const below = ({ url = '/' }: IncomingMessage) => (url.startsWith(path) ? `/${url.slice(path.length)}` : undefined)

  const proxy = createServer((request, response) => {
    const inner = below(request)
    if (inner === undefined) return void response.writeHead(404).end('Not here.')
    const headers = { ...request.headers, 'accept-encoding': 'identity' }
    const forwarded = httpRequest({ host: '127.0.0.1', port, path: inner, method: request.method, headers }, answer => {
      const isPage = String(answer.headers['content-type']).startsWith('text/html')
      if (!isPage) return void (response.writeHead(answer.statusCode!, answer.headers), answer.pipe(response))
      let text = ''
      answer.setEncoding('utf8').on('data', part => (text += part))
      answer.on('end', () => {
        const { 'content-length': _length, ...rest } = answer.headers
        response.writeHead(answer.statusCode!, rest).end(text.replace('<base href="/">', `<base href="${path}">`))
      })
    })
    forwarded.on('error', () => response.destroy())
    request.pipe(forwarded)
  })
  proxy.on('upgrade', (request, socket, head) => {
    const inner = below(request)
    if (inner === undefined || refusesSockets) return void socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n')
    const upstream = connect(port, '127.0.0.1', () => {
      const headers = request.rawHeaders.reduce((text, part, index) => text + part + (index % 2 === 0 ? ': ' : '\r\n'), '')
      upstream.write(`GET ${inner} HTTP/1.1\r\n${headers}\r\n`)
      upstream.write(head)
      socket.pipe(upstream).pipe(socket)
    })
    for (const end of [socket, upstream]) end.on('error', () => (socket.destroy(), upstream.destroy()))
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise(resolve => {
        proxy.close(() => resolve())
        proxy.closeAllConnections()
      }),
  }
}
