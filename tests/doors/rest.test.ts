import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents } from '../../src/core/events/index.ts'
import { listLogs } from '../../src/core/logs/index.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { knock, openSocket, type RawAnswer } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const json = { 'content-type': 'application/json' }
const unknownId = '019ab000-0000-7000-8000-00000000dead'
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await knock(doors.port, {
    method,
    path: `/api${path}`,
    headers: { ...(body === undefined ? {} : json), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, body: answer.text === '' ? undefined : (JSON.parse(answer.text) as any), headers: answer.headers }
}

const newFlow = async (name: string) => (await ask('POST', '/flows/', { name })).body as { id: string }
const newRun = async (rest: object = {}) => {
  const { id } = await newFlow('hello')
  return (await ask('POST', '/flow_runs/', { flow_id: id, ...rest })).body as any
}

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
    doors.house.beforeStatement = () => {
      throw new AppError('UNAVAILABLE', 'The database does not answer.')
    }
    const answer = await ask('GET', '/ready')
    doors.house.beforeStatement = () => undefined
    expect([answer.status, answer.body, answer.headers['retry-after']]).toEqual([503, { exception_message: 'Service Unavailable' }, '1'])
  })
})

describe('flows', () => {
  test('a new name is 201, the same name again 200 with the same flow, untouched', async () => {
    const first = await ask('POST', '/flows/', { name: 'once', tags: ['a'], labels: { k: 1 } })
    expect([first.status, first.body]).toEqual([
      201,
      { id: uuid, created: time, updated: time, name: 'once', tags: ['a'], labels: { k: 1 } },
    ])
    const again = await ask('POST', '/flows/', { name: 'once', tags: ['b'] })
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(await ask('GET', `/flows/${first.body.id}`)).toMatchObject({ status: 200, body: first.body })
  })

  test('null and what is left out are the same, and what is unknown is ignored', async () => {
    expect((await ask('POST', '/flows/', { name: 'nulls', tags: null, labels: null, from_the_future: 1 })).body).toMatchObject({
      tags: [],
      labels: {},
    })
  })

  test('an id that nothing has, or that is none, is 404', async () => {
    expect(await ask('GET', `/flows/${unknownId}`)).toMatchObject({ status: 404, body: { detail: `Flow ${unknownId} not found` } })
    expect(await ask('GET', '/flows/not-an-id')).toMatchObject({ status: 404, body: { detail: 'Not Found' } })
    expect(await ask('GET', '/flows/00000000-0000-0000-0000-000000000001')).toMatchObject({ status: 404 })
  })

  test('an id is found in capitals too', async () => {
    const { id } = await newFlow('capitals')
    expect((await ask('GET', `/flows/${id.toUpperCase()}`)).body).toMatchObject({ id })
  })
})

describe('flow runs', () => {
  test('a new run is 201 and whole', async () => {
    const flow = await newFlow('whole')
    const answer = await ask('POST', '/flow_runs/', {
      flow_id: flow.id,
      name: 'brave-otter',
      flow_version: 'v1',
      parameters: { x: [1, null] },
      context: { c: true },
      parent_task_run_id: null,
      empirical_policy: { retries: 2, retry_delay: 1.5 },
      tags: ['b', 'a', 'b'],
      labels: { l: 'm' },
      idempotency_key: 'key',
      state: { type: 'PENDING', name: null, message: 'soon', data: null, state_details: { traceparent: 'tp', unknown_detail: 7 } },
    })
    const id = answer.body.id
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: uuid,
      created: time,
      updated: time,
      name: 'brave-otter',
      flow_id: flow.id,
      state_id: uuid,
      deployment_id: null,
      deployment_version: null,
      work_queue_id: null,
      work_queue_name: null,
      flow_version: 'v1',
      parameters: { x: [1, null] },
      idempotency_key: 'key',
      context: { c: true },
      empirical_policy: {
        max_retries: 0,
        retry_delay_seconds: 0,
        retries: 2,
        retry_delay: 1.5,
        pause_keys: [],
        resuming: false,
        retry_type: null,
      },
      tags: ['b', 'a'],
      labels: { 'prefect.flow.id': flow.id, l: 'm' },
      parent_task_run_id: null,
      state_type: 'PENDING',
      state_name: 'Pending',
      run_count: 0,
      expected_start_time: time,
      next_scheduled_start_time: null,
      start_time: null,
      end_time: null,
      total_run_time: 0,
      estimated_run_time: 0,
      estimated_start_time_delta: expect.any(Number),
      auto_scheduled: false,
      infrastructure_document_id: null,
      infrastructure_pid: null,
      created_by: { id: owner.id, type: 'user', display_value: 'owner' },
      work_pool_id: null,
      work_pool_name: null,
      state: {
        id: answer.body.state_id,
        type: 'PENDING',
        name: 'Pending',
        timestamp: time,
        message: 'soon',
        data: null,
        state_details: {
          flow_run_id: id,
          task_run_id: null,
          child_flow_run_id: null,
          scheduled_time: null,
          cache_key: null,
          cache_expiration: null,
          deferred: false,
          untrackable_result: false,
          pause_timeout: null,
          pause_reschedule: false,
          pause_key: null,
          run_input_keyset: null,
          refresh_cache: null,
          retriable: null,
          transition_id: null,
          task_parameters_id: null,
          traceparent: 'tp',
          deployment_concurrency_lease_id: null,
          unknown_detail: 7,
        },
      },
      job_variables: {},
    })
    const { body } = await ask('GET', `/flow_runs/${id}`)
    expect({ ...body, estimated_start_time_delta: 0 }).toEqual({ ...answer.body, estimated_start_time_delta: 0 })

    const again = await ask('POST', '/flow_runs/', { flow_id: flow.id, idempotency_key: 'key', name: 'other', state: { type: 'RUNNING' } })
    expect([again.status, again.body.id, again.body.name, again.body.state_type]).toEqual([200, id, 'brave-otter', 'PENDING'])
  })

  test('a run with nothing said has a name and is pending, as at the peer', async () => {
    const run = await newRun({ name: null, parameters: null, empirical_policy: null })
    expect(run).toMatchObject({
      name: expect.stringMatching(/^[a-z]+-[a-z]+$/),
      state: { type: 'PENDING', name: 'Pending' },
      parameters: {},
      run_count: 0,
      start_time: null,
    })
  })

  test('a flow that is not there is 404', async () => {
    expect(await ask('POST', '/flow_runs/', { flow_id: unknownId })).toMatchObject({
      status: 404,
      body: { detail: `Flow ${unknownId} not found` },
    })
    expect(await ask('GET', `/flow_runs/${unknownId}`)).toMatchObject({ status: 404, body: { detail: `Flow run ${unknownId} not found` } })
    expect(await ask('POST', `/flow_runs/${unknownId}/set_state`, { state: { type: 'RUNNING' } })).toMatchObject({ status: 404 })
    expect(await ask('POST', '/flow_runs/not-an-id/set_state', { state: { type: 'RUNNING' } })).toMatchObject({
      status: 404,
      body: { detail: 'Not Found' },
    })
  })

  test('data comes back as it went, whatever JSON it is', async () => {
    const run = await newRun()
    for (const data of [
      null,
      { type: 'reference', expiration: null, serializer: { type: 'pickle' } },
      [1, 'two', { three: 3.5 }],
      'text',
      0,
      false,
      '\u0000é👋',
    ]) {
      const { body } = await ask('POST', `/flow_runs/${run.id}/set_state`, { state: { type: 'RUNNING', data }, force: true })
      expect(body.state.data).toEqual(data)
    }
  })

  test('data that says it is unpersisted is shown as none, as at the peer', async () => {
    const run = await newRun()
    const { body } = await ask('POST', `/flow_runs/${run.id}/set_state`, { state: { type: 'COMPLETED', data: { type: 'unpersisted' } } })
    expect(body.state.data).toBeNull()
  })
})

describe('set_state', () => {
  test('ACCEPT is 201 with the state as it was written', async () => {
    const run = await newRun({ state: { type: 'PENDING' } })
    const answer = await ask('POST', `/flow_runs/${run.id}/set_state`, {
      state: { type: 'RUNNING', name: 'Running', message: '', data: null, state_details: {} },
      force: false,
    })
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body)).toEqual(['state', 'status', 'details'])
    expect([answer.body.status, answer.body.details]).toEqual(['ACCEPT', { type: 'accept_details' }])
    expect(Object.keys(answer.body.state)).toEqual(['id', 'type', 'name', 'timestamp', 'message', 'data', 'state_details'])
    expect((await ask('GET', `/flow_runs/${run.id}`)).body).toMatchObject({
      state_id: answer.body.state.id,
      state_type: 'RUNNING',
      run_count: 1,
      start_time: time,
    })
  })

  test('REJECT with another state is 201, with the current one 200', async () => {
    const run = await newRun({ state: { type: 'RUNNING' }, empirical_policy: { retries: 1, retry_delay: 0 } })
    const retried = await ask('POST', `/flow_runs/${run.id}/set_state`, {
      state: { type: 'FAILED', message: 'boom', state_details: { transition_id: unknownId } },
    })
    expect(retried).toMatchObject({
      status: 201,
      body: {
        status: 'REJECT',
        details: { type: 'reject_details', reason: 'Retrying' },
        state: { type: 'SCHEDULED', name: 'AwaitingRetry', message: 'boom' },
      },
    })

    const transition = { type: 'RUNNING', state_details: { transition_id: unknownId } }
    const once = await ask('POST', `/flow_runs/${run.id}/set_state`, { state: transition })
    const twice = await ask('POST', `/flow_runs/${run.id}/set_state`, { state: transition })
    expect(twice).toMatchObject({ status: 200, body: { status: 'REJECT', state: once.body.state } })
  })

  test('WAIT is 200 with whole seconds, and nothing is written', async () => {
    const due = new Date(Date.now() + 90_000).toISOString()
    const run = await newRun({ state: { type: 'SCHEDULED', state_details: { scheduled_time: due } } })
    const { status, body } = await ask('POST', `/flow_runs/${run.id}/set_state`, { state: { type: 'RUNNING' } })
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'WAIT', state: { id: run.state_id } } })
    expect(Object.keys(body.details).toSorted()).toEqual(['delay_seconds', 'reason', 'type'])
    expect(body.details).toMatchObject({ type: 'wait_details', reason: 'Scheduled time is in the future' })
    expect([89, 90]).toContain(body.details.delay_seconds)
  })

  test('ABORT is 200 with the current state', async () => {
    const run = await newRun({ state: { type: 'RUNNING' } })
    expect(await ask('POST', `/flow_runs/${run.id}/set_state`, { state: { type: 'PENDING' } })).toMatchObject({
      status: 200,
      body: {
        status: 'ABORT',
        state: { id: run.state_id },
        details: { type: 'abort_details', reason: 'This run is in a RUNNING state and cannot transition to a PENDING state.' },
      },
    })
  })

  test('force null is no force; an empty name and 300 characters are kept', async () => {
    const run = await newRun({ state: { type: 'PENDING' } })
    const set = (state: object) => ask('POST', `/flow_runs/${run.id}/set_state`, { state, force: null })
    expect((await set({ type: 'RUNNING', name: '' })).body.state.name).toBe('')
    expect((await set({ type: 'RUNNING', name: 'x'.repeat(300) })).body.state.name).toBe('x'.repeat(300))
  })
})

describe('what is wrong with a body', () => {
  const refused = (loc: readonly (string | number)[]) => ({
    status: 422,
    body: {
      exception_message: 'Invalid request received.',
      exception_detail: expect.arrayContaining([{ type: expect.any(String), loc, msg: expect.any(String) }]),
    },
  })

  test.each([
    ['/flows/', {}, ['body', 'name']],
    ['/flows/', { name: '' }, ['body', 'name']],
    ['/flows/', { name: 7 }, ['body', 'name']],
    ['/flows/', { name: 'x', tags: 'a' }, ['body', 'tags']],
    ['/flows/', [], ['body']],
    ['/flow_runs/', {}, ['body', 'flow_id']],
    ['/flow_runs/', { flow_id: 'x' }, ['body', 'flow_id']],
    ['/flow_runs/', { flow_id: unknownId, state: { type: 'NOPE' } }, ['body', 'state', 'type']],
    [
      '/flow_runs/',
      { flow_id: unknownId, state: { type: 'SCHEDULED', state_details: { scheduled_time: 'soon' } } },
      ['body', 'state', 'state_details', 'scheduled_time'],
    ],
    [
      `/flow_runs/${unknownId}/set_state`,
      { state: { type: 'PAUSED', state_details: { pause_timeout: 7 } } },
      ['body', 'state', 'state_details', 'pause_timeout'],
    ],
    [`/flow_runs/${unknownId}/set_state`, {}, ['body', 'state']],
    [`/flow_runs/${unknownId}/set_state`, { state: null }, ['body', 'state']],
    [`/flow_runs/${unknownId}/set_state`, { state: { type: 'RUNNING', surprise: 1 } }, ['body', 'state']],
    [`/flow_runs/${unknownId}/set_state`, { state: { type: 'RUNNING' }, force: 'yes' }, ['body', 'force']],
    ['/logs/', {}, ['body']],
    ['/logs/', [{ name: 'n', level: 'x', message: 'm', timestamp: '2026-11-25T13:00:00Z' }], ['body', 0, 'level']],
    ['/logs/', [{ name: 'n', level: 20, message: 'm', timestamp: 'yesterday' }], ['body', 0, 'timestamp']],
  ])('POST %s %j is 422 and says where: %j', async (path, body, loc) => {
    const answer = await ask('POST', path, body)
    expect(answer).toMatchObject(refused(loc))
    expect(answer.body.request_body).toEqual(body)
  })

  test('a body that is missing, empty or no JSON is 422 as well', async () => {
    expect(await ask('POST', '/flows/')).toMatchObject(refused(['body']))
    expect(await ask('POST', '/flows/', '')).toMatchObject(refused(['body']))
    expect(await ask('POST', '/flows/', '{"name":')).toMatchObject(refused(['body']))
  })

  test('an unknown key beside the state is ignored', async () => {
    const run = await newRun()
    expect((await ask('POST', `/flow_runs/${run.id}/set_state`, { state: { type: 'RUNNING' }, surprise: 1 })).status).toBe(201)
  })

  test('a body of more than 16 MB is 413', async () => {
    expect((await ask('POST', '/flows/', JSON.stringify({ name: 'x'.repeat(16 * 1024 * 1024) }))).status).toBe(413)
  })
})

describe('logs', () => {
  test('are 201 with null, kept with their microseconds, and need no run', async () => {
    const lines = [
      {
        name: 'prefect.flow_runs',
        level: 20,
        message: 'first',
        timestamp: '2026-11-25T13:00:00.123456Z',
        flow_run_id: unknownId,
        task_run_id: null,
        worker_id: 'ignored',
      },
      { name: 'prefect.flow_runs', level: 40, message: '', timestamp: '2026-11-25T15:00:00.123457+02:00' },
    ]
    expect(await ask('POST', '/logs/', lines)).toMatchObject({ status: 201, body: null })
    expect(await ask('POST', '/logs/', [])).toMatchObject({ status: 201, body: null })
    const { nodes } = await listLogs(doors.house.as(owner), {})
    expect(nodes.map(({ message, level, timestamp, flowRunId }) => ({ message, level, timestamp, flowRunId }))).toEqual([
      { message: 'first', level: 20, timestamp: 1_795_611_600_123_456, flowRunId: unknownId },
      { message: '', level: 40, timestamp: 1_795_611_600_123_457, flowRunId: null },
    ])
  })

  test('of a run are downloaded as the peer writes them, and as plain text', async () => {
    const { id } = (await ask('POST', '/flow_runs/', { flow_id: (await newFlow('logging')).id, name: 'it’s (a) run' })).body
    const line = { name: 'prefect.flow_runs', level: 20, flow_run_id: id }
    await ask('POST', '/logs/', [
      { ...line, message: 'second, "quoted"\nand split', timestamp: '2026-11-25T13:00:00.000001Z', task_run_id: unknownId },
      { ...line, message: 'first', timestamp: '2026-11-25T13:00:00Z' },
    ])
    const csv = await knock(doors.port, { path: `/api/flow_runs/${id}/logs/download` })
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="flow-run-logs.csv"; filename*=UTF-8''it%E2%80%99s%20%28a%29%20run-logs.csv`,
    })
    expect(csv.text.split('\r\n')).toEqual([
      'timestamp,level,flow_run_id,task_run_id,message',
      `2026-11-25 13:00:00+00:00,20,${id},,first`,
      `2026-11-25 13:00:00.000001+00:00,20,${id},${unknownId},"second, ""quoted""\nand split"`,
      '',
    ])
    const text = await knock(doors.port, { path: `/api/flow_runs/${id}/logs/download?format=text` })
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(text.text).toBe(
      '2026-11-25T13:00:00.000000Z INFO prefect.flow_runs: first\n2026-11-25T13:00:00.000001Z INFO prefect.flow_runs: second, "quoted"\nand split\n',
    )
    expect((await ask('GET', `/flow_runs/${unknownId}/logs/download`)).status).toBe(404)
    expect((await ask('GET', `/flow_runs/${id}/logs/download?format=xml`)).status).toBe(422)
  })

  test('of a long run are downloaded whole, in the order of time', async () => {
    const { id } = (await ask('POST', '/flow_runs/', { flow_id: (await newFlow('logging')).id })).body
    const numbers = Array.from({ length: 1_000 }, (_, index) => index)
    const timestamp = (index: number) => new Date(1_795_611_600_000 + index).toISOString()
    const lineOf = (index: number) => ({ name: 'n', level: 20, message: `line ${index}`, timestamp: timestamp(index), flow_run_id: id })
    await ask('POST', '/logs/', numbers.toReversed().map(lineOf))
    const { text } = await knock(doors.port, { path: `/api/flow_runs/${id}/logs/download?format=text` })
    expect(text.split('\n').slice(0, -1)).toEqual(numbers.map(index => `${timestamp(index).slice(0, -1)}000Z INFO n: line ${index}`))
  })
})

describe('deployments', () => {
  test('the first of a flow and name is 201 and whole, the next 200 and back at its defaults', async () => {
    const flow = await newFlow('deployed')
    const given = {
      name: 'nightly',
      flow_id: flow.id,
      tags: ['a'],
      parameters: { x: 1 },
      description: 'text',
      entrypoint: 'flows.py:hello',
      paused: true,
    }
    const first = await ask('POST', '/deployments/', { ...given, from_the_future: 1 })
    expect([first.status, first.body]).toEqual([
      201,
      {
        id: uuid,
        created: time,
        updated: time,
        name: 'nightly',
        version: null,
        description: 'text',
        flow_id: flow.id,
        paused: true,
        concurrency_limit: null,
        concurrency_options: null,
        global_concurrency_limit: null,
        schedules: [],
        job_variables: {},
        parameters: { x: 1 },
        pull_steps: null,
        tags: ['a'],
        labels: {},
        work_queue_name: null,
        work_queue_id: null,
        work_pool_name: null,
        last_polled: null,
        parameter_openapi_schema: {},
        path: null,
        entrypoint: 'flows.py:hello',
        storage_document_id: null,
        infrastructure_document_id: null,
        created_by: { id: owner.id, type: 'user', display_value: 'owner' },
        updated_by: null,
        enforce_parameter_schema: true,
        status: 'NOT_READY',
      },
    ])
    const { id } = first.body
    expect(await ask('GET', `/deployments/${id}`)).toMatchObject({ status: 200, body: first.body })
    expect(await ask('GET', '/deployments/name/deployed/nightly')).toMatchObject({ status: 200, body: first.body })
    const again = await ask('POST', '/deployments/', { name: 'nightly', flow_id: flow.id })
    expect(again).toMatchObject({ status: 200, body: { id, tags: [], parameters: {}, description: null, paused: false } })
  })

  test('a change is 204 and touches only what it names', async () => {
    const flow = await newFlow('changed')
    const { id } = (await ask('POST', '/deployments/', { name: 'd', flow_id: flow.id, tags: ['kept'] })).body
    expect(await ask('PATCH', `/deployments/${id}`, { paused: true })).toMatchObject({ status: 204, body: undefined })
    expect((await ask('GET', `/deployments/${id}`)).body).toMatchObject({ paused: true, tags: ['kept'] })
  })

  test('a run made from one is 201, scheduled for now, with the parameters and tags of both', async () => {
    const flow = await newFlow('run from')
    const { id } = (
      await ask('POST', '/deployments/', { name: 'd', flow_id: flow.id, tags: ['a'], parameters: { x: 1, y: 1 }, version: 'v2' })
    ).body
    const made = await ask('POST', `/deployments/${id}/create_flow_run`, { parameters: { y: 2 }, tags: ['b'], idempotency_key: 'k' })
    expect(made).toMatchObject({
      status: 201,
      body: {
        deployment_id: id,
        flow_id: flow.id,
        flow_version: 'v2',
        parameters: { x: 1, y: 2 },
        tags: ['a', 'b'],
        state: { type: 'SCHEDULED', name: 'Scheduled' },
      },
    })
    expect(await ask('POST', `/deployments/${id}/create_flow_run`, { idempotency_key: 'k' })).toMatchObject({
      status: 200,
      body: { id: made.body.id },
    })
    expect((await ask('POST', `/deployments/${id}/create_flow_run`)).status).toBe(201)
  })

  test('a deleted one is 204, then 404 everywhere, and its runs stay', async () => {
    const flow = await newFlow('deleted')
    const { id } = (await ask('POST', '/deployments/', { name: 'd', flow_id: flow.id })).body
    const run = (await ask('POST', `/deployments/${id}/create_flow_run`, {})).body
    expect(await ask('DELETE', `/deployments/${id}`)).toMatchObject({ status: 204, body: undefined })
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/create_flow_run'],
    ] as const) {
      expect(await ask(method, `/deployments/${id}${path}`, method === 'GET' || method === 'DELETE' ? undefined : {})).toMatchObject({
        status: 404,
        body: { detail: `Deployment ${id} not found` },
      })
    }
    expect((await ask('GET', '/deployments/name/deleted/d')).status).toBe(404)
    expect(await ask('GET', `/flow_runs/${run.id}`)).toMatchObject({ status: 200 })
  })

  test('of a flow that is not there is 404', async () => {
    expect((await ask('POST', '/deployments/', { name: 'd', flow_id: unknownId })).status).toBe(404)
    expect((await ask('GET', '/deployments/not-an-id')).status).toBe(404)
  })
})

describe('variables', () => {
  test('live from 201 over 204 to 404', async () => {
    const made = await ask('POST', '/variables/', { name: 'answer', value: { n: [42] }, tags: ['t'] })
    expect([made.status, made.body]).toEqual([
      201,
      { id: uuid, created: time, updated: time, name: 'answer', value: { n: [42] }, tags: ['t'] },
    ])
    expect(await ask('GET', '/variables/name/answer')).toMatchObject({ status: 200, body: made.body })
    expect(await ask('PATCH', '/variables/name/answer', { value: null })).toMatchObject({ status: 204, body: undefined })
    expect((await ask('GET', '/variables/name/answer')).body).toMatchObject({ value: null, tags: ['t'] })
    expect(await ask('DELETE', '/variables/name/answer')).toMatchObject({ status: 204, body: undefined })
    for (const [method, body] of [['GET'], ['DELETE'], ['PATCH', { value: 1 }]] as const) {
      expect(await ask(method, '/variables/name/answer', body)).toMatchObject({
        status: 404,
        body: { detail: 'Variable answer not found' },
      })
    }
  })

  test('of one name twice are 409', async () => {
    expect((await ask('POST', '/variables/', { name: 'twice', value: 1 })).status).toBe(201)
    expect(await ask('POST', '/variables/', { name: 'twice', value: 2 })).toMatchObject({
      status: 409,
      body: { detail: 'A variable twice exists already.' },
    })
    expect((await ask('GET', '/variables/name/twice')).body.value).toBe(1)
  })

  test.each([{ name: 'with blank', value: 1 }, { name: '', value: 1 }, { value: 1 }, { name: 'long', value: 'x'.repeat(5000) }])(
    'that cannot be are 422: %j',
    async body => {
      expect((await ask('POST', '/variables/', body)).status).toBe(422)
    },
  )
})

describe('every route', () => {
  test('is one that these suites know', () => {
    const routes = doors.routes
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
        'DELETE /deployments/:id',
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
      ].toSorted(),
    )
  })
})

describe('a route', () => {
  test('that is unknown is 404 and counted, ids folded, and shown to who operates the server', async () => {
    await ask('POST', `/nowhere/${unknownId}/at_all`, {}, { 'user-agent': 'prefect/3.8.8 (API 0.8.4)' })
    const answer = await ask('POST', `/nowhere/${doors.house.ids.uuid()}/at_all?x=1`, {}, { 'user-agent': 'prefect/3.8.8 (API 0.8.4)' })
    expect(answer).toMatchObject({ status: 404, body: { detail: 'Not Found' } })
    const shown = await knock(doors.port, {
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
    const before = doors.house.unknownRoutes.list(doors.house.as(owner).workspace.id).length
    await ask('GET', `/flows/${unknownId}`)
    await ask('GET', '/flows/not-an-id')
    expect(doors.house.unknownRoutes.list(doors.house.as(owner).workspace.id)).toHaveLength(before)
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
    doors.house.beforeStatement = () => {
      throw new Error('secret of the house')
    }
    const answer = await ask('GET', `/flows/${id}`)
    doors.house.beforeStatement = () => undefined
    expect([answer.status, answer.body]).toEqual([500, { exception_message: 'Internal Server Error', reference: uuid }])
    expect(doors.house.said.filter(({ level, facts }) => level === 'error' && facts['requestId'] === answer.body.reference)).toHaveLength(1)
  })
})

describe('/events/in', () => {
  const url = () => `ws://127.0.0.1:${doors.port}/api/events/in`
  const event = (rest: object = {}) => ({
    id: doors.house.ids.uuid(),
    occurred: '2026-11-25T13:00:00.123456Z',
    event: 'test.happened',
    resource: { 'prefect.resource.id': 'test.1' },
    related: [],
    payload: { any: ['json'] },
    follows: null,
    ...rest,
  })
  const open = async () => {
    const end = await openSocket(url(), 'prefect')
    end.socket.send('{"type":"auth","token":null}')
    expect(await end.next()).toBe('{"type":"auth_success"}')
    return { ...end, say: (frame: unknown) => end.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)) }
  }
  const stored = async (...ids: string[]) =>
    (await listEvents(doors.house.as(owner), { first: 200, filter: { ids }, orderBy: 'OCCURRED_ASC' })).nodes

  test('chooses the protocol, and answers a ping before anybody has said who they are', async () => {
    const end = await openSocket(url(), 'prefect')
    expect(end.socket.protocol).toBe('prefect')
    await end.ping()
    end.socket.close()
  })

  test.each(['{"type":"hello"}', '{}', '[]', 'null', '"auth"', 'no json', '{"id":"x","event":"y"}'])(
    'is closed with 1008 when the first frame is %s',
    async frame => {
      const end = await openSocket(url(), 'prefect')
      end.socket.send(frame)
      expect(await end.closed).toEqual({ code: 1008, reason: "Expected 'auth' message" })
      expect(end.messages).toEqual([])
    },
  )

  test('keeps an event as it came, and says nothing', async () => {
    const end = await open()
    const sent = event({ follows: unknownId, related: [{ 'prefect.resource.id': 'r', 'prefect.resource.role': 'flow' }] })
    end.say(sent)
    await end.ping()
    const [kept] = await stored(sent.id)
    expect(kept).toMatchObject({
      id: sent.id,
      event: sent.event,
      resource: sent.resource,
      related: sent.related,
      payload: sent.payload,
      follows: unknownId,
      occurred: 1_795_611_600_123_456,
    })
    expect(end.messages).toEqual(['{"type":"auth_success"}'])
    end.socket.close()
  })

  test('answers a ping only when all that was sent before it is committed', async () => {
    const end = await open()
    const gate = Promise.withResolvers<void>()
    const hot = doors.house.storage.hot.bind(doors.house.storage)
    Object.assign(doors.house.storage, { hot: (...inputs: Parameters<typeof hot>) => gate.promise.then(() => hot(...inputs)) })
    const sent = event()
    const order: string[] = []
    end.say(sent)
    const ponged = end.ping().then(() => order.push('pong'))
    doors.house.storage.onCommit(({ events }) => events.some(({ id }) => id === sent.id) && order.push('commit'))
    await knock(doors.port, { path: '/api/health' })
    expect(order).toEqual([])
    gate.resolve()
    await ponged
    expect(order).toEqual(['commit', 'pong'])
    Object.assign(doors.house.storage, { hot })
    end.socket.close()
  })

  test('stores an event that is sent again once', async () => {
    const sent = event()
    for (const _ of [1, 2]) {
      const end = await open()
      end.say(sent)
      end.say(sent)
      await end.ping()
      end.socket.close()
      await end.closed
    }
    expect(await stored(sent.id)).toHaveLength(1)
  })

  test.each([
    ['no JSON', 'garbage'],
    ['no event', '{"hello":1}'],
    [
      'an event without an id',
      JSON.stringify({ ...{ occurred: '2026-11-25T13:00:00Z', event: 'x', resource: { 'prefect.resource.id': 'x' } } }),
    ],
    [
      'an event without a resource id',
      JSON.stringify({ id: unknownId, occurred: '2026-11-25T13:00:00Z', event: 'x', resource: { other: 'label' } }),
    ],
    [
      'an event without a name',
      JSON.stringify({ id: unknownId, occurred: '2026-11-25T13:00:00Z', event: '', resource: { 'prefect.resource.id': 'x' } }),
    ],
    ['an event at no time', JSON.stringify({ id: unknownId, occurred: 'then', event: 'x', resource: { 'prefect.resource.id': 'x' } })],
    ['bytes', Buffer.from([0xff, 0x00])],
  ])('survives %s: what comes before and after is stored and confirmed', async (_what, garbage) => {
    const end = await open()
    const [before, after] = [event(), event()]
    end.say(before)
    end.socket.send(garbage)
    end.say(after)
    await end.ping()
    expect(await stored(before.id, after.id)).toHaveLength(2)
    end.socket.close()
    expect((await end.closed).code).toBe(1005)
  })

  test('takes an event of 1.5 MB, and closes on one larger than 2 MB', async () => {
    const end = await open()
    const large = event({ payload: { text: 'x'.repeat(1_500_000) } })
    end.say(large)
    await end.ping()
    expect((await stored(large.id))[0]!.payload).toEqual(large.payload)
    end.say(event({ payload: { text: 'x'.repeat(2 * 1024 * 1024) } }))
    expect((await end.closed).code).toBe(1009)
  })

  test('takes events until the very close, in their order', async () => {
    const end = await open()
    const sent = Array.from({ length: 300 }, () => event())
    for (const one of sent) end.say(one)
    end.socket.close(1000)
    await end.closed
    await doors.house.batcher.drain()
    const kept: string[] = []
    for (let start = 0; start < 300; start += 100)
      kept.push(...(await stored(...sent.slice(start, start + 100).map(one => one.id))).map(one => one.id))
    expect(kept).toEqual(sent.map(one => one.id))
  })

  test('is closed with 1011 when events cannot be stored, and their ping stays unanswered', async () => {
    const end = await open()
    doors.house.beforeStatement = method => {
      if (method === 'hot') throw new AppError('UNAVAILABLE', 'away')
    }
    const sent = event()
    end.say(sent)
    const ping = end.ping().then(
      () => 'pong',
      () => 'no pong',
    )
    expect(await end.closed).toEqual({ code: 1011, reason: 'Events could not be stored; send them again.' })
    doors.house.beforeStatement = () => undefined
    expect(await ping).toBe('no pong')
    expect(await stored(sent.id)).toEqual([])
  })

  test('a socket at an unknown path is answered 404, so that nobody knocks again', async () => {
    const answer: RawAnswer = await knock(doors.port, {
      path: '/api/work_pools/x/workers/connect',
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
    })
    expect(answer.status).toBe(404)
  })
})
