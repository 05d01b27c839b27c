// A channel's other end: takes what notifications send, and answers as it is told.
import { createServer } from 'node:http'

export interface Receiver {
  url: string
  /** What came in, oldest first. */
  heard: { path: string; body: string; answeredAt: number }[]
  /** Of the next answers. */
  answer: { status: number; body: string }
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const heard: Receiver['heard'] = []
  const receiver = { heard, answer: { status: 200, body: 'ok' } }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    heard.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString(), answeredAt: Date.now() })
    response.writeHead(receiver.answer.status, { 'content-type': 'text/plain' }).end(receiver.answer.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address !== 'object') throw new Error('The receiver has no address.')
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return Object.assign(receiver, { url: `http://127.0.0.1:${address.port}`, close })
}
