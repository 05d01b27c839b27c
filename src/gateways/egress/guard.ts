import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import type { Clock } from '../../kernel/clock.ts'
import { definitions } from '../../kernel/settings.ts'
import { type Address, canonicalHost, hostWithPort, parseAddress } from './address.ts'
import { embeddedIn, kindOfAddress } from './address-kind.ts'
import type { AllowList } from './allow-list.ts'

/** A connection that is not made, however often it is tried. Its message is for people, and names no secret. */
export class EgressRefusal extends Error {
  override readonly name = 'EgressRefusal'
}

export interface CheckedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Every address of a host, as the system knows them. */
export type Resolve = (host: string) => Promise<readonly CheckedAddress[]>

export const systemResolve: Resolve = async host => (await lookup(host, { all: true, verbatim: true })) as CheckedAddress[]

export interface BoundAddress {
  readonly host: string
  readonly port: number
}

export interface GuardParts {
  readonly allowList: AllowList
  readonly resolve: Resolve
  readonly clock: Clock
  /** Where this server listens itself. */
  readonly listeners: () => readonly BoundAddress[]
}

export interface Guard {
  /** The addresses of a host that may be connected to: all of them, resolved once. Throws EgressRefusal when one of them may not. */
  check(host: string, port: number, arePrivateRefused?: boolean): Promise<readonly CheckedAddress[]>
  /** What can be said of a host without asking for its addresses: another resolves it. */
  checkName(host: string, port: number, arePrivateRefused?: boolean): void
}

const RESOLUTION_MILLISECONDS = 5000

export function createGuard({ allowList, resolve, clock, listeners }: GuardParts): Guard {
  const judge = (host: string, port: number, found: CheckedAddress, arePrivateRefused: boolean) => {
    const address = parseAddress(found.address)
    if (!address) throw new EgressRefusal(`${host} leads to ${found.address}, which is no address that can be checked.`)
    const { reach, called } = kindOfAddress(address)
    if (reach === 'forbidden') throw new EgressRefusal(`${leads(host, called)}: such addresses are never connected to.`)
    if (isOwn(address, port, listeners()))
      throw new EgressRefusal(`${hostWithPort(host, port)} is this server itself: it never connects to itself.`)
    if (reach === 'public') return
    if (arePrivateRefused) throw new EgressRefusal(`${leads(host, called)}, and this channel allows no private addresses.`)
    if (!allowList.allows(host, port, address)) throw refuseUnlisted(host, port, called)
  }
  const admit = (host: string): string => {
    const canonical = canonicalHost(host)
    if (!canonical) throw new EgressRefusal('The host is no host name and no address.')
    return canonical
  }

  return {
    async check(host, port, arePrivateRefused = false) {
      const name = admit(host)
      const literal = parseAddress(name)
      const addresses = literal ? [{ address: name, family: literal.family }] : await within(resolve(name), name, clock)
      if (addresses.length === 0) throw new Error(`${name} has no address.`)
      for (const address of addresses) judge(name, port, address, arePrivateRefused)
      return addresses
    },
    checkName(host, port, arePrivateRefused = false) {
      const name = admit(host)
      const literal = parseAddress(name)
      if (literal) return judge(name, port, { address: name, family: literal.family }, arePrivateRefused)
      if (/(^|\.)metadata(\.|$)/.test(name)) throw new EgressRefusal(`${name} is a name of cloud metadata: it is never asked for.`)
      if (/(^|\.)localhost$/.test(name)) judge(name, port, { address: '127.0.0.1', family: 4 }, arePrivateRefused)
    },
  }
}

const leads = (host: string, called: string): string =>
  parseAddress(host) ? `${host} is a ${called} address` : `${host} leads to a ${called} address`

function refuseUnlisted(host: string, port: number, called: string): EgressRefusal {
  const { name } = definitions.egressAllow
  return new EgressRefusal(
    `${leads(host, called)}. To allow it, set ${name}=${hostWithPort(host, port)} (behind a comma, if others stand there) and restart the server.`,
  )
}

/** A name server that does not answer must not hold what waits for it. */
function within<T>(promise: Promise<T>, host: string, clock: Clock): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = clock.after(RESOLUTION_MILLISECONDS, () =>
    reject(new Error(`The addresses of ${host} were not found within ${RESOLUTION_MILLISECONDS / 1000} s.`)),
  )
  return Promise.race([promise, late]).finally(() => timer.stop())
}

function isOwn(address: Address, port: number, listeners: readonly BoundAddress[]): boolean {
  const samePort = listeners.filter(listener => listener.port === port)
  if (samePort.length === 0) return false
  const own = Object.values(networkInterfaces()).flatMap(all => all ?? [])
  const isHere = (one: Address) =>
    kindOfAddress(one).called === 'loopback' || own.some(({ address: text }) => isSame(parseAddress(text.replace(/%.*$/, '')), one))
  return [address, ...embeddedIn(address)].some(isHere)
}

const isSame = (a: Address | undefined, b: Address): boolean => a?.family === b.family && a.value === b.value
