import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../src/kernel/errors.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { knock } from './ask.ts'
import { anyUuid, openRest, type RestHouse, time, unknownId } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const ask: RestHouse['ask'] = (...asked) => rest.ask(...asked)
const newFlow = async (name: string) => (await ask('POST', '/flows/', { name })).body as { id: string }

describe('admin and probes', () => {
  test.each([
    ['/health', true],
    ['/hello', '👋'],
    ['/version', '0.8.4'],
    ['/ready', { message: 'OK' }],
    ['/admin/storage', { default_result_storage_block_id: null }],
  ])('GET %s answers %j', async (path, body) => {
    const answer = await ask('GET', path)
    expect([answer.status, answer.body, answer.headers['content-type']]).toEqual([200, body, expect.stringMatching(/^application\/json/)])
  })

  test.each([
    ['prefect/3.4.11 (API 0.8.4)', '3.4.11'],
    ['prefect/3.8.8 (API 0.8.4)', '3.8.8'],
    ['prefect/3.9.0.dev3 (API 0.8.4)', '3.9.0.dev3'],
    ['prefect/3.99.0', '3.99.0'],
    ['prefect/2.20.25 (API 0.8.4)', '3.8.8'],
    ['python-httpx/0.28.1', '3.8.8'],
    ['prefect/3', '3.8.8'],
    ['x prefect/3.1.0 ', '3.8.8'],
  ])('an SDK that says %s is told version %s', async (agent, version) => {
    expect((await ask('GET', '/admin/version', undefined, { 'user-agent': agent })).body).toBe(version)
  })

  test('a caller that says nothing is told the version that was proved', async () => {
    expect((await ask('GET', '/admin/version')).body).toBe('3.8.8')
  })

  test('the CSRF question is answered with the words that end it', async () => {
    expect(await ask('GET', `/csrf-token?client=${unknownId}`)).toMatchObject({
      status: 422,
      body: { detail: 'CSRF protection is disabled.' },
    })
  })

  test('readiness is 503 while the database does not answer', async () => {
    rest.doors.house.beforeStatement = () => {
      throw new AppError('UNAVAILABLE', 'The database does not answer.')
    }
    const answer = await ask('GET', '/ready')
    rest.doors.house.beforeStatement = () => undefined
    expect([answer.status, answer.body, answer.headers['retry-after']]).toEqual([503, { exception_message: 'Service Unavailable' }, '1'])
  })
})

describe('every route', () => {
  test('is one that these suites know', () => {
    const routes = rest.doors.routes
      .filter(route => / \/api\/(?!workspaces)/.test(route) && !/^(HEAD|OPTIONS) /.test(route))
      .map(route => route.replace('/api', ''))
    expect(routes.toSorted()).toEqual(
      [
        'GET /events/filter/next',
        'POST /events',
        'POST /events/count-by/:countable',
        'POST /events/filter',
        'DELETE /artifacts/:id',
        'GET /artifacts/:id',
        'GET /artifacts/:key/latest',
        'PATCH /artifacts/:id',
        'POST /artifacts/',
        'POST /artifacts/count',
        'POST /artifacts/filter',
        'POST /artifacts/latest/count',
        'POST /artifacts/latest/filter',
        'DELETE /block_documents/:id',
        'DELETE /block_schemas/:id',
        'DELETE /block_types/:id',
        'GET /block_capabilities/',
        'GET /block_documents/:id',
        'GET /block_schemas/:id',
        'GET /block_schemas/checksum/:checksum',
        'GET /block_types/:id',
        'GET /block_types/slug/:slug',
        'GET /block_types/slug/:slug/block_documents',
        'GET /block_types/slug/:slug/block_documents/name/:name',
        'PATCH /block_documents/:id',
        'PATCH /block_types/:id',
        'POST /block_documents/',
        'POST /block_documents/count',
        'POST /block_documents/filter',
        'POST /block_schemas/',
        'POST /block_schemas/filter',
        'POST /block_types/',
        'POST /block_types/filter',
        'POST /block_types/install_system_block_types',
        'DELETE /deployments/:id',
        'DELETE /flow_run_notification_policies/:id',
        'GET /flow_run_notification_policies/:id',
        'PATCH /flow_run_notification_policies/:id',
        'POST /flow_run_notification_policies/',
        'POST /flow_run_notification_policies/filter',
        'DELETE /flow_runs/:id',
        'DELETE /flow_runs/:id/input/:key',
        'DELETE /flows/:id',
        'DELETE /task_runs/:id',
        'GET /flow_run_states/',
        'GET /flow_run_states/:id',
        'GET /flow_runs/:id/graph-v2',
        'GET /flow_runs/:id/input/:key',
        'GET /flow_runs/:id/logs/download',
        'GET /flows/name/:name',
        'PATCH /flow_runs/:id',
        'PATCH /flow_runs/:id/labels',
        'PATCH /flows/:id',
        'PATCH /task_runs/:id',
        'POST /deployments/count',
        'POST /deployments/filter',
        'POST /deployments/paginate',
        'POST /flow_runs/:id/input',
        'POST /flow_runs/:id/input/filter',
        'POST /flow_runs/:id/resume',
        'POST /flow_runs/bulk_delete',
        'POST /flow_runs/bulk_set_state',
        'POST /flow_runs/count',
        'POST /flow_runs/filter',
        'POST /flow_runs/history',
        'POST /flow_runs/lateness',
        'POST /flow_runs/paginate',
        'POST /flows/bulk_delete',
        'POST /flows/count',
        'POST /flows/filter',
        'POST /flows/paginate',
        'POST /logs/filter',
        'POST /task_runs/',
        'POST /task_runs/:id/set_state',
        'POST /task_runs/count',
        'POST /task_runs/filter',
        'POST /task_runs/history',
        'POST /task_runs/paginate',
        'POST /task_workers/filter',
        'DELETE /variables/:id',
        'DELETE /variables/name/:name',
        'GET /variables/:id',
        'PATCH /variables/:id',
        'POST /variables/count',
        'POST /variables/filter',
        'GET /admin/storage',
        'GET /admin/version',
        'GET /csrf-token',
        'GET /deployments/:id',
        'GET /deployments/name/:flowName/:name',
        'GET /flow_runs/:id',
        'GET /flows/:id',
        'GET /health',
        'GET /hello',
        'GET /ready',
        'GET /task_run_states/',
        'GET /task_run_states/:id',
        'GET /task_runs/:id',
        'GET /variables/name/:name',
        'GET /version',
        'PATCH /deployments/:id',
        'PATCH /variables/name/:name',
        'POST /deployments/',
        'POST /deployments/:id/create_flow_run',
        'POST /flow_runs/',
        'POST /flow_runs/:id/set_state',
        'POST /flows/',
        'POST /logs/',
        'POST /variables/',
        'DELETE /saved_searches/:id',
        'GET /saved_searches/:id',
        'POST /saved_searches/filter',
        'PUT /saved_searches/',
      ].toSorted(),
    )
  })
})

describe('a route', () => {
  test('that is unknown is 404 and counted, ids folded, and shown to who operates the server', async () => {
    await ask('POST', `/nowhere/${unknownId}/at_all`, {}, { 'user-agent': 'prefect/3.8.8 (API 0.8.4)' })
    const answer = await ask(
      'POST',
      `/nowhere/${rest.doors.house.ids.uuid()}/at_all?x=1`,
      {},
      { 'user-agent': 'prefect/3.8.8 (API 0.8.4)' },
    )
    expect(answer).toMatchObject({ status: 404, body: { detail: 'Not Found' } })
    const shown = await knock(rest.doors.port, {
      path: `/graphql?query=${encodeURIComponent('{ server { unknownRoutes { method path count userAgent lastAskedAt } } }')}`,
    })
    expect(JSON.parse(shown.text).data.server.unknownRoutes).toContainEqual({
      method: 'POST',
      path: '/api/nowhere/{id}/at_all',
      count: 2,
      userAgent: 'prefect/3.8.8 (API 0.8.4)',
      lastAskedAt: time,
    })
  })

  test('that is known does not count as unknown when what it names is not there', async () => {
    const before = rest.doors.house.unknownRoutes.list(rest.doors.house.as(owner).workspace.id).length
    await ask('GET', `/flows/${unknownId}`)
    await ask('GET', '/flows/not-an-id')
    expect(rest.doors.house.unknownRoutes.list(rest.doors.house.as(owner).workspace.id)).toHaveLength(before)
  })

  test('is the same with and without a slash at its end', async () => {
    expect((await ask('POST', '/flows', { name: 'slash' })).status).toBe(201)
    expect((await ask('POST', '/flows/', { name: 'slash' })).status).toBe(200)
    expect((await ask('GET', '/health/')).status).toBe(200)
  })

  test('is the same under the default workspace’s own prefix', async () => {
    const { id } = await newFlow('prefixed')
    expect((await ask('GET', `/workspaces/default/flows/${id}`)).body).toMatchObject({ id, name: 'prefixed' })
  })

  test('that breaks unexpectedly is 500, tells nothing of why, and gives a reference that the log has', async () => {
    const { id } = await newFlow('breaks')
    rest.doors.house.beforeStatement = () => {
      throw new Error('secret of the house')
    }
    const answer = await ask('GET', `/flows/${id}`)
    rest.doors.house.beforeStatement = () => undefined
    expect([answer.status, answer.body]).toEqual([500, { exception_message: 'Internal Server Error', reference: anyUuid }])
    expect(
      rest.doors.house.said.filter(({ level, facts }) => level === 'error' && facts['requestId'] === answer.body.reference),
    ).toHaveLength(1)
  })
})
