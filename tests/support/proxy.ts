// An HTTP proxy on loopback: tunnels lead to one receiver, whatever host was asked for, and plain requests are passed on.
import { request as ask, createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export interface TestProxy {
  readonly port: number
  /** What was asked of it: `CONNECT hooks.slack.com:443`. */
  readonly asked: string[]
  readonly credentials: (string | undefined)[]
  close(): Promise<void>
}

export async function openProxy(leadsTo: () => number): Promise<TestProxy> {
  const asked: string[] = []
  const credentials: (string | undefined)[] = []
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    credentials.push(incoming.headers['proxy-authorization'])
    const { pathname, search } = new URL(incoming.url!)
    const passed = ask({ port: leadsTo(), method: incoming.method, path: pathname + search, headers: incoming.headers }, answer => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(passed)
  })
  server.on('connect', ({ url, headers }, socket) => {
    asked.push(`CONNECT ${url}`)
    credentials.push(headers['proxy-authorization'])
    const tunnel = connect(leadsTo(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(tunnel).pipe(socket)
    })
    for (const one of [tunnel, socket]) one.on('error', () => void [tunnel.destroy(), socket.destroy()])
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    credentials,
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => void server.close(() => resolve()))
    },
  }
}
