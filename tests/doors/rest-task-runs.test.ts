import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knock } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const unknownId = '019ab000-0000-7000-8000-00000000dead'
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

async function ask(method: string, path: string, body?: unknown) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await knock(doors.port, {
    method,
    path: `/api${path}`,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: answer.text === '' ? undefined : (JSON.parse(answer.text) as any) }
}

async function newFlowRun(type = 'RUNNING', rest: object = {}) {
  const flow = await ask('POST', '/flows/', { name: 'hello' })
  return (await ask('POST', '/flow_runs/', { flow_id: flow.body.id, state: { type }, ...rest })).body as { id: string; flow_id: string }
}

const newTaskRun = async (flowRunId: string | null, dynamic_key = '0', rest: object = {}) =>
  ask('POST', '/task_runs/', { flow_run_id: flowRunId, task_key: 'extract-1', dynamic_key, ...rest })

describe('a task run', () => {
  test('wait until a time that is told in seconds since 1970, as some SDKs do, and not for what is no time', async () => {
    const { id } = (await ask('POST', '/task_runs/', { task_key: 'seconds', dynamic_key: '0' })).body
    const propose = (scheduled_time: unknown) =>
      ask('POST', `/task_runs/${id}/set_state`, { state: { type: 'SCHEDULED', state_details: { scheduled_time } } })
    expect((await propose(4_102_444_800.5)).body.state.state_details.scheduled_time).toBe('2100-01-01T00:00:00.500000Z')
    for (const none of [1e15, true, 'soon']) expect((await propose(none)).status).toBe(422)
  })

  test('are made with retries by the names of long ago too, and not with a policy that says nothing', async () => {
    const make = (empirical_policy: object, dynamic_key = JSON.stringify(empirical_policy)) =>
      ask('POST', '/task_runs/', { task_key: 'policies', dynamic_key, empirical_policy })
    expect((await make({ max_retries: 2, retry_delay_seconds: 5 })).body.empirical_policy).toMatchObject({ retries: 2, retry_delay: 5 })
    expect((await make({ max_retries: 2, retries: 1 })).body.empirical_policy).toMatchObject({ retries: 1, retry_delay: null })
    for (const policy of [
      { retries: 'many' },
      { retry_delay: 'long' },
      { retry_delay: Array.from({ length: 51 }, () => 1) },
      { retry_jitter_factor: -1 },
    ])
      expect((await make(policy)).status).toBe(422)
  })

  test('is 201 and whole when it is new, 200 and untouched when its key is known', async () => {
    const { id } = await newFlowRun()
    const first = await newTaskRun(id, '0', {
      name: 'extract-0',
      tags: ['a', 'a'],
      task_version: 'v',
      cache_key: 'k',
      cache_expiration: '2026-11-25T12:00:00Z',
      empirical_policy: { retries: 2, retry_delay: [1, 2], retry_jitter_factor: null },
      task_inputs: { x: [{ input_type: 'parameter', name: 'x' }] },
      labels: { l: 1 },
      state: { type: 'SCHEDULED', state_details: { scheduled_time: '2026-11-25T12:00:00Z' } },
    })
    expect(first.status).toBe(201)
    expect(first.body).toEqual({
      id: uuid,
      created: time,
      updated: time,
      name: 'extract-0',
      flow_run_id: id,
      task_key: 'extract-1',
      dynamic_key: '0',
      cache_key: 'k',
      cache_expiration: '2026-11-25T12:00:00.000000Z',
      task_version: 'v',
      empirical_policy: { max_retries: 0, retry_delay_seconds: 0, retries: 2, retry_delay: [1, 2], retry_jitter_factor: null },
      tags: ['a'],
      labels: { 'prefect.flow.id': expect.any(String), 'prefect.flow-run.id': id, l: 1 },
      state_id: uuid,
      task_inputs: { x: [{ input_type: 'parameter', name: 'x' }] },
      state_type: 'SCHEDULED',
      state_name: 'Scheduled',
      run_count: 0,
      flow_run_run_count: 0,
      expected_start_time: '2026-11-25T12:00:00.000000Z',
      next_scheduled_start_time: '2026-11-25T12:00:00.000000Z',
      start_time: null,
      end_time: null,
      total_run_time: 0,
      estimated_run_time: 0,
      estimated_start_time_delta: expect.any(Number),
      state: expect.objectContaining({ type: 'SCHEDULED', timestamp: time }),
    })
    const again = await newTaskRun(id, '0', { name: 'other' })
    expect([again.status, again.body.id, again.body.name]).toEqual([200, first.body.id, 'extract-0'])
    expect((await ask('GET', `/task_runs/${first.body.id}`)).body).toMatchObject({ id: first.body.id, state: first.body.state })
  })

  test('is pending without a state, and bears the id it is given', async () => {
    const id = unknownId.replace('dead', 'beef')
    expect(await newTaskRun(null, 'own id', { id })).toMatchObject({ status: 201, body: { id, flow_run_id: null, state_type: 'PENDING' } })
  })

  test.each([
    ['without a key', { dynamic_key: '0' }, 422],
    ['with what is unknown', { task_key: 'a', dynamic_key: '0', from_the_future: 1 }, 422],
    ['in a flow run that is not there', { task_key: 'a', dynamic_key: '0', flow_run_id: unknownId }, 404],
  ])('%s is refused', async (_what, body, status) => {
    expect((await ask('POST', '/task_runs/', body)).status).toBe(status)
  })

  test('moves by the rules: 201 where a state was written, 200 where not', async () => {
    const flowRun = await newFlowRun()
    const { id } = (await newTaskRun(flowRun.id, '0', { empirical_policy: { retries: 1, retry_delay: 0 } })).body
    const propose = async (type: string, rest: object = {}) => ask('POST', `/task_runs/${id}/set_state`, { state: { type }, ...rest })
    expect(await propose('RUNNING')).toMatchObject({
      status: 201,
      body: { status: 'ACCEPT', details: { type: 'accept_details' }, state: { type: 'RUNNING' } },
    })
    expect(await propose('FAILED')).toMatchObject({
      status: 201,
      body: { status: 'REJECT', details: { reason: 'Retrying' }, state: { name: 'AwaitingRetry' } },
    })
    expect(await propose('RUNNING')).toMatchObject({
      status: 201,
      body: { state: { name: 'Retrying', state_details: { flow_run_id: flowRun.id, task_run_id: id } } },
    })
    expect(await propose('FAILED')).toMatchObject({ status: 201, body: { status: 'ACCEPT' } })
    expect(await propose('PAUSED')).toMatchObject({ status: 200, body: { status: 'ABORT', state: { type: 'FAILED' } } })
    expect(await propose('PAUSED', { force: true })).toMatchObject({ status: 201, body: { status: 'ACCEPT' } })
    const states = (await ask('GET', `/task_run_states/?task_run_id=${id}`)).body as any[]
    expect(states.map(({ name }) => name)).toEqual(['Pending', 'Running', 'AwaitingRetry', 'Retrying', 'Failed', 'Paused'])
    expect(await ask('GET', `/task_run_states/${states[1].id}`)).toMatchObject({ status: 200, body: states[1] })
    expect((await ask('GET', `/task_runs/${id}`)).body).toMatchObject({ run_count: 2, flow_run_run_count: 1, end_time: null })
  })

  test('is renamed, and deleted, with 204', async () => {
    const { id } = (await newTaskRun(null, 'short-lived')).body
    expect(await ask('PATCH', `/task_runs/${id}`, { name: 'better' })).toMatchObject({ status: 204, body: undefined })
    expect((await ask('GET', `/task_runs/${id}`)).body.name).toBe('better')
    expect((await ask('PATCH', `/task_runs/${id}`, { tags: [] })).status).toBe(422)
    expect((await ask('DELETE', `/task_runs/${id}`)).status).toBe(204)
    for (const [method, path, body] of [
      ['GET', ''],
      ['DELETE', ''],
      ['PATCH', '', { name: 'x' }],
      ['POST', '/set_state', { state: { type: 'RUNNING' } }],
    ] as const)
      expect((await ask(method, `/task_runs/${id}${path}`, body)).status).toBe(404)
    expect((await ask('GET', `/task_run_states/${unknownId}`)).status).toBe(404)
  })
})

describe('lists of task runs', () => {
  let running: { id: string; flow_id: string }
  let child: { id: string }
  let other: { id: string }
  beforeAll(async () => {
    running = await newFlowRun('RUNNING', { tags: ['listed'] })
    other = await newFlowRun('COMPLETED', { tags: ['listed'] })
    const parent = await newTaskRun(running.id, 'sub', { name: 'subflow' })
    child = await newFlowRun('RUNNING', { parent_task_run_id: parent.body.id })
    await newTaskRun(running.id, 'a', { name: 'alpha', tags: ['x', 'y'] })
    await newTaskRun(other.id, 'b', { name: 'beta', state: { type: 'COMPLETED' } })
  })

  const both = () => ({ id: { any_: [running.id, other.id] } })
  const names = async (body: object) => {
    const { status, body: found } = await ask('POST', '/task_runs/filter', { sort: 'NAME_ASC', ...body })
    return status === 200 ? found.map(({ name }: { name: string }) => name) : status
  }

  test.each([
    [{}, ['alpha', 'beta', 'subflow']],
    [{ name: { any_: ['alpha'] } }, ['alpha']],
    [{ name: { like_: 'ET' } }, ['beta']],
    [{ tags: { all_: ['x', 'y'] } }, ['alpha']],
    [{ tags: { is_null_: true } }, ['beta', 'subflow']],
    [{ state: { type: { any_: ['COMPLETED'] } } }, ['beta']],
    [{ state: { name: { any_: ['Running'] } } }, ['subflow']],
    [{ subflow_runs: { exists_: true } }, ['subflow']],
    [{ subflow_runs: { exists_: false } }, ['alpha', 'beta']],
    [{ flow_run_id: { is_null_: true } }, []],
    [{ flow_run_id: {} }, ['alpha', 'beta', 'subflow']],
    [{ start_time: { is_null_: true } }, ['alpha']],
    [{ end_time: { is_null_: false } }, ['beta']],
    [{ expected_start_time: { before_: '2000-01-01T00:00:00Z' } }, []],
    [{ operator: 'or_', name: { any_: ['alpha'] }, state: { type: { any_: ['COMPLETED'] } } }, ['alpha', 'beta']],
  ])('fulfil %j', async (task_runs, expected) => {
    expect(await names({ task_runs, flow_runs: both() })).toEqual(expected)
    expect((await ask('POST', '/task_runs/count', { task_runs, flow_runs: both() })).body).toBe(expected.length)
  })

  test('are found by their flow run, its state and its flow', async () => {
    expect(await names({ flow_runs: { ...both(), state: { type: { any_: ['COMPLETED'] } } } })).toEqual(['beta'])
    expect(await names({ flow_runs: both(), flows: { name: { any_: ['hello'] } } })).toHaveLength(3)
    expect(await names({ flow_runs: both(), flows: { name: { any_: ['nothing'] } } })).toEqual([])
    expect(await names({ flow_runs: both(), deployments: { id: { any_: [unknownId] } } })).toEqual([])
  })

  test('lead to flow runs, flows and subflows', async () => {
    const task_runs = { name: { any_: ['alpha'] } }
    expect((await ask('POST', '/flow_runs/filter', { task_runs, flow_runs: both() })).body.map(({ id }: any) => id)).toEqual([running.id])
    expect((await ask('POST', '/flows/filter', { task_runs, flow_runs: both() })).body.map(({ id }: any) => id)).toEqual([running.flow_id])
    expect((await ask('POST', '/flows/filter', { task_runs, flow_runs: { id: { any_: [other.id] } } })).body).toEqual([])
    const subflows = await ask('POST', '/flow_runs/filter', { flow_runs: { parent_flow_run_id: { any_: [running.id] } } })
    expect(subflows.body.map(({ id }: any) => id)).toEqual([child.id])
  })

  test('come in pages, in orders, and in intervals', async () => {
    const page = await ask('POST', '/task_runs/paginate', { flow_runs: both(), limit: 2, page: 2, sort: 'NAME_DESC' })
    expect(page.body).toMatchObject({ count: 3, limit: 2, page: 2, pages: 2, results: [{ name: 'alpha' }] })
    for (const sort of ['ID_DESC', 'EXPECTED_START_TIME_ASC', 'EXPECTED_START_TIME_DESC', 'NEXT_SCHEDULED_START_TIME_ASC', 'END_TIME_DESC'])
      expect(await names({ flow_runs: both(), sort })).toHaveLength(3)
    expect(await names({ sort: 'START_TIME_ASC' })).toBe(422)
    const now = Date.now()
    const range = { history_start: new Date(now - 3_600_000).toISOString(), history_end: new Date(now + 3_600_000).toISOString() }
    const history = await ask('POST', '/task_runs/history', { ...range, history_interval_seconds: 7200, flow_runs: both() })
    expect(history.body[0].states.map((state: any) => [state.state_name, state.count_runs]).toSorted()).toEqual([
      ['Completed', 1],
      ['Pending', 1],
      ['Running', 1],
    ])
    expect((await ask('POST', '/task_runs/history', { ...range, history_interval_seconds: 0.5 })).status).toBe(422)
  })
})

describe('the graph of a flow run', () => {
  test('has the task runs that have started, a subflow in the place of the one that stands for it, and what each waits for', async () => {
    const { id } = await newFlowRun()
    const started = async (key: string, rest: object = {}) => {
      const { body } = await newTaskRun(id, key, { name: `task-${key}`, ...rest })
      await ask('POST', `/task_runs/${body.id}/set_state`, { state: { type: 'RUNNING' }, force: true })
      return body.id as string
    }
    const first = await started('1')
    const standing = await started('2', { task_inputs: { x: [{ input_type: 'task_run', id: first }] } })
    await newTaskRun(id, '3', { name: 'not started' })
    const subflow = await newFlowRun('RUNNING', { parent_task_run_id: standing, name: 'child' })
    const last = await started('4', { task_inputs: { y: [{ input_type: 'flow_run', id: subflow.id }] } })
    await ask('POST', '/artifacts/', { key: 'progress', type: 'progress', data: 40, flow_run_id: id, task_run_id: first })
    await ask('POST', '/artifacts/', { key: 'report', type: 'markdown', data: '# Hello', flow_run_id: id })

    const { status, body } = await ask('GET', `/flow_runs/${id}/graph-v2`)
    expect(status).toBe(200)
    const node = (of: string) => body.nodes.find(([one]: [string]) => one === of)[1]
    expect(body.nodes.map(([one]: [string]) => one)).toEqual([first, subflow.id, last])
    expect(body.root_node_ids).toEqual([first])
    expect(node(first)).toEqual({
      kind: 'task-run',
      id: first,
      label: 'task-1',
      state_type: 'RUNNING',
      start_time: time,
      end_time: null,
      parents: [],
      children: [{ id: subflow.id }],
      encapsulating: [],
      artifacts: [{ id: uuid, created: time, key: 'progress', type: 'progress', is_latest: true, data: 40 }],
    })
    expect(node(subflow.id)).toMatchObject({ kind: 'flow-run', label: 'child', parents: [{ id: first }], children: [{ id: last }] })
    expect(body.artifacts).toMatchObject([{ key: 'report', type: 'markdown', data: null }])
    expect(body.states).toMatchObject([{ type: 'RUNNING', name: 'Running' }])
    expect([body.start_time, body.end_time]).toEqual([time, null])
    const later = await ask('GET', `/flow_runs/${id}/graph-v2?since=2199-01-01T00:00:00Z`)
    expect(later.body.nodes).toEqual([])
    expect((await ask('GET', `/flow_runs/${unknownId}/graph-v2`)).status).toBe(404)
  })
})
