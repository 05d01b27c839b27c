import { connect, type LookupFunction, type Socket } from 'node:net'
import type { buildConnector } from 'undici'
import type { CheckedAddress, Guard } from './guard.ts'

type Connector = buildConnector.connector
type BuildConnector = (options: buildConnector.BuildOptions) => Connector

/** Answers what was found before, whoever asks: the connection goes to an address that was checked. */
export const pinned =
  (addresses: readonly CheckedAddress[]): LookupFunction =>
  (_host, options, callback) => {
    const fitting = addresses.filter(({ family }) => !options.family || options.family === family)
    const first = fitting[0]
    if (!first) return callback(Object.assign(new Error('No address of this family.'), { code: 'ENOTFOUND' }), '', 0)
    if (options.all) callback(null, [...fitting])
    else callback(null, first.address, first.family)
  }

interface ConnectorParts {
  readonly guard: Guard
  readonly build: BuildConnector
  readonly ca: readonly string[] | undefined
  readonly timeoutMilliseconds: number
  readonly arePrivateRefused: boolean
}

/** For undici: each connection is checked, then made to what was checked. The host stays in the Host header and in the TLS handshake. */
export function checkedConnector({ guard, build, ca, timeoutMilliseconds, arePrivateRefused }: ConnectorParts): Connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    guard.check(options.hostname, port, arePrivateRefused).then(
      addresses => {
        const make = build({
          timeout: timeoutMilliseconds,
          allowH2: false,
          lookup: pinned(addresses),
          ...(ca ? { ca: [...ca] } : {}),
        } as buildConnector.BuildOptions)
        make(options, callback)
      },
      (error: Error) => callback(error, null),
    )
  }
}

/** A bare connection to an address that was checked. */
export async function connectChecked(guard: Guard, host: string, port: number, timeoutMilliseconds: number): Promise<Socket> {
  const addresses = await guard.check(host, port)
  const socket = connect({ host, port, lookup: pinned(addresses), autoSelectFamily: true, timeout: timeoutMilliseconds })
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  socket.once('connect', () => resolve(socket.setTimeout(0)))
  socket.once('timeout', () => socket.destroy(new Error(`${host} did not take the connection within ${timeoutMilliseconds / 1000} s.`)))
  socket.once('error', reject)
  return promise.finally(() => socket.removeAllListeners('timeout'))
}
