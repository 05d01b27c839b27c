import { isIP } from 'node:net'

/** An IP address as a number, so that prefixes are compared by shifting. */
export interface Address {
  readonly family: 4 | 6
  readonly value: bigint
}

export interface Block {
  readonly family: 4 | 6
  readonly value: bigint
  readonly bits: number
}

const widthOf = { 4: 32, 6: 128 } as const

/** Undefined when it is no address. Takes the plain forms alone: `canonicalHost` comes before. */
export function parseAddress(text: string): Address | undefined {
  if (isIP(text) === 4) return { family: 4, value: text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n) }
  const canonical = isIP(text) === 6 && !text.includes('%') ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined
  if (canonical === undefined) return undefined
  const [before = '', after] = canonical.split('::')
  const groups = (half: string) => half.split(':').filter(Boolean)
  const missing = 8 - groups(before).length - groups(after ?? '').length
  const all = [...groups(before), ...Array<string>(missing).fill('0'), ...groups(after ?? '')]
  return { family: 6, value: all.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) }
}

/** `10.0.0.0/8`, or an address alone. */
export function parseBlock(text: string): Block | undefined {
  const [host = '', length, ...rest] = text.split('/')
  const address = parseAddress(host)
  if (!address || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined
  const bits = Number(length ?? widthOf[address.family])
  return bits <= widthOf[address.family] ? { ...address, bits } : undefined
}

export const isWithin = (address: Address, block: Block): boolean => {
  if (address.family !== block.family) return false
  const shift = BigInt(widthOf[block.family] - block.bits)
  return address.value >> shift === block.value >> shift
}

/**
 * The one spelling of a host: what looks like an IPv4 address in hexadecimal, octal or with fewer parts is one, a trailing dot goes, names are lower case.
 * Undefined when it is no host: with a user, a port, a zone, or signs that no host has.
 */
export function canonicalHost(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (bare === '' || /[@/?#\\%\s[\]]/.test(bare)) return undefined
  const written = bare.includes(':') ? `[${bare}]` : bare
  const hostname = URL.parse(`http://${written}/`)?.hostname.replace(/\.$/, '')
  return hostname ? hostname.replace(/^\[(.*)\]$/, '$1') : undefined
}

/** `host:port`, with brackets where the host needs them. */
export const hostWithPort = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)
