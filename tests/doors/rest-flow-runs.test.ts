import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { owner } from '../../src/kernel/permissions.ts'
import { anyUuid, openRest, type RestHouse, time, unknownId } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const ask: RestHouse['ask'] = (...asked) => rest.ask(...asked)
const newFlow = async (name: string) => (await ask('POST', '/flows/', { name })).body as { id: string }
const newRun = async (rest: object = {}) => {
  const { id } = await newFlow('hello')
  return (await ask('POST', '/flow_runs/', { flow_id: id, ...rest })).body as any
}

describe('flows', () => {
  test('a new name is 201, the same name again 200 with the same flow, untouched', async () => {
    const first = await ask('POST', '/flows/', { name: 'once', tags: ['a'], labels: { k: 1 } })
    expect([first.status, first.body]).toEqual([
      201,
      { id: anyUuid, created: time, updated: time, name: 'once', tags: ['a'], labels: { k: 1 } },
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
      id: anyUuid,
      created: time,
      updated: time,
      name: 'brave-otter',
      flow_id: flow.id,
      state_id: anyUuid,
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
      { state: { type: 'PAUSED', state_details: { pause_timeout: true } } },
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
