// A session of the SDK as its requests and the answers of the peer's own server, and the same requests asked of another server.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Exchange {
  readonly method: string
  /** Below `/api`. */
  readonly path: string
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

/** A proxy before a server that keeps what passes. Sockets are not passed on: the SDK goes on without them. */
export async function recordThrough(api: string): Promise<{ url: string; stop(): Promise<readonly Exchange[]> }> {
  const exchanges: Exchange[] = []
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    const path = request.url!.replace(/^\/api/, '')
    const headers = { 'content-type': 'application/json', 'user-agent': String(request.headers['user-agent']) }
    const answer = await fetch(api + path, { method: request.method!, headers, ...(body ? { body } : {}) })
    const text = await answer.text()
    exchanges.push({ method: request.method!, path, body: parse(body), status: answer.status, answer: parse(text) })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    async stop() {
      server.closeAllConnections()
      server.close()
      return exchanges
    },
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const isTime = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)

export interface TraceDifference {
  readonly request: string
  /** Where in the answer; `status` for the status. */
  readonly place: string
  readonly theirs: unknown
  readonly ours: unknown
}

/** Asks every request of the trace of a server, ids exchanged for those it has given, and answers where its answers differ. */
export async function replay(trace: readonly Exchange[], api: string): Promise<TraceDifference[]> {
  const ids = new Map<string, string>()
  const translated = (text: string): string => text.replace(uuid, id => ids.get(id) ?? id)
  const differences: TraceDifference[] = []

  for (const { method, path, body, status, answer } of trace) {
    const request = `${method} ${path.replace(uuid, '{id}').replace(/\?.*$/, '')}`
    const headers = { 'content-type': 'application/json', 'user-agent': 'prefect/3.8.8 (API 0.8.4)' }
    const text = body === undefined ? undefined : translated(JSON.stringify(body))
    const response = await fetch(api + translated(path), { method, headers, ...(text === undefined ? {} : { body: text }) })
    const differ = (place: string, theirs: unknown, ours: unknown) => void differences.push({ request, place, theirs, ours })
    if (response.status !== status) differ('status', status, response.status)
    compare(answer, parse(await response.text()), '', differ)
  }
  return differences

  function compare(theirs: unknown, ours: unknown, place: string, differ: (place: string, theirs: unknown, ours: unknown) => void): void {
    if (typeof theirs === 'string' && typeof ours === 'string' && theirs.match(uuid)?.[0] === theirs && ours.match(uuid)?.[0] === ours) {
      const known = ids.get(theirs)
      if (known === undefined) ids.set(theirs, ours)
      else if (known !== ours) differ(place, `${theirs}, which was ${known}`, ours)
    } else if (Array.isArray(theirs) && Array.isArray(ours)) {
      if (theirs.length !== ours.length) differ(`${place}.length`, theirs.length, ours.length)
      theirs.forEach((one, index) => compare(one, ours[index], `${place}[]`, differ))
    } else if (isObject(theirs) && isObject(ours)) {
      for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) compare(theirs[key], ours[key], `${place}.${key}`, differ)
    } else if (!(isTime(theirs) && isTime(ours)) && theirs !== ours) differ(place, theirs, ours)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
