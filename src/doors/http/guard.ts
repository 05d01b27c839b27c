import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { definitions, type Settings } from '../../kernel/settings.ts'

/** Why a request is not let in; undefined when it is. */
export interface Refusal {
  readonly status: 401 | 403 | 415 | 421
  readonly message: string
}

export interface Knock {
  readonly headers: IncomingHttpHeaders
  readonly method: string
  /** The path with its query. */
  readonly url: string
}

/** Who may call at all, before anybody asks who is calling. The same for requests and upgrades. */
export interface Guard {
  /** Names this server answers to, and where a browser's page comes from. */
  admit(knock: Knock): Refusal | undefined
  /** The shared auth string, where one is set. Health is exempt, as it is at the peer. */
  authenticate(knock: Knock): Refusal | undefined
  /** A token of the SDK's sockets: the raw auth string. */
  isRightToken(token: unknown): boolean
  readonly isAuthenticationRequired: boolean
}

export function createGuard(settings: Settings, isLoopbackBind: boolean): Guard {
  const { authString, corsAllowedOrigins, externalHosts } = settings
  const allowedOrigins = new Set(corsAllowedOrigins)
  const allowedHosts = new Set(externalHosts.map(host => host.toLowerCase()))
  const expected = authString === undefined ? undefined : `Basic ${Buffer.from(authString).toString('base64')}`

  const admitHost = ({ headers }: Knock): Refusal | undefined => {
    if (!isLoopbackBind) return undefined
    const host = hostName(headers.host)
    if (host !== undefined && (isLoopback(host) || allowedHosts.has(host))) return undefined
    return {
      status: 421,
      message: `This server does not answer to the host ${headers.host ?? '(none)'}. Add it to ${definitions.externalHosts.name} if it is yours.`,
    }
  }

  const admitOrigin = (knock: Knock): Refusal | undefined => {
    if (!isProtected(knock)) return undefined
    const { headers } = knock
    const { origin } = headers
    if (origin !== undefined && allowedOrigins.has(origin)) return undefined
    if (origin !== undefined && !isOwnOrigin(origin, headers.host)) {
      return {
        status: 403,
        message: `Pages of ${origin} may not call this server. Add the origin to ${definitions.corsAllowedOrigins.name} if they should.`,
      }
    }
    if (headers['sec-fetch-site'] === 'cross-site' || (headers['sec-fetch-site'] === 'same-site' && origin === undefined)) {
      return { status: 403, message: 'A page of another site may not call this server.' }
    }
    return undefined
  }

  return {
    isAuthenticationRequired: expected !== undefined,
    admit: knock => admitHost(knock) ?? admitOrigin(knock),
    authenticate(knock) {
      if (expected === undefined || isExempt(knock.url) || equal(knock.headers.authorization ?? '', expected)) return undefined
      return { status: 401, message: 'Unauthorized' }
    },
    isRightToken: token => authString === undefined || (typeof token === 'string' && equal(token, authString)),
  }
}

/** Pages, scripts and styles may be asked for from anywhere: they say nothing and do nothing. What is not plainly one of them is protected. */
const isProtected = ({ headers, method, url }: Knock): boolean =>
  headers.upgrade !== undefined || (method !== 'GET' && method !== 'HEAD') || !/^\/(?!(api|graphql|workspaces)(\/|$))/.test(routed(url))

/** The path as the router reads it: percent-encoding undone. Empty when it cannot be. */
function routed(url: string): string {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0]!)
  } catch {
    return ''
  }
}

const isExempt = (url: string): boolean => /^\/api\/(health|ready)\/?(\?|$)/.test(url)

const isOwnOrigin = (origin: string, host: string | undefined): boolean => host !== undefined && origin.replace(/^https?:\/\//, '') === host

const hostName = (host: string | undefined): string | undefined =>
  host
    ?.toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
