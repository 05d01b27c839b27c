// Somebody whom notifications are sent to: a web server that counts what it is given.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Receiver {
  readonly url: string
  /** How often each delivery came, by its id. */
  readonly received: ReadonlyMap<string, number>
  /** When the first came, by `performance.now()`; undefined before. */
  readonly firstAt: number | undefined
  readonly lastAt: number
  close(): Promise<void>
}

export async function openReceiver(onDelivery: (id: string) => void = () => undefined): Promise<Receiver> {
  const received = new Map<string, number>()
  let firstAt: number | undefined
  let lastAt = 0
  const server = createServer((request, response) => {
    const id = String(request.headers['castellan-delivery'])
    request.resume().on('end', () => {
      received.set(id, (received.get(id) ?? 0) + 1)
      lastAt = performance.now()
      firstAt ??= lastAt
      onDelivery(id)
      response.end('taken')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    get firstAt() {
      return firstAt
    },
    get lastAt() {
      return lastAt
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
