// Takes custom webhooks, and says of each whether this server's signature on it is genuine.
//   SIGNING_SECRET=whsec_… node examples/node/verify-webhook.js [port]
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

const TOLERANCE_SECONDS = 300

export function isGenuine(headers, body, secret, nowSeconds = Date.now() / 1000) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_SECONDS)) return false
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret)
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  return signatures.split(' ').some(one => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
    return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const seen = new Set()
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('')
    if (!isGenuine(request.headers, body, process.env.SIGNING_SECRET ?? '')) return response.writeHead(401).end()
    const delivery = request.headers['castellan-delivery']
    if (!seen.has(delivery)) console.log(body)
    seen.add(delivery)
    response.end()
  })
  server.listen(Number(process.argv[2] ?? 8080))
}
