import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents } from '../../src/core/events/index.ts'
import { listFlows } from '../../src/core/flows/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { launchBrowser, missingBrowser } from '../support/browser.ts'
import { describeUnless } from '../support/skip.ts'
import { type Doors, openDoors } from './house.ts'
import { until } from './subscription.ts'

const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const authString = 'ada:lovelace'

/** A page that tries everything a page can try, and answers what it could read. Runs in the browser. */
async function attack({ target, eventId, token }: { target: string; eventId: string; token: string | null }): Promise<string[]> {
  const reads: string[] = []
  const mutation = (name: string) => `mutation { createFlow(input: { name: "${name}" }) { isNew } }`
  const socketTarget = target.replace('http', 'ws')
  const quietly = async (what: string, attempt: () => Promise<string | undefined | false>) => {
    const read = await attempt().catch(() => undefined)
    if (read) reads.push(`${what}: ${read.slice(0, 80)}`)
  }

  const post = (path: string, enctype: string, name: string, value: string) =>
    new Promise<undefined>(resolve => {
      const frame = document.createElement('iframe')
      frame.name = `frame-${Math.random()}`
      document.body.append(frame)
      const form = Object.assign(document.createElement('form'), { method: 'POST', action: target + path, enctype, target: frame.name })
      form.append(Object.assign(document.createElement('input'), { name, value }))
      document.body.append(form)
      frame.onload = () => {
        if (frame.contentDocument?.body?.textContent) reads.push(`form ${path}: ${frame.contentDocument.body.textContent}`)
        resolve(undefined)
      }
      form.submit()
    })

  const image = (path: string) =>
    new Promise<string | undefined>(resolve => {
      const picture = new Image()
      picture.onload = () => resolve('an image')
      picture.onerror = () => resolve(undefined)
      picture.src = target + path
    })

  const script = (path: string) =>
    new Promise<undefined>(resolve => {
      const element = document.createElement('script')
      element.onload = element.onerror = () => resolve(undefined)
      element.src = target + path
      document.head.append(element)
    })

  const events = (path: string, withCredentials: boolean) =>
    new Promise<string | undefined>(resolve => {
      const source = new EventSource(target + path, { withCredentials })
      const end = (read?: string) => {
        source.close()
        resolve(read)
      }
      source.addEventListener('next', event => end(event.data))
      source.onopen = () => end('an open stream')
      source.onerror = () => end()
    })

  const socket = (path: string, protocol: string, frames: string[]) =>
    new Promise<string | undefined>(resolve => {
      const open = new WebSocket(socketTarget + path, protocol)
      open.onopen = () => reads.push(`a socket opened at ${path}`)
      open.onmessage = event => {
        reads.push(`socket ${path}: ${event.data}`)
        const next = frames.shift()
        if (next) open.send(next)
        // The event socket never answers an event.
        if (!next || path.startsWith('/api')) open.close()
      }
      open.addEventListener('open', () => open.send(frames.shift()!))
      open.onclose = () => resolve(undefined)
    })

  const ask = async (path: string, init: RequestInit) => {
    const answer = await fetch(target + path, init)
    return (await answer.text()) || (answer.type === 'opaque' ? undefined : `status ${answer.status}`)
  }

  const json = { 'content-type': 'application/json' }
  const event = JSON.stringify({
    id: eventId,
    occurred: '2026-11-25T13:00:00Z',
    event: 'page.attacked',
    resource: { 'prefect.resource.id': 'page' },
  })
  for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    await post('/api/flows/', enctype, '{"name":"form', '"}')
    await post('/graphql', enctype, 'query', mutation('form'))
  }
  for (const credentials of ['omit', 'include'] as const) {
    for (const path of ['/api/flows/', '/%61pi/flows/', '//api/flows/']) {
      await quietly('typeless blob', () => ask(path, { method: 'POST', mode: 'no-cors', credentials, body: new Blob(['{"name":"blob"}']) }))
      await quietly('typeless buffer', () =>
        ask(path, { method: 'POST', mode: 'no-cors', credentials, body: new TextEncoder().encode('{"name":"buffer"}') }),
      )
      await quietly('text', () => ask(path, { method: 'POST', mode: 'no-cors', credentials, body: '{"name":"text"}' }))
      await quietly('json', () => ask(path, { method: 'POST', credentials, headers: json, body: '{"name":"json"}' }))
    }
    await quietly('graphql json', () =>
      ask('/graphql', { method: 'POST', credentials, headers: json, body: JSON.stringify({ query: mutation('graphql') }) }),
    )
    await quietly('graphql blob', () =>
      ask('/graphql', { method: 'POST', mode: 'no-cors', credentials, body: new Blob([JSON.stringify({ query: mutation('blob') })]) }),
    )
    await quietly('graphql get', () => ask(`/graphql?query=${encodeURIComponent(mutation('get'))}`, { mode: 'no-cors', credentials }))
    await quietly('rest get', () => ask('/api/version', { credentials }))
    await quietly('graphql query', () => ask(`/graphql?query=${encodeURIComponent('{ server { version } }')}`, { credentials }))
    await quietly('authorised', () => ask('/api/version', { headers: { authorization: 'Basic x' } }))
    await quietly('events', () =>
      events(`/graphql?query=${encodeURIComponent('subscription { eventOccurred { cursor } }')}`, credentials === 'include'),
    )
  }
  navigator.sendBeacon(`${target}/api/flows/?beacon`, new Blob(['{"name":"beacon"}']))
  navigator.sendBeacon(`${target}/graphql?beacon`, new Blob([JSON.stringify({ query: mutation('beacon') })]))
  await quietly('image', () => image(`/graphql?query=${encodeURIComponent(mutation('image'))}`))
  await script('/api/version')
  await quietly('graphql socket', () =>
    socket('/graphql', 'graphql-transport-ws', [
      '{"type":"connection_init"}',
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query: mutation('socket') } }),
    ]),
  )
  await quietly('graphql socket aside', () =>
    socket('//x/graphql', 'graphql-transport-ws', [
      '{"type":"connection_init"}',
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query: mutation('aside') } }),
    ]),
  )
  await quietly('event socket', () => socket('/api/events/in', 'prefect', [JSON.stringify({ type: 'auth', token }), event]))
  return reads
}

describeUnless(missingBrowser(), 'a page of another origin, in a real browser', () => {
  let browser: Browser
  let pages: Server
  let pagesPort: number
  beforeAll(async () => {
    browser = await launchBrowser({
      // Newer browsers keep foreign pages from the local network by themselves; here the server must.
      args: [
        ...quiet,
        '--host-resolver-rules=MAP *.example 127.0.0.1',
        '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
      ],
    })
    pages = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title><body></body>'),
    )
    await new Promise<void>(resolve => pages.listen(0, '127.0.0.1', resolve))
    pagesPort = (pages.address() as AddressInfo).port
  })
  afterAll(async () => {
    await browser.close()
    pages.closeAllConnections()
    pages.close()
  })

  /** What the page read, and what stands in the server afterwards. */
  async function outcomeOf(doors: Doors, context: BrowserContext, origin: string, target: string, token: string | null) {
    const asked: string[] = []
    for (const kind of ['request', 'upgrade']) doors.listener.app.server.on(kind, request => asked.push(request.url))
    const page = await context.newPage()
    await page.goto(origin)
    const eventId = doors.house.ids.uuid()
    const reads = await page.evaluate(attack, { target, eventId, token })
    await until(() => asked.filter(url => url.endsWith('?beacon')).length === 2)
    await page.goto('about:blank')
    await doors.house.batcher.drain()
    const ctx = doors.house.as(owner)
    return {
      reads,
      asked,
      writes: [
        ...(await listFlows(ctx, { first: 200 })).nodes.map(flow => flow.name),
        ...(await listEvents(ctx, { first: 200 })).nodes.map(event => event.event),
      ],
    }
  }

  const origins = () => [`http://127.0.0.1:${pagesPort}`, `http://localhost:${pagesPort}`, `http://evil.example:${pagesPort}`]

  test('reads nothing and writes nothing where nobody has to say who they are', async () => {
    for (const origin of origins()) {
      const doors = await openDoors()
      const context = await browser.newContext()
      const { reads, writes, asked } = await outcomeOf(doors, context, origin, doors.url, null)
      expect({ origin, reads, writes }).toEqual({ origin, reads: [], writes: [] })
      expect(asked.length).toBeGreaterThan(30)
      await context.close()
      await doors.close()
    }
  })

  test('reads nothing and writes nothing while the visitor is logged in', async () => {
    for (const origin of origins()) {
      const doors = await openDoors({ PREFECT_SERVER_API_AUTH_STRING: authString })
      const [username, password] = authString.split(':') as [string, string]
      const context = await browser.newContext({ httpCredentials: { username, password, origin: doors.url } })
      const visit = await context.newPage()
      expect((await visit.goto(`${doors.url}/api/version`))!.status()).toBe(200)
      const { reads, writes } = await outcomeOf(doors, context, origin, doors.url, null)
      expect({ origin, reads, writes }).toEqual({ origin, reads: [], writes: [] })
      await context.close()
      await doors.close()
    }
  })

  test('reads nothing and writes nothing under a name that was bent to this machine', async () => {
    const doors = await openDoors()
    const context = await browser.newContext()
    const rebound = `http://rebound.example:${doors.port}`
    const page = await context.newPage()
    expect((await page.goto(rebound))!.status()).toBe(421)
    // The page that the attacker served under this name before the name was bent.
    await page.route(`${rebound}/page`, route => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }))
    await page.goto(`${rebound}/page`)
    const answers = await page.evaluate(async () => {
      const seen: unknown[] = []
      for (const [path, init] of [
        ['/api/version', {}],
        ['/graphql?query={__typename}', {}],
        ['/api/flows/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"rebound"}' }],
      ] as const) {
        seen.push((await fetch(path, init)).status)
      }
      for (const path of ['/graphql', '/api/events/in']) {
        seen.push(
          await new Promise(resolve => {
            const socket = new WebSocket(path)
            socket.onopen = () => resolve('open')
            socket.onerror = () => resolve('refused')
          }),
        )
      }
      return seen
    })
    expect(answers).toEqual([421, 421, 421, 'refused', 'refused'])
    expect((await listFlows(doors.house.as(owner), {})).nodes).toEqual([])
    await context.close()
    await doors.close()
  })

  describe('that is listed', () => {
    test('reads and writes, so that the attempts are known to bite', async () => {
      const origin = `http://friend.example:${pagesPort}`
      const doors = await openDoors({ PREFECT_SERVER_CORS_ALLOWED_ORIGINS: origin })
      const context = await browser.newContext()
      const { reads, writes } = await outcomeOf(doors, context, origin, doors.url, null)
      for (const what of [
        'json: ',
        'rest get: ',
        'graphql query: ',
        'graphql json: ',
        'events: ',
        'socket /graphql: ',
        'socket /api/events/in: ',
      ]) {
        expect({ what, isRead: reads.some(read => read.startsWith(what)) }).toEqual({ what, isRead: true })
      }
      expect(writes.toSorted()).toEqual([
        'graphql',
        'json',
        'page.attacked',
        'prefect.flow.created',
        'prefect.flow.created',
        'prefect.flow.created',
        'socket',
      ])
      await context.close()
      await doors.close()
    })
  })
})
