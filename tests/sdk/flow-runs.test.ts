// The unmodified SDK runs its flows against this server on every storage, and the server keeps what really happened.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingPython } from '../support/python.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/skip.ts'
import { forEachStorage, type StoragePlace } from '../support/storages.ts'
import { ask, askFor, type Door, query, runFlow } from './sdk.ts'

describeUnless(missingPython(), 'the Prefect SDK', () => {
  forEachStorage((_name, makePlace) => {
    let place: StoragePlace
    let server: TestServer
    beforeAll(async () => {
      place = await makePlace()
      server = await startServer({ databaseUrl: place.url })
    })
    afterAll(async () => {
      await server?.dispose()
      await place?.dispose()
    })
    rules(() => ({ apiUrl: server.apiUrl }))
  })

  describe('with a shared password', () => {
    let server: TestServer
    const authString = 'ada:a secret: with a colon'
    beforeAll(async () => {
      server = await startServer({ env: { PREFECT_SERVER_API_AUTH_STRING: authString } })
    })
    afterAll(() => server?.dispose())

    test('runs a flow to its end', async () => {
      await expectCompleted('greeting', { apiUrl: server.apiUrl, authString })
    })

    test('is refused without it', async () => {
      await expect(runFlow('greeting', { apiUrl: server.apiUrl })).rejects.toThrow(/401/)
      const { flowRuns } = await query({ apiUrl: server.apiUrl, authString }, '{ flowRuns { totalCount { value } } }')
      expect(flowRuns.totalCount.value).toBe(1)
    })
  })
})

function rules(door: () => Door): void {
  test('completes a flow, with its states, times and log lines', async () => {
    const { flow_run_id } = await expectCompleted('greeting', door())
    const { logs } = await query(door(), 'query ($id: UUID!) { logs(filter: { flowRunIds: [$id] }) { nodes { message } } }', {
      id: flow_run_id,
    })
    const messages = logs.nodes.map((line: { message: string }) => line.message)
    expect(messages).toEqual(expect.arrayContaining(['Good morning, Ada', 'printed, and logged as well']))
  })

  test('completes a flow whose process has configured logging itself', async () => {
    await expectCompleted('configured_logging', door())
  })

  test('completes a flow of mapped tasks', async () => {
    expect(await expectCompleted('mapped_tasks', door())).toMatchObject({ total: 6 })
  })

  test('gives a stored state back from which the result can be read', async () => {
    expect(await expectCompleted('persisted_result', door())).toMatchObject({ stored: { answer: 42 } })
  })

  test('retries a flow as often as it asks, in one run', async () => {
    const { exitCode, alarms, report } = await runFlow('retried', door())
    expect(alarms.filter(isUnexpected)).toEqual([])
    expect({ exitCode, report }).toMatchObject({ exitCode: 0, report: { state_type: 'COMPLETED', attempts: 3 } })
    expect(await ask(door(), `/flow_runs/${report.flow_run_id}`)).toMatchObject({ state_type: 'COMPLETED', run_count: 3 })
    expect(await statesOf(report.flow_run_id, door())).toEqual([
      'Pending',
      'Running',
      'AwaitingRetry',
      'Running',
      'AwaitingRetry',
      'Running',
      'Completed',
    ])
  })

  test('keeps a failure with its message', async () => {
    const { alarms, report } = await runFlow('failing', door())
    expect(alarms.filter(isUnexpected)).toEqual([])
    const run = await ask(door(), `/flow_runs/${report.flow_run_id}`)
    expect(run).toMatchObject({ state_type: 'FAILED', state: { message: expect.stringContaining('fails on purpose') } })
    expect(await statesOf(report.flow_run_id, door())).toEqual(['Pending', 'Running', 'Failed'])
  })

  test('runs a flow inside a flow, for which a task run stands in the parent', async () => {
    const { flow_run_id } = await expectCompleted('parent', door())
    const [task, ...others] = await taskRunsOf(flow_run_id, door())
    expect(others).toEqual([])
    const [child] = await askFor(door(), '/flow_runs/filter', { flow_runs: { parent_flow_run_id: { any_: [flow_run_id] } } })
    expect(task).toMatchObject({ name: 'child-0', state_type: 'COMPLETED', state: { state_details: { child_flow_run_id: child.id } } })
    expect(child).toMatchObject({ parent_task_run_id: task.id, state_type: 'COMPLETED' })
  })

  test('records the tasks of a flow with all their states, inputs and retries', async () => {
    const { alarms, report } = await runFlow('tasks', door())
    expect(alarms.filter(isUnexpected)).toEqual([])
    const { flow_run_id } = report
    const [flaky, ...greetings] = await taskRunsOf(flow_run_id, door())
    expect(flaky).toMatchObject({ name: expect.stringMatching(/^flaky-/), state_type: 'COMPLETED', run_count: 3 })
    const [first, second] = greetings.toSorted((one, other) => one.expected_start_time.localeCompare(other.expected_start_time))
    expect(greetings.map(task => [task.state_type, task.run_count])).toEqual([
      ['COMPLETED', 1],
      ['COMPLETED', 1],
    ])
    expect(await taskStatesOf(first.id, door())).toEqual(['Pending', 'Running', 'Completed'])
    expect((await taskStatesOf(flaky.id, door())).filter(name => name.includes('Retry'))).toHaveLength(2)
    expect(second.task_inputs).toMatchObject({ name: [{ input_type: 'task_run', id: first.id }] })
    expect(first.total_run_time).toBeGreaterThan(0)
  })
}

async function taskRunsOf(flowRunId: string, door: Door): Promise<any[]> {
  return askFor(door, '/task_runs/filter', { flow_runs: { id: { any_: [flowRunId] } }, sort: 'NAME_ASC' })
}

async function taskStatesOf(taskRunId: string, door: Door): Promise<string[]> {
  const states: { name: string }[] = await ask(door, `/task_run_states/?task_run_id=${taskRunId}`)
  return states.map(({ name }) => name)
}

// A flow that fails on purpose says so.
const isUnexpected = (line: string) => !/on purpose|^Traceback/.test(line)

async function expectCompleted(name: string, door: Door) {
  const { exitCode, alarms, report } = await runFlow(name, door)
  expect({ exitCode, alarms, state: report.state_type }).toEqual({ exitCode: 0, alarms: [], state: 'COMPLETED' })
  const run = await ask(door, `/flow_runs/${report.flow_run_id}`)
  expect(run).toMatchObject({
    id: report.flow_run_id,
    state_type: 'COMPLETED',
    state_name: 'Completed',
    run_count: 1,
    state: { type: 'COMPLETED' },
  })
  expectTimes(run)
  expect(await statesOf(report.flow_run_id, door)).toEqual(['Pending', 'Running', 'Completed'])
  return report
}

function expectTimes(run: {
  created: string
  start_time: string
  end_time: string
  total_run_time: number
  expected_start_time: string
}): void {
  const [created, started, ended] = [run.created, run.start_time, run.end_time].map(text => Date.parse(text)) as [number, number, number]
  expect(started).toBeGreaterThanOrEqual(created - 1000)
  expect(ended).toBeGreaterThanOrEqual(started)
  expect(run.total_run_time).toBeCloseTo((ended - started) / 1000, 1)
}

async function statesOf(flowRunId: string, door: Door): Promise<string[]> {
  const { flowRun } = await query(door, 'query ($id: UUID!) { flowRun(id: $id) { states { name timestamp } } }', { id: flowRunId })
  const states: { name: string; timestamp: string }[] = flowRun.states
  return states.sort((a, b) => a.timestamp.localeCompare(b.timestamp)).map(state => state.name)
}
