/** One way to spell `PREFECT_API_URL`, and whether it works as the server is bound now. */
export interface ApiUrl {
  readonly kind: 'HOST' | 'CONTAINER' | 'LAN'
  readonly url: string
  readonly isReachable: boolean
  readonly reason: string
}

interface Bound {
  readonly host: string
  readonly port: number
  readonly lanAddress: string | null
}

/** From this machine, from a container on it, and from another machine of the network. */
export function apiUrls({ host, port, lanAddress }: Bound): readonly ApiUrl[] {
  const isLoopbackOnly = /^(localhost|::1|127(\.\d{1,3}){3})$/.test(host)
  const outside = isLoopbackOnly
    ? { isReachable: false, reason: 'The server listens on this machine alone. Start it with --host 0.0.0.0 to be reached from here.' }
    : { isReachable: true, reason: `The server listens on ${host}.` }
  return [
    { kind: 'HOST', url: `http://127.0.0.1:${port}/api`, isReachable: true, reason: 'From a terminal on this machine.' },
    { kind: 'CONTAINER', url: `http://host.docker.internal:${port}/api`, ...outside },
    { kind: 'LAN', url: `http://${lanAddress ?? '<this machine>'}:${port}/api`, ...outside },
  ]
}
