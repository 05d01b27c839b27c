import { AppError } from '../../kernel/errors.ts'
import { definitions } from '../../kernel/settings.ts'
import { type Address, type Block, canonicalHost, isWithin, parseBlock } from './address.ts'
import { embeddedIn } from './address-kind.ts'

interface Entry {
  readonly port: number | null
  readonly block: Block | null
  /** A name; with a dot in front it stands for all names below it. */
  readonly name: string | null
}

export interface AllowList {
  allows(host: string, port: number, address: Address): boolean
}

/** Hosts, `host:port`, `*.domain`, addresses and CIDR blocks. Throws INVALID when an entry is none of these. */
export function readAllowList(entries: readonly string[]): AllowList {
  const known = entries.map(readEntry)
  return {
    allows: (host, port, address) =>
      known.some(entry => (entry.port === null || entry.port === port) && (entry.block ? holds(entry.block, address) : names(entry, host))),
  }
}

const holds = (block: Block, address: Address): boolean => [address, ...embeddedIn(address)].some(one => isWithin(one, block))

const names = ({ name }: Entry, host: string): boolean => (name!.startsWith('.') ? host.endsWith(name!) : host === name)

function readEntry(text: string): Entry {
  const block = parseBlock(text.replace(/^\[(.*)\]$/, '$1'))
  if (block) return { block, name: null, port: null }
  const [, before = text, digits] = /^(.*):(\d{1,5})$/.exec(text) ?? []
  const isBelow = before.startsWith('*.')
  const host = canonicalHost(isBelow ? before.slice(2) : before)
  if (!host) throw refuse(text)
  const port = digits === undefined ? null : Number(digits)
  const single = parseBlock(host)
  return { block: single ?? null, name: single ? null : `${isBelow ? '.' : ''}${host}`, port }
}

const refuse = (entry: string) =>
  new AppError('INVALID', `${definitions.egressAllow.name} is not usable: "${entry}" is no host, host:port, address or CIDR block.`, {
    setting: definitions.egressAllow.name,
    entry,
  })
