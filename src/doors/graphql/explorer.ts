import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { product } from '../../kernel/product.ts'
import { examples } from './explorer-examples.ts'

interface Page {
  readonly plain: Buffer
  readonly compressed: Buffer
  readonly tag: string
}

let page: Promise<Page> | undefined

/** GraphiQL with everything inside: it works with no internet. Nine megabytes, so it is made when first asked for, kept, and sent compressed. */
export async function serveExplorer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  page ??= build()
  const { plain, compressed, tag } = await page
  reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    etag: tag,
    vary: 'accept, accept-encoding',
    'content-security-policy':
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  if (!String(request.headers['accept-encoding']).includes('gzip')) return reply.send(plain)
  return reply.header('content-encoding', 'gzip').send(compressed)
}

async function build(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const plain = Buffer.from(renderGraphiQL({ title: `${product.title} explorer`, subscriptionsProtocol: 'WS', defaultQuery: examples }))
  return { plain, compressed: gzipSync(plain), tag: `"${createHash('sha256').update(plain).digest('base64url')}"` }
}
