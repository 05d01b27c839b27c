import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRest, type RestHouse, unknownId } from './rest-house.ts'

let rest: RestHouse
const ids: Record<string, string> = {}

/** Four runs of two flows, one of them from a deployment; the first has ended, the second runs, the others wait. */
beforeAll(async () => {
  rest = await openRest({ CASTELLAN_SERVER_API_DEFAULT_LIMIT: '50' })
  ids['alpha'] = await rest.newFlow('alpha', { tags: ['a', 'b'] })
  ids['beta'] = await rest.newFlow('Beta')
  ids['daily'] = (await rest.ask('POST', '/deployments/', { name: 'daily', flow_id: ids['beta'], tags: ['q'], paused: true })).body.id
  const make = async (name: string, flow: string, day: number, more: object = {}) => {
    const state = { type: 'SCHEDULED', state_details: { scheduled_time: `2026-01-0${day}T00:00:00Z` } }
    ids[name] = await rest.newRun(ids[flow]!, { name, state, ...more })
  }
  await make('one', 'alpha', 1, { tags: ['x', 'y'], idempotency_key: 'k1', flow_version: 'v1' })
  await make('two', 'alpha', 2, { tags: ['x'] })
  await make('three', 'beta', 3, { deployment_id: ids['daily'], parent_task_run_id: unknownId })
  await make('TWENTY', 'beta', 4)
  await rest.setState(ids['one']!, { type: 'COMPLETED', name: 'Done' })
  await rest.setState(ids['two']!, { type: 'RUNNING' })
  await rest.ask('POST', '/logs/', [
    { name: 'prefect.flow_runs', level: 20, message: 'Hello world', timestamp: '2026-02-01T00:00:01Z', flow_run_id: ids['one'] },
    { name: 'my.logger', level: 40, message: 'error: connection timeout', timestamp: '2026-02-01T00:00:02Z', flow_run_id: ids['one'] },
    {
      name: 'my.logger',
      level: 10,
      message: '100% done',
      timestamp: '2026-02-01T00:00:03Z',
      flow_run_id: ids['two'],
      task_run_id: unknownId,
    },
  ])
})
afterAll(() => rest.close())

const named = async (path: string, body: unknown): Promise<string[]> =>
  (await rest.ask('POST', path, body)).body.map((one: any) => one.name)
const runs = (filter: object | null, more: object = {}) =>
  named('/flow_runs/filter', { flow_runs: filter, sort: 'EXPECTED_START_TIME_ASC', ...more })
const flows = (body: object) => named('/flows/filter', body)
const deployments = (body: object) => named('/deployments/filter', body)
const all = ['one', 'two', 'three', 'TWENTY']

describe('a filter of flow runs', () => {
  test.each<[object | null, string[]]>([
    [null, all],
    [{}, all],
    [{ name: null, tags: null }, all],
    [{ id: { any_: [] } }, []],
    [{ id: { not_any_: [] } }, all],
    [{ id: { any_: ['00000000-0000-0000-0000-000000000001'] } }, []],
    [{ name: { any_: ['one', 'TWENTY'] } }, ['one', 'TWENTY']],
    [{ name: { like_: 'tw' } }, ['two', 'TWENTY']],
    [{ name: { like_: '%' } }, []],
    [{ tags: { all_: ['x', 'y'] } }, ['one']],
    [{ tags: { any_: ['y', 'z'] } }, ['one']],
    [{ tags: { any_: [] } }, []],
    [{ tags: { is_null_: true } }, ['three', 'TWENTY']],
    [{ tags: { is_null_: false } }, ['one', 'two']],
    [{ tags: { operator: 'or_', all_: ['y'], is_null_: true } }, ['one', 'three', 'TWENTY']],
    [{ deployment_id: { is_null_: true } }, ['one', 'two', 'TWENTY']],
    [{ work_queue_name: { any_: ['q'] } }, []],
    [{ work_queue_name: { is_null_: true } }, all],
    [{ state: { type: { any_: ['RUNNING', 'COMPLETED'] } } }, ['one', 'two']],
    [{ state: { type: { not_any_: ['SCHEDULED'] } } }, ['one', 'two']],
    [{ state: { name: { any_: ['Done'] } } }, ['one']],
    [{ state: { operator: 'or_', type: { any_: ['RUNNING'] }, name: { any_: ['Done'] } } }, ['one', 'two']],
    [{ flow_version: { any_: ['v1'] } }, ['one']],
    [{ start_time: { is_null_: true } }, ['three', 'TWENTY']],
    [{ start_time: { before_: '2026-01-31' } }, ['three', 'TWENTY']],
    [{ start_time: { after_: '2026-01-04T02:00:00+02:00' } }, ['one', 'two', 'TWENTY']],
    [{ end_time: { is_null_: false } }, ['one']],
    [{ expected_start_time: { after_: '2026-01-02T00:00:00Z', before_: '2026-01-03T00:00:00Z' } }, ['two', 'three']],
    [{ next_scheduled_start_time: { before_: '2026-01-03T00:00:00Z' } }, ['three']],
    [{ parent_flow_run_id: { any_: [unknownId] } }, []],
    [{ parent_task_run_id: { any_: [unknownId] } }, ['three']],
    [{ idempotency_key: { any_: ['k1'] } }, ['one']],
    [{ idempotency_key: { not_any_: ['k0'] } }, ['one']],
    [{ created_by: { is_null_: true } }, []],
    [{ created_by: { type_: ['user'] } }, all],
    [{ created_by: { type_: ['AUTOMATION'] } }, []],
    [{ operator: 'or_', name: { any_: ['one'] }, state: { type: { any_: ['RUNNING'] } } }, ['one', 'two']],
    [{ operator: 'or_', name: { any_: ['one'] }, state: {} }, all],
    [{ operator: 'and_', name: { any_: ['one'] }, tags: { all_: ['x'] } }, ['one']],
  ])('%j finds %j', async (filter, expected) => {
    expect(await runs(filter)).toEqual(expected)
    expect((await rest.ask('POST', '/flow_runs/count', { flow_runs: filter })).body).toBe(expected.length)
  })

  test.each([
    { nope: {} },
    { operator: 'xor_' },
    { id: { operator: 'or_', any_: [] } },
    { id: { any_: ['no id'] } },
    { name: { any: ['one'] } },
    { state: { type: { any_: ['NOPE'] } } },
    { expected_start_time: { before_: 'soon' } },
  ])('that cannot be is 422: %j', async filter => {
    expect((await rest.ask('POST', '/flow_runs/filter', { flow_runs: filter })).status).toBe(422)
  })
})

describe('a filter across kinds', () => {
  test.each<[object, string[]]>([
    [{ flows: null, task_runs: null, deployments: null, work_pools: null, work_pool_queues: null, unheard_of: 1 }, all],
    [{ flows: {} }, all],
    [{ flows: { name: { any_: ['alpha'] } } }, ['one', 'two']],
    [{ flows: { tags: { all_: ['a'] } } }, ['one', 'two']],
    [{ flows: { deployment: { is_null_: false } } }, ['three', 'TWENTY']],
    [{ deployments: {} }, ['three']],
    [{ deployments: { name: { like_: 'DAI' } } }, ['three']],
    [{ task_runs: {} }, []],
    [{ task_runs: { name: { like_: 'x' } } }, []],
    [{ work_pools: { name: { any_: ['p'] } } }, []],
    [{ work_pool_queues: {} }, []],
  ])('finds runs by what they belong to: %j', async (more, expected) => {
    expect(await runs(null, more)).toEqual(expected)
  })

  test.each<[object, string[]]>([
    [{}, ['Beta', 'alpha']],
    [{ sort: 'NAME_DESC' }, ['alpha', 'Beta']],
    [{ flows: { name: { like_: 'ETA' } } }, ['Beta']],
    [{ flows: { tags: { is_null_: true } } }, ['Beta']],
    [{ flows: { deployment: { is_null_: true } } }, ['alpha']],
    [{ flow_runs: { name: { any_: ['one'] } } }, ['alpha']],
    [{ flow_runs: { state: { type: { any_: ['FAILED'] } } } }, []],
    [{ deployments: { paused: { eq_: true } } }, ['Beta']],
    [{ deployments: { paused: { eq_: false } } }, []],
    [{ flow_runs: { state: { type: { any_: ['SCHEDULED'] } } }, deployments: {} }, ['Beta']],
    [{ work_pools: {} }, []],
  ])('finds flows by what belongs to them: %j', async (body, expected) => {
    expect((await flows(body)).toSorted()).toEqual(expected.toSorted())
  })

  test.each<[object, string[]]>([
    [{}, ['daily']],
    [{ deployments: { flow_or_deployment_name: { like_: 'beta' } } }, ['daily']],
    [{ deployments: { tags: { any_: ['q'] }, concurrency_limit: { ge_: 3 } } }, ['daily']],
    [{ deployments: { work_queue_name: { any_: ['q'] } } }, []],
    [{ flows: { name: { any_: ['alpha'] } } }, []],
    [{ flow_runs: { name: { any_: ['three'] } } }, ['daily']],
  ])('finds deployments by both: %j', async (body, expected) => {
    expect(await deployments(body)).toEqual(expected)
    expect((await rest.ask('POST', '/deployments/count', body)).body).toBe(expected.length)
  })
})

describe('a filter of log lines', () => {
  test.each<[object, number[]]>([
    [{}, [1, 2, 3]],
    [{ level: { ge_: 20, le_: 30 } }, [1]],
    [{ timestamp: { after_: '2026-02-01T00:00:02Z' } }, [2, 3]],
    [{ task_run_id: { is_null_: true } }, [1, 2]],
    [{ text: { query: 'hello TIMEOUT' } }, [1, 2]],
    [{ text: { query: 'my.logger -error' } }, [3]],
    [{ text: { query: '+error +"connection timeout"' } }, [2]],
    [{ text: { query: '100%' } }, [3]],
    [{ text: { query: ' ' } }, [1, 2, 3]],
    [{ operator: 'or_', level: { ge_: 40 }, text: { query: 'hello' } }, [1, 2]],
  ])('%j finds lines %j', async (logs, expected) => {
    const { body } = await rest.ask('POST', '/logs/filter', { logs })
    expect(body.map((line: any) => Number(line.timestamp.slice(17, 19)))).toEqual(expected)
  })

  test.each([{ text: { query: 'x'.repeat(201) } }, { text: {} }, { name: { any_: ['n'] } }])('that cannot be is 422: %j', async logs => {
    expect((await rest.ask('POST', '/logs/filter', { logs })).status).toBe(422)
  })

  test('answers whole lines', async () => {
    const { body } = await rest.ask('POST', '/logs/filter', { limit: 1, sort: 'TIMESTAMP_DESC' })
    const timestamp = '2026-02-01T00:00:03.000000Z'
    expect(body).toEqual([
      {
        id: expect.any(String),
        created: timestamp,
        updated: timestamp,
        name: 'my.logger',
        level: 10,
        message: '100% done',
        timestamp,
        flow_run_id: ids['two'],
        task_run_id: unknownId,
      },
    ])
  })
})

describe('a list', () => {
  test.each([
    '/flow_runs/filter',
    '/flows/filter',
    '/deployments/filter',
    '/logs/filter',
    '/flow_runs/paginate',
    '/flows/paginate',
    '/deployments/paginate',
  ])('%s takes a limit from none to the setting, and no other', async path => {
    const ask = async (limit: unknown) => {
      const { status, body } = await rest.ask('POST', path, { limit })
      return status === 200 ? (body.results ?? body).length : [status, body.detail]
    }
    expect(await ask(0)).toBe(0)
    expect(await ask(1)).toBe(1)
    expect(await ask(null)).toBe(await ask(50))
    expect(await ask(51)).toEqual([422, 'Invalid limit: must be less than or equal to 50.'])
    expect(await ask(-1)).toEqual([422, 'Invalid limit: must be greater than or equal to 0.'])
    expect(await ask('many')).toEqual([422, undefined])
  })

  test.each<[string, string[]]>([
    ['ID_DESC', ['TWENTY', 'three', 'two', 'one']],
    ['EXPECTED_START_TIME_ASC', all],
    ['EXPECTED_START_TIME_DESC', all.toReversed()],
    ['START_TIME_ASC', ['three', 'TWENTY', 'one', 'two']],
    ['START_TIME_DESC', ['two', 'one', 'TWENTY', 'three']],
    ['NAME_ASC', ['TWENTY', 'one', 'three', 'two']],
    ['NAME_DESC', ['two', 'three', 'one', 'TWENTY']],
    ['NEXT_SCHEDULED_START_TIME_ASC', ['three', 'TWENTY', 'one', 'two']],
    ['END_TIME_DESC', ['one', 'TWENTY', 'three', 'two']],
  ])('of runs is sorted by %s', async (sort, expected) => {
    expect(await runs(null, { sort })).toEqual(expected)
  })

  test('takes null for what is left to the server', async () => {
    expect(await runs(null, { sort: null, limit: null, offset: null })).toEqual(await runs(null, { sort: 'ID_DESC' }))
    expect((await rest.ask('POST', '/flows/paginate', { sort: null, limit: null, page: null })).body).toMatchObject({ count: 2, page: 1 })
  })

  test('refuses an order that it does not know, an offset below none and a page below one', async () => {
    expect((await rest.ask('POST', '/flow_runs/filter', { sort: 'NOPE' })).status).toBe(422)
    expect((await rest.ask('POST', '/flow_runs/filter', { offset: -1 })).status).toBe(422)
    expect((await rest.ask('POST', '/flow_runs/paginate', { page: 0 })).status).toBe(422)
  })

  test('goes on behind an offset, and answers pages with how many there are', async () => {
    expect(await runs(null, { limit: 2, offset: 1 })).toEqual(['two', 'three'])
    const { body } = await rest.ask('POST', '/flow_runs/paginate', { limit: 3, page: 2, sort: 'EXPECTED_START_TIME_ASC' })
    expect({ ...body, results: body.results.map((run: any) => [run.name, run.state.type]) }).toEqual({
      results: [['TWENTY', 'SCHEDULED']],
      count: 4,
      limit: 3,
      pages: 2,
      page: 2,
    })
    expect((await rest.ask('POST', '/flows/paginate', { limit: 0 })).body).toEqual({ results: [], count: 2, limit: 0, pages: 0, page: 1 })
  })
})

describe('the history', () => {
  const range = { history_start: '2026-01-01T00:00:00Z', history_end: '2026-01-03T12:00:00Z', history_interval_seconds: 86_400 }

  test('counts runs by interval and state', async () => {
    const { body } = await rest.ask('POST', '/flow_runs/history', { ...range, flows: { name: { any_: ['alpha'] } } })
    expect(
      body.map((interval: any) => [
        interval.interval_start,
        interval.states.map((state: any) => [state.state_type, state.state_name, state.count_runs]),
      ]),
    ).toEqual([
      ['2026-01-01T00:00:00.000000Z', [['COMPLETED', 'Done', 1]]],
      ['2026-01-02T00:00:00.000000Z', [['RUNNING', 'Running', 1]]],
      ['2026-01-03T00:00:00.000000Z', []],
    ])
    expect(body[1].states[0].sum_estimated_lateness).toBeGreaterThan(86_400)
  })

  test('has at most 500 intervals of at least a second, and needs its range', async () => {
    expect((await rest.ask('POST', '/flow_runs/history', { ...range, history_interval_seconds: 1 })).body).toHaveLength(500)
    expect(await rest.ask('POST', '/flow_runs/history', { ...range, history_interval_seconds: 0.5 })).toMatchObject({
      status: 422,
      body: { detail: 'History interval must not be less than 1 second.' },
    })
    expect((await rest.ask('POST', '/flow_runs/history', {})).status).toBe(422)
  })

  test('of lateness is a mean in seconds, and null without runs', async () => {
    expect((await rest.ask('POST', '/flow_runs/lateness', {})).body).toBeGreaterThan(86_400)
    expect((await rest.ask('POST', '/flow_runs/lateness', { flow_runs: { id: { any_: [] } } })).body).toBeNull()
  })
})

describe('the version of the API that a caller names', () => {
  test.each([
    ['0.8.4', 200],
    ['0.8.0', 200],
    ['0.10.0', 200],
    ['1.0.0', 200],
    ['', 200],
    ['0.7.9', 400],
    ['0.8', 400],
    ['x.y.z', 400],
  ])('%j is %i', async (version, status) => {
    expect((await rest.ask('POST', '/flows/filter', {}, { 'x-prefect-api-version': version })).status).toBe(status)
  })
})
