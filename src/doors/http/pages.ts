import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { product } from '../../kernel/product.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** Pictures may come from anywhere, since artifacts name them: the pages load none of another host unasked. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: https: http:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** The client's built files. Hashed ones may be kept for ever; any other path is a page of the client's own and gets its shell. */
export function servePages(app: FastifyInstance, folder: string | null): void {
  const shell = folder === null ? undefined : withBase(readFileSync(join(folder, 'index.html'), 'utf8'))
  const files = folder === null ? new Map<string, string>() : new Map(filesBelow(folder).map(path => [`/${relative(folder, path)}`, path]))
  const compressed = new Map<string, Buffer>()

  for (const [url, path] of files) {
    if (url === '/index.html') continue
    const type = types[extname(path)] ?? 'application/octet-stream'
    const isText = /^(text|application\/json|image\/svg)/.test(type)
    app.get(url, async (request, reply) => {
      reply.headers({
        'content-type': type,
        'cache-control': url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...pageHeaders,
      })
      if (!isText || !String(request.headers['accept-encoding']).includes('br')) return reply.send(readFileSync(path))
      const body = compressed.get(path) ?? brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      compressed.set(path, body)
      return reply.header('content-encoding', 'br').header('vary', 'accept-encoding').send(body)
    })
  }

  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      request.method === 'GET' && String(request.headers.accept).includes('text/html') && !/^\/(api|graphql)(\/|$)/.test(request.url)
    if (!wantsPage) return reply.code(404).send({ detail: 'Not Found' })
    if (shell === undefined)
      return reply.code(404).type('text/plain').send(`${product.title} runs without its pages here: they were not built.`)
    return reply.headers({ 'content-type': types['.html']!, 'cache-control': 'no-cache', ...pageHeaders }).send(shell)
  })
}

/** Relative addresses of the shell start at the root, whichever page it is served for. */
const withBase = (html: string): string => (html.includes('<base ') ? html : html.replace('<head>', '<head>\n    <base href="/">'))

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
