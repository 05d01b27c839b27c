import { type Address, type Block, isWithin, parseBlock } from './address.ts'

/** `public` is reached, `private` if it is listed, `forbidden` never. */
export interface AddressKind {
  readonly reach: 'public' | 'private' | 'forbidden'
  /** Its kind, for a refusal: "loopback". */
  readonly called: string
}

const kinds = (reach: AddressKind['reach'], called: string, ...blocks: string[]) =>
  blocks.map(text => ({ block: parseBlock(text)!, kind: { reach, called } as AddressKind }))

// IANA's special-purpose registries, and where clouds keep the credentials of their machines. The first that fits is meant.
const special: readonly { block: Block; kind: AddressKind }[] = [
  ...kinds('forbidden', 'cloud metadata', '169.254.169.254', '169.254.170.2', '169.254.170.23', '100.100.100.200', '168.63.129.16'),
  ...kinds('forbidden', 'cloud metadata', '192.0.0.192', 'fd00:ec2::/32', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe', 'fd00:42::42'),
  ...kinds('forbidden', 'unspecified', '0.0.0.0/8', '::'),
  ...kinds('forbidden', 'link-local', '169.254.0.0/16', 'fe80::/10'),
  ...kinds('forbidden', 'multicast', '224.0.0.0/4', 'ff00::/8'),
  ...kinds('forbidden', 'broadcast', '255.255.255.255'),
  ...kinds('private', 'loopback', '127.0.0.0/8', '::1'),
  ...kinds('private', 'private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'),
  ...kinds('private', 'reserved', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'),
  ...kinds(
    'private',
    'reserved',
    '240.0.0.0/4',
    '64:ff9b:1::/48',
    '100::/64',
    '2001:10::/28',
    '2001:20::/28',
    '2001:db8::/32',
    '3fff::/20',
  ),
]

const globalUnicast = parseBlock('2000::/3')!

export function kindOfAddress(address: Address): AddressKind {
  const own = special.find(({ block }) => isWithin(address, block))?.kind
  const within = embeddedIn(address).map(kindOfAddress)
  const worst = [own, ...within].filter(kind => kind !== undefined).sort((a, b) => rank[b.reach] - rank[a.reach])[0]
  if (worst) return worst
  if (address.family === 6 && !isWithin(address, globalUnicast)) return { reach: 'private', called: 'reserved' }
  return { reach: 'public', called: 'public' }
}

const rank = { public: 0, private: 1, forbidden: 2 } as const

const low = (value: bigint) => value & 0xffff_ffffn
const embeddings: readonly [Block, (value: bigint) => readonly bigint[]][] = [
  // IPv4-compatible, IPv4-mapped, IPv4-translated, NAT64 with the well-known and the local prefix.
  ...['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48'].map(
    text => [parseBlock(text)!, (value: bigint) => [low(value)]] as [Block, (value: bigint) => readonly bigint[]],
  ),
  // 6to4
  [parseBlock('2002::/16')!, value => [low(value >> 80n)]],
  // Teredo: the server, and the client with every bit turned round
  [parseBlock('2001::/32')!, value => [low(value >> 64n), low(value) ^ 0xffff_ffffn]],
]

/** IPv4 addresses to which a gateway would carry what is sent to this one. */
export function embeddedIn(address: Address): readonly Address[] {
  if (address.family === 4 || address.value <= 1n) return []
  const isIsatap = ((address.value >> 32n) & 0xfdff_ffffn) === 0x0000_5efen
  const found = embeddings.filter(([block]) => isWithin(address, block)).flatMap(([, extract]) => extract(address.value))
  return [...found, ...(isIsatap ? [low(address.value)] : [])].map(value => ({ family: 4, value }))
}
