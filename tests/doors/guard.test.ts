import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listFlows } from '../../src/core/flows/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { startServer } from '../support/server.ts'
import { knock, openSocket, upgrade } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

const json = { 'content-type': 'application/json' }
const body = '{"name":"made"}'
const graphqlBody = '{"query":"mutation { createFlow(input: { name: \\"made\\" }) { isNew } }"}'
const flowNames = async (doors: Doors) => (await listFlows(doors.house.as(owner), {})).nodes.map(flow => flow.name)

describe('on a loopback address', () => {
  let doors: Doors
  beforeAll(async () => {
    doors = await openDoors({ CASTELLAN_SERVER_EXTERNAL_HOSTS: 'flows.example, Other.Example' })
  })
  afterAll(() => doors.close())

  const places = ['/', '/api/health', '/graphql', '/runs/flow-run/x']

  test.each([
    'evil.example',
    'evil.example:4200',
    '127.0.0.1.evil.example',
    'localhost.evil.example:80',
    'localhost.',
    '10.0.0.1',
    '0.0.0.0',
    'xlocalhost',
    '1127.0.0.1',
    '127.0.0.1@evil.example',
  ])('a name that is not its own is answered 421, wherever it knocks: %s', async host => {
    for (const path of places) {
      const answer = await knock(doors.port, { path, headers: { host } })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        421,
        { detail: `This server does not answer to the host ${host}. Add it to CASTELLAN_SERVER_EXTERNAL_HOSTS if it is yours.` },
      ])
    }
    for (const path of ['/graphql', '/api/events/in']) expect((await upgrade(doors.port, path, { host })).status).toBe(421)
    expect((await knock(doors.port, { method: 'POST', path: '/api/flows/', headers: { ...json, host }, body })).status).toBe(421)
    expect(await flowNames(doors)).toEqual([])
  })

  test.each([
    'localhost',
    'LOCALHOST:4200',
    '127.0.0.1',
    '127.9.8.7:1',
    '[::1]',
    '[::1]:4200',
    'flows.example',
    'flows.example:443',
    'other.example',
  ])('its own names are: %s', async host => {
    expect((await knock(doors.port, { path: '/api/health', headers: { host } })).status).toBe(200)
    expect((await upgrade(doors.port, '/api/events/in', { host })).status).toBe(101)
  })
})

describe('a page of another origin', () => {
  let doors: Doors
  beforeAll(async () => {
    doors = await openDoors({ PREFECT_SERVER_CORS_ALLOWED_ORIGINS: 'https://ui.example' })
  })
  afterAll(() => doors.close())

  const foreign: readonly Record<string, string>[] = [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'https://ui.example.evil.example' },
    { origin: 'https://ui.example:8443' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ]
  const spellings = [
    '/api/flows/',
    '/api/flows',
    '/api/workspaces/default/flows/',
    '/%61pi/flows/',
    '/api%2fflows/',
    '/ap%69/flows/?x=1',
    '//api/flows/',
    '/API/flows/',
    '/./api/flows/',
    '/x/../api/flows/',
  ]

  test.each(foreign)('%j is refused a write, however the path is spelled, and nothing is made', async headers => {
    for (const path of spellings) {
      const answer = await knock(doors.port, { method: 'POST', path, headers: { ...json, ...headers }, body })
      expect({ path, status: answer.status }).toEqual({ path, status: 403 })
    }
    for (const path of ['/graphql', '/graphql/', '/%67raphql', '/workspaces/default/graphql']) {
      const answer = await knock(doors.port, { method: 'POST', path, headers: { ...json, ...headers }, body: graphqlBody })
      expect({ path, status: answer.status }).toEqual({ path, status: 403 })
    }
    expect(await flowNames(doors)).toEqual([])
  })

  test.each(foreign)('%j is refused a read', async headers => {
    for (const path of [
      '/api/health',
      '/api',
      '/api?x',
      '/%61pi/health',
      '/graphql',
      '/graphql?query=%7B__typename%7D',
      '/g%72aphql?query=%7B__typename%7D',
      '/workspaces/default/graphql?query=%7B__typename%7D',
    ]) {
      const answer = await knock(doors.port, { path, headers })
      expect({ path, status: answer.status, shared: answer.headers['access-control-allow-origin'] }).toEqual({
        path,
        status: 403,
        shared: undefined,
      })
    }
  })

  test.each(foreign)('%j is refused every upgrade, however the path is spelled', async headers => {
    for (const path of [
      '/graphql',
      '/api/events/in',
      '/workspaces/default/graphql',
      '/api/workspaces/default/events/in',
      '//x/graphql',
      '/x/../graphql',
      '/%67raphql',
      '/nowhere',
    ]) {
      expect({ path, status: (await upgrade(doors.port, path, headers)).status }).toEqual({ path, status: 403 })
    }
  })

  test('a path that cannot be read reaches nothing', async () => {
    expect((await knock(doors.port, { method: 'POST', path: '/%zz/api/flows/', headers: json, body })).status).toBe(400)
    expect((await upgrade(doors.port, '/%zz/graphql', { origin: 'http://evil.example' })).status).toBe(403)
    expect(await flowNames(doors)).toEqual([])
  })

  test('a refusal says who asked, and which setting would let it in', async () => {
    const answer = await knock(doors.port, { path: '/api/health', headers: { origin: 'http://evil.example' } })
    expect(JSON.parse(answer.text)).toEqual({
      detail:
        'Pages of http://evil.example may not call this server. Add the origin to CASTELLAN_SERVER_CORS_ALLOWED_ORIGINS if they should.',
    })
  })

  test('may still be followed by a link to a page', async () => {
    const answer = await knock(doors.port, {
      path: '/runs/flow-run/1',
      headers: { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    })
    expect(answer.status).not.toBe(403)
  })

  test.each([
    {},
    { origin: 'OWN' },
    { origin: 'OWN', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin' },
  ])('but its own page, or a program, is let in: %j', async headers => {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === 'OWN' ? doors.url : value]))
    expect((await knock(doors.port, { path: '/api/health', headers: own })).status).toBe(200)
    expect((await upgrade(doors.port, '/graphql', own)).status).toBe(101)
  })

  test('of a listed origin may ask, may read the answer, and its preflight is answered without credentials', async () => {
    const origin = 'https://ui.example'
    const preflight = await knock(doors.port, {
      method: 'OPTIONS',
      path: '/api/flows/',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
        'sec-fetch-site': 'cross-site',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      vary: 'Origin',
    })
    const answer = await knock(doors.port, {
      method: 'POST',
      path: '/graphql',
      headers: { ...json, origin, 'sec-fetch-site': 'cross-site' },
      body: '{"query":"{ __typename }"}',
    })
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, origin])
    expect((await upgrade(doors.port, '/graphql', { origin, 'sec-fetch-site': 'cross-site' })).status).toBe(101)
    expect(doors.house.unknownRoutes.list(doors.house.as(owner).workspace.id).map(route => route.method)).not.toContain('OPTIONS')
  })

  test('of no listed origin gets no preflight', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'POST' }
    for (const path of ['/api/flows/', '/graphql', '/api/health']) {
      const answer = await knock(doors.port, { method: 'OPTIONS', path, headers })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined])
    }
  })
})

describe('a body', () => {
  let doors: Doors
  beforeAll(async () => {
    doors = await openDoors()
  })
  afterAll(() => doors.close())

  test.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/xml',
    'text/json',
    'application/json+evil',
  ])('of type %s is answered 415 and does nothing', async type => {
    for (const [path, text] of [
      ['/api/flows/', body],
      ['/graphql', graphqlBody],
    ] as const) {
      const answer = await knock(doors.port, { method: 'POST', path, headers: { 'content-type': type }, body: text })
      expect({ path, status: answer.status }).toEqual({ path, status: 415 })
    }
    expect(await flowNames(doors)).toEqual([])
  })

  test.each([{ origin: 'OWN' }, { 'sec-fetch-mode': 'no-cors' }, { 'sec-fetch-site': 'same-origin' }])(
    'without a type from a browser is answered 415: %j',
    async headers => {
      const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === 'OWN' ? doors.url : value]))
      const answer = await knock(doors.port, { method: 'POST', path: '/api/flows/', headers: own, body })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([415, { detail: 'A body needs the header Content-Type: application/json.' }])
      expect(await flowNames(doors)).toEqual([])
    },
  )

  test('without a type from a program is JSON, as older SDKs send it', async () => {
    expect((await knock(doors.port, { method: 'POST', path: '/api/flows/', body })).status).toBe(201)
    expect(
      (
        await knock(doors.port, {
          method: 'POST',
          path: '/api/flows/',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body,
        })
      ).status,
    ).toBe(200)
  })

  test('over GET, GraphQL answers queries and makes nothing', async () => {
    const ask = (query: string) => knock(doors.port, { path: `/graphql?query=${encodeURIComponent(query)}` })
    expect(JSON.parse((await ask('{ __typename }')).text)).toEqual({ data: { __typename: 'Query' } })
    const refused = await ask('mutation { createFlow(input: { name: "by-get" }) { isNew } }')
    expect([refused.status, refused.headers.allow]).toEqual([405, 'POST'])
    expect(await flowNames(doors)).not.toContain('by-get')
  })
})

describe('with an auth string', () => {
  let doors: Doors
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  beforeAll(async () => {
    doors = await openDoors({ PREFECT_SERVER_API_AUTH_STRING: 'ada:love:lace', PREFECT_SERVER_CORS_ALLOWED_ORIGINS: 'https://ui.example' })
  })
  afterAll(() => doors.close())

  const wrong: readonly Record<string, string>[] = [
    {},
    basic('ada'),
    basic('ada:love'),
    basic('ada:love:lacf'),
    basic('ADA:love:lace'),
    { authorization: 'Bearer ada:love:lace' },
    { authorization: 'ada:love:lace' },
    { authorization: '' },
  ]

  test.each(wrong)('REST, GraphQL and pages are answered 401 in the peer’s shape: %j', async headers => {
    for (const path of [
      '/api/version',
      '/api/nowhere',
      '/api/workspaces/default/version',
      '/api/workspaces/nowhere/health',
      '/graphql',
      '/',
      '/runs/flow-run/1',
      '/favicon.svg',
      '/api/health/../version',
      '/api/healthy',
      '/api/ready/x',
      '/graphql?/api/health',
    ]) {
      const answer = await knock(doors.port, { path, headers })
      expect({ path, status: answer.status, body: answer.text, challenge: answer.headers['www-authenticate'] }).toEqual({
        path,
        status: 401,
        body: '{"exception_message":"Unauthorized"}',
        challenge: 'Basic realm="Castellan", charset="UTF-8"',
      })
    }
    const posted = await knock(doors.port, { method: 'POST', path: '/api/flows/', headers: { ...json, ...headers }, body })
    expect(posted.status).toBe(401)
    expect(await flowNames(doors)).toEqual([])
  })

  test.each(wrong)('the graphql-ws upgrade is answered 401, also where there is no such workspace: %j', async headers => {
    const before = doors.house.statements.length
    for (const path of ['/graphql', '/workspaces/default/graphql', '/workspaces/nowhere/graphql', '/nowhere'])
      expect((await upgrade(doors.port, path, headers)).status).toBe(401)
    expect(doors.house.statements.slice(before)).toEqual([])
  })

  test('health and readiness need none, as at the peer', async () => {
    for (const path of ['/api/health', '/api/health/', '/api/health?x=1', '/api/ready'])
      expect((await knock(doors.port, { path })).status).toBe(200)
  })

  test('the right string opens REST, GraphQL and its socket', async () => {
    const headers = basic('ada:love:lace')
    expect((await knock(doors.port, { path: '/api/version', headers })).status).toBe(200)
    expect((await knock(doors.port, { path: '/graphql?query=%7B__typename%7D', headers })).status).toBe(200)
    expect((await upgrade(doors.port, '/graphql', headers)).status).toBe(101)
  })

  test.each(['null', '""', '"ada:love"', '"YWRhOmxvdmU6bGFjZQ=="', '{}', '["ada:love:lace"]', '7'])(
    'an event socket with the token %s is closed with 1008',
    async token => {
      const socket = await openSocket(`ws://127.0.0.1:${doors.port}/api/events/in`, 'prefect')
      socket.socket.send(`{"type":"auth","token":${token}}`)
      expect(await socket.closed).toEqual({ code: 1008, reason: 'Unauthorized' })
      expect(socket.messages).toEqual([])
    },
  )

  test('an event socket takes the string as it is, whatever its upgrade carried', async () => {
    const socket = await openSocket(`ws://127.0.0.1:${doors.port}/api/events/in`, 'prefect')
    socket.socket.send('{"type":"auth","token":"ada:love:lace"}')
    expect(await socket.next()).toBe('{"type":"auth_success"}')
    socket.socket.close()
  })

  test('the right string does not open a door to a foreign page', async () => {
    const headers = { ...basic('ada:love:lace'), origin: 'http://evil.example', ...json }
    expect((await knock(doors.port, { method: 'POST', path: '/api/flows/', headers, body })).status).toBe(403)
    expect((await upgrade(doors.port, '/graphql', headers)).status).toBe(403)
  })

  test('a preflight carries no credentials and needs none', async () => {
    const headers = { origin: 'https://ui.example', 'access-control-request-method': 'POST' }
    expect((await knock(doors.port, { method: 'OPTIONS', path: '/api/flows/', headers })).status).toBe(204)
    expect((await knock(doors.port, { method: 'OPTIONS', path: '/api/flows/' })).status).toBe(401)
  })
})

describe('an address that others can reach', () => {
  test('is bound with an auth string, and answers to any name', async () => {
    const server = await startServer({ args: ['--host', '0.0.0.0'], env: { PREFECT_SERVER_API_AUTH_STRING: 'ada:lovelace' } })
    expect((await knock(server.port, { path: '/api/health', headers: { host: 'castellan.internal:4200' } })).status).toBe(200)
    expect((await knock(server.port, { path: '/api/version', headers: { host: 'castellan.internal:4200' } })).status).toBe(401)
    expect((await knock(server.port, { path: '/api/health', headers: { origin: 'http://evil.example' } })).status).toBe(403)
    await server.dispose()
  })
})
