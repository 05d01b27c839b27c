import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphql, knock } from './ask.ts'
import { secret } from './full-room.ts'
import { openTwoRooms, type TwoRooms } from './two-rooms.ts'

let rooms: TwoRooms
let before: readonly unknown[]
beforeAll(async () => {
  rooms = await openTwoRooms()
  before = await rooms.rowsOfFirst()
})
afterAll(() => rooms.doors.close())

describe('the REST door of another workspace', () => {
  const bodies: Readonly<Record<string, () => unknown>> = {
    'POST /flows/': () => ({ name: 'through rest' }),
    'POST /flow_runs/': () => ({ flow_id: rooms.first.flowId }),
    'POST /flow_runs/:id/set_state': () => ({ state: { type: 'RUNNING' }, force: true }),
    'POST /task_runs/': () => ({ flow_run_id: rooms.first.flowRunId, task_key: 'through', dynamic_key: 'rest' }),
    'POST /task_runs/:id/set_state': () => ({ state: { type: 'RUNNING' }, force: true }),
    'PATCH /task_runs/:id': () => ({ name: 'through rest' }),
    'POST /task_runs/history': () => ({
      history_start: '2026-01-01T00:00:00Z',
      history_end: '2027-01-01T00:00:00Z',
      history_interval_seconds: 86_400,
    }),
    'POST /task_workers/filter': () => ({}),
    'POST /logs/': () => [{ name: 'n', level: 20, message: 'm', timestamp: '2026-11-25T13:00:00Z', flow_run_id: rooms.first.flowRunId }],
    'POST /events': () => [],
    'POST /events/filter': () => ({}),
    'POST /events/count-by/:countable': () => ({ filter: {} }),
    'POST /block_types/': () => ({ name: 'Through rest', slug: 'through-rest' }),
    'PATCH /block_types/:id': () => ({ description: 'through rest' }),
    'POST /block_types/install_system_block_types': () => ({}),
    'POST /block_schemas/': () => ({ block_type_id: rooms.first.blockTypeId, fields: {} }),
    'POST /block_documents/': () => ({
      name: 'through-rest',
      block_type_id: rooms.first.blockTypeId,
      block_schema_id: rooms.first.blockSchemaId,
      data: { token: 'through rest' },
    }),
    'PATCH /block_documents/:id': () => ({ data: { token: 'through rest' } }),
    'POST /artifacts/': () => ({ flow_run_id: rooms.first.flowRunId, key: 'through-rest' }),
    'PATCH /artifacts/:id': () => ({ data: 'through rest' }),
    'POST /artifacts/latest/filter': () => ({}),
    'POST /artifacts/latest/count': () => ({}),
    'POST /flow_run_notification_policies/': () => ({ block_document_id: rooms.first.channelId }),
    'POST /flow_run_notification_policies/filter': () => ({}),
    'PATCH /flow_run_notification_policies/:id': () => ({ tags: ['through rest'] }),
    'PUT /saved_searches/': () => ({ name: 'through-rest' }),
    'POST /variables/': () => ({ name: 'through-rest', value: 1 }),
    'POST /deployments/': () => ({ flow_id: rooms.first.flowId, name: 'through rest' }),
    'PATCH /deployments/:id': () => ({ description: 'through rest' }),
    'POST /deployments/:id/create_flow_run': () => ({}),
    'PATCH /variables/name/:name': () => ({ value: 2 }),
    'PATCH /variables/:id': () => ({ value: 2 }),
    'PATCH /flows/:id': () => ({ tags: ['through rest'] }),
    'PATCH /flow_runs/:id': () => ({ name: 'through rest' }),
    'PATCH /flow_runs/:id/labels': () => ({ through: 'rest' }),
    'POST /flow_runs/:id/resume': () => ({}),
    'POST /flow_runs/:id/input': () => ({ key: 'through-rest', value: '1' }),
    'POST /flow_runs/:id/input/filter': () => ({ prefix: '' }),
    'POST /flow_runs/history': () => ({
      history_start: '2026-01-01T00:00:00Z',
      history_end: '2027-01-01T00:00:00Z',
      history_interval_seconds: 86_400,
    }),
    'POST /flow_runs/lateness': () => ({}),
    'POST /flow_runs/bulk_delete': () => ({ flow_runs: { id: { any_: [rooms.first.flowRunId] } } }),
    'POST /flow_runs/bulk_set_state': () => ({ flow_runs: { id: { any_: [rooms.first.flowRunId] } }, state: { type: 'FAILED' } }),
    'POST /flows/bulk_delete': () => ({ flows: { id: { any_: [rooms.first.flowId] } } }),
    ...Object.fromEntries(
      [
        'flows',
        'flow_runs',
        'task_runs',
        'deployments',
        'logs',
        'artifacts',
        'variables',
        'saved_searches',
        'block_types',
        'block_schemas',
        'block_documents',
      ].flatMap(noun => ['filter', 'count', 'paginate'].map(verb => [`POST /${noun}/${verb}`, () => ({})])),
    ),
  }
  const prefix = '/api/workspaces/:workspaceSlug'

  test('finds nothing of the first on any route, and changes nothing in it', async () => {
    const routes = rooms.doors.routes
      .filter(route => route.includes(prefix) && !/^(HEAD|OPTIONS) /.test(route))
      .map(route => route.replace(prefix, ''))
    expect(routes.length).toBeGreaterThan(10)
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string]
      if (method !== 'GET' && method !== 'DELETE') expect(Object.keys(bodies)).toContain(route)
      const noun = /^\/([a-z]+(?:_runs|_run_notification_policies|_types|_schemas|_documents|_searches)?)/.exec(path)![1]!
      const id =
        {
          flows: rooms.first.flowId,
          deployments: rooms.first.deploymentId,
          task_runs: rooms.first.taskRunId!,
          artifacts: rooms.first.artifactId!,
          block_types: rooms.first.blockTypeId!,
          block_schemas: rooms.first.blockSchemaId!,
          block_documents: rooms.first.blockDocumentId!,
          variables: rooms.first.variableId!,
          saved_searches: rooms.first.savedSearchId!,
          flow_run_notification_policies: rooms.first.notificationPolicyId!,
        }[noun] ?? rooms.first.flowRunId
      const body = bodies[route]?.()
      const answer = await knock(rooms.doors.port, {
        method,
        path: `/api/workspaces/blue${path
          .replace(':id', id)
          .replace(':flowName', secret)
          .replace(/:slug|:checksum/, secret)
          .replace(/:name|:key/, secret)}`,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      expect({ route, told: rooms.told(answer.text, `${id} ${secret} ${JSON.stringify(body)}`) }).toEqual({
        route,
        told: [],
      })
      if (route === 'POST /flow_runs/:id/input/filter') expect([answer.status, answer.text]).toEqual([200, '[]'])
      else if (
        /:id|:name|:key|:slug|:checksum/.test(path) ||
        [
          'POST /flow_runs/',
          'POST /task_runs/',
          'POST /deployments/',
          'POST /artifacts/',
          'POST /block_schemas/',
          'POST /block_documents/',
        ].includes(route)
      )
        expect({ route, status: answer.status }).toEqual({ route, status: 404 })
      else expect(answer.status).toBeLessThan(500)
    }
    expect(await rooms.rowsOfFirst()).toEqual(before)
  })

  test('what it makes is its own', async () => {
    const answer = await fetch(`${rooms.doors.url}/api/workspaces/blue/flows/`, {
      method: 'POST',
      body: JSON.stringify({ name: secret }),
      headers: { 'content-type': 'application/json' },
    })
    const flow = (await answer.json()) as { id: string }
    expect(flow.id).not.toBe(rooms.first.flowId)
    expect((await fetch(`${rooms.doors.url}/api/flows/${flow.id}`)).status).toBe(404)
    expect((await fetch(`${rooms.doors.url}/api/workspaces/blue/flows/${flow.id}`)).status).toBe(200)
  })

  test('what was asked in vain there is told there alone', async () => {
    await fetch(`${rooms.doors.url}/api/workspaces/blue/nowhere-in-blue`)
    await fetch(`${rooms.doors.url}/api/nowhere-in-first`)
    const paths = async (url: string) =>
      (await graphql(url, '{ server { unknownRoutes { path } } }')).data.server.unknownRoutes.map((route: { path: string }) => route.path)
    expect(await paths(`${rooms.doors.url}/graphql`)).toEqual(['/api/nowhere-in-first'])
    expect(await paths(rooms.blueGraphql)).toEqual(['/api/workspaces/blue/nowhere-in-blue'])
  })
})
