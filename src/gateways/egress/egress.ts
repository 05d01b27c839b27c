import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { getCACertificates } from 'node:tls'
import type { Dispatcher } from 'undici'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { definitions, type Settings } from '../../kernel/settings.ts'
import { readAllowList } from './allow-list.ts'
import { connectChecked } from './connector.ts'
import { createDispatchers } from './dispatchers.ts'
import { type BoundAddress, createGuard, EgressRefusal, type Resolve, systemResolve } from './guard.ts'
import { proxyFor } from './proxy.ts'

export interface EgressRequest {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** From the first look for an address to the end of the answer. */
  readonly timeoutSeconds: number
  /** Refuses private addresses even where the settings list them. */
  readonly arePrivateRefused?: boolean
}

export interface EgressReply {
  readonly status: number
  /** By names in lower case; of a repeated one the first. */
  readonly headers: Readonly<Record<string, string>>
  /** The first 64 kB. */
  readonly text: string
}

/** The one way out. Every connection, by HTTP or SMTP, is made here, to an address that was checked after one resolution. */
export interface Egress {
  /** Throws EgressRefusal for what is never sent; anything else that is thrown may go better another time. Redirects are answers, never followed. */
  request(request: EgressRequest): Promise<EgressReply>
  /** A connection for other protocols. Proxies are for HTTP alone: this one is always direct. */
  connect(host: string, port: number, timeoutSeconds: number): Promise<Socket>
  /** Certificate authorities that are trusted; undefined when those of Node.js are. */
  readonly ca: readonly string[] | undefined
  close(): Promise<void>
}

export interface EgressParts {
  readonly settings: Pick<Settings, 'egressAllow' | 'egressHttpProxy' | 'egressHttpsProxy' | 'egressNoProxy' | 'egressCaFile'>
  readonly clock: Clock
  readonly listeners: () => readonly BoundAddress[]
  readonly resolve?: Resolve
}

export const CONNECT_SECONDS = 5
const LARGEST_ANSWER_BYTES = 65_536

export function createEgress({ settings, clock, listeners, resolve = systemResolve }: EgressParts): Egress {
  const guard = createGuard({ allowList: readAllowList(settings.egressAllow), resolve, clock, listeners })
  const ca = settings.egressCaFile === undefined ? undefined : readAuthorities(settings.egressCaFile)
  const dispatchers = createDispatchers({ guard, ca, connectMilliseconds: CONNECT_SECONDS * 1000 })

  return {
    ca,
    async request({ url: text, method, headers, body, timeoutSeconds, arePrivateRefused = false }) {
      const url = readUrl(text)
      const milliseconds = Math.ceil(timeoutSeconds * 1000)
      const dispatcher = await dispatchers.for(url, proxyFor(url, settings), arePrivateRefused)
      const answer = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { ...credentialsOf(url), ...headers },
        body,
        headersTimeout: milliseconds,
        bodyTimeout: milliseconds,
        signal: AbortSignal.timeout(milliseconds),
      })
      return { status: answer.statusCode, headers: flatten(answer.headers), text: await readStart(answer.body) }
    },
    connect: (host, port, timeoutSeconds) => connectChecked(guard, host, port, Math.min(timeoutSeconds, CONNECT_SECONDS) * 1000),
    close: () => dispatchers.close(),
  }
}

function readUrl(text: string): URL {
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new EgressRefusal('The address is no http:// or https:// URL.')
}

/** `https://user:password@host` means basic authentication. */
function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

const flatten = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value) ?? '']))

/** What was answered stands with the status: a body that breaks off changes nothing of it. */
async function readStart(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= LARGEST_ANSWER_BYTES) break
    }
  } catch {
    chunks.push(Buffer.from(' [the answer broke off]'))
  }
  return Buffer.concat(chunks).subarray(0, LARGEST_ANSWER_BYTES).toString('utf8')
}

/** Those of Node.js, and the operator's own. */
function readAuthorities(path: string): readonly string[] {
  try {
    return [...getCACertificates('default'), readFileSync(path, 'utf8')]
  } catch (error) {
    const { name } = definitions.egressCaFile
    throw new AppError('INVALID', `${name} is not usable: ${(error as Error).message}`, { setting: name }, { cause: error })
  }
}
