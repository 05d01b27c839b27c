import type { FastifyInstance, FastifyReply } from 'fastify'
import { product } from '../../kernel/product.ts'

/** Who asks names its version: `prefect/3.8.8 (API 0.8.4)`. */
const sdkVersion = /^prefect\/(3\.\d+\.\d+\S*) /

/** admin, csrf and the probes. */
export function adminRoutes(app: FastifyInstance): void {
  app.get('/health', async () => true)
  app.get('/hello', async (_request, reply) => sendText(reply, '👋'))
  app.get('/version', async (_request, reply) => sendText(reply, product.restApiVersion))
  app.get('/ready', async request => {
    await request.ctx.house.storage.ping()
    return { message: 'OK' }
  })

  // The SDK warns in every run's log when the server is older than itself, so it is told its own version.
  app.get('/admin/version', async (request, reply) => {
    const version = sdkVersion.exec(`${request.headers['user-agent']} `)?.[1] ?? product.sdkVersion
    return sendText(reply, version)
  })
  app.get('/admin/storage', async () => ({ default_result_storage_block_id: null }))

  // These words switch the SDK's token handling off; any other refusal would stop it. Browsers are kept out by the listener's guard.
  app.get('/csrf-token', async (_request, reply) => reply.code(422).send({ detail: 'CSRF protection is disabled.' }))
}

/** A text as JSON: alone, the listener would send it as it is. */
const sendText = (reply: FastifyReply, text: string): FastifyReply => reply.type('application/json').send(JSON.stringify(text))
