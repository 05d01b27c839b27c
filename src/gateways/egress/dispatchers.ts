import type { Dispatcher } from 'undici'
import { checkedConnector, pinned } from './connector.ts'
import type { Guard } from './guard.ts'

interface DispatcherParts {
  readonly guard: Guard
  readonly ca: readonly string[] | undefined
  readonly connectMilliseconds: number
}

export interface Dispatchers {
  /** Connections kept alive for whoever asks for the same. Private addresses are reached by connections of their own, so that none is taken by who may not. */
  for(url: URL, proxy: URL | null, arePrivateRefused: boolean): Promise<Dispatcher>
  close(): Promise<void>
}

const CONNECTIONS_PER_HOST = 128
const KEPT_ALIVE_MILLISECONDS = 10_000

export function createDispatchers({ guard, ca, connectMilliseconds }: DispatcherParts): Dispatchers {
  const open = new Map<string, Promise<Dispatcher>>()
  const shared = { connections: CONNECTIONS_PER_HOST, keepAliveTimeout: KEPT_ALIVE_MILLISECONDS, allowH2: false } as const

  const direct = async (arePrivateRefused: boolean) => {
    const { Agent, buildConnector } = await import('undici')
    return new Agent({
      ...shared,
      connect: checkedConnector({ guard, build: buildConnector, ca, timeoutMilliseconds: connectMilliseconds, arePrivateRefused }),
    })
  }
  const by = async (proxy: URL) => {
    const { ProxyAgent } = await import('undici')
    const trust = ca ? { ca: [...ca] } : {}
    return new ProxyAgent({
      ...shared,
      uri: proxy.href,
      proxyTls: { ...trust, lookup: checkedLookup(guard, portOf(proxy)) },
      requestTls: trust,
    })
  }
  const once = (key: string, make: () => Promise<Dispatcher>): Promise<Dispatcher> => {
    const made = open.get(key) ?? make()
    open.set(key, made)
    return made
  }

  return {
    async for(url, proxy, arePrivateRefused) {
      if (!proxy) return once(`direct ${arePrivateRefused}`, () => direct(arePrivateRefused))
      guard.checkName(url.hostname, portOf(url), arePrivateRefused)
      // An address is connected to without a lookup: it is checked here.
      guard.checkName(proxy.hostname, portOf(proxy))
      return once(`by ${proxy.href}`, () => by(proxy))
    },
    async close() {
      for (const dispatcher of await Promise.all(open.values())) await dispatcher.destroy()
    },
  }
}

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80)

/** Resolves once, checks every answer, and gives what was checked to the connection that asks. */
const checkedLookup =
  (guard: Guard, port: number): ReturnType<typeof pinned> =>
  (host, options, callback) =>
    void guard.check(host, port).then(
      addresses => pinned(addresses)(host, options, callback),
      (error: Error) => callback(error, '', 0),
    )
