import { type Address, canonicalHost, isWithin, parseAddress, parseBlock } from './address.ts'

export interface ProxySettings {
  readonly egressHttpProxy?: string | undefined
  readonly egressHttpsProxy?: string | undefined
  readonly egressNoProxy: readonly string[]
}

/** By which proxy a URL is asked for; null when directly. */
export function proxyFor(url: URL, settings: ProxySettings): URL | null {
  const proxy = url.protocol === 'https:' ? settings.egressHttpsProxy : settings.egressHttpProxy
  if (!proxy || isExempt(url, settings.egressNoProxy)) return null
  return new URL(proxy)
}

function isExempt(url: URL, exempt: readonly string[]): boolean {
  const host = canonicalHost(url.hostname) ?? ''
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  return exempt.some(entry => matches(entry.toLowerCase(), host, port))
}

/** `*`, a domain with or without its dot and all below it, `host:port`, an address, a CIDR block. */
function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true
  const address: Address | undefined = parseAddress(host)
  const block = parseBlock(entry)
  if (block) return address !== undefined && isWithin(address, block)
  const [, name = entry, digits] = /^(.*):(\d{1,5})$/.exec(entry) ?? []
  if (digits !== undefined && Number(digits) !== port) return false
  const domain = name.replace(/^\*?\./, '')
  return host === domain || host.endsWith(`.${domain}`)
}
