// Older releases of the SDK run the same flows. Each has an environment of its own, which costs half a minute to make: only those that are asked for
// by CASTELLAN_TEST_SDKS, `all` or versions with commas between them, are made and run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedSdks, makeOlderPython, olderSdks } from '../support/older-pythons.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/skip.ts'
import { ask, askFor, type Door, runFlow, runScript, startScript } from './sdk.ts'

const asked = askedSdks()

describe.skipIf(asked.length > 0)(
  `SDKs ${olderSdks.map(({ version }) => version).join(', ')} run when CASTELLAN_TEST_SDKS asks for them`,
  () => {
    test.skip('none was asked for', () => {})
  },
)

for (const sdk of asked) {
  const made = makeOlderPython(sdk)
  describeUnless('missing' in made ? made.missing : undefined, `the SDK ${sdk.version}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startServer()
    })
    afterAll(() => server?.dispose())
    rules(sdk.version, 'python' in made ? made.python : '', () => ({ apiUrl: server.apiUrl }))
  })
}

function rules(version: string, python: string, door: () => Door): void {
  const run = async (name: string) => {
    const outcome = await runFlow(name, door(), {}, python)
    return { ...outcome, run: await ask(door(), `/flow_runs/${outcome.report.flow_run_id}`) }
  }
  const tasksOf = (flowRunId: string): Promise<any[]> =>
    askFor(door(), '/task_runs/filter', { flow_runs: { id: { any_: [flowRunId] } }, sort: 'NAME_ASC' })
  const statesOf = async (kind: 'flow' | 'task', id: string): Promise<string[]> =>
    (await ask(door(), `/${kind}_run_states/?${kind}_run_id=${id}`)).map(({ name }: { name: string }) => name)

  test('completes a flow, with its states and log lines', async () => {
    const { run: flowRun } = await run('greeting')
    expect(flowRun).toMatchObject({ state_type: 'COMPLETED', run_count: 1 })
    expect(await statesOf('flow', flowRun.id)).toEqual(['Pending', 'Running', 'Completed'])
    const lines = await askFor(door(), '/logs/filter', { logs: { flow_run_id: { any_: [flowRun.id] } } })
    expect(lines.map(({ message }: { message: string }) => message)).toContain('Good morning, Ada')
  })

  test('keeps its task runs, with retries', async () => {
    const { run: flowRun } = await run('tasks')
    const [flaky, ...greetings] = await tasksOf(flowRun.id)
    expect([flaky, ...greetings].map(({ state_type, run_count }) => [state_type, run_count])).toEqual([
      ['COMPLETED', 3],
      ['COMPLETED', 1],
      ['COMPLETED', 1],
    ])
    expect((await statesOf('task', flaky.id)).filter(name => name.includes('Retry')).length).toBeGreaterThanOrEqual(2)
  })

  test('maps a task', async () => {
    const { report, run: flowRun } = await run('mapped_tasks')
    expect(report).toMatchObject({ state_type: 'COMPLETED', total: 6 })
    expect((await tasksOf(flowRun.id)).map(({ state_type }) => state_type)).toEqual(Array(3).fill('COMPLETED'))
  })

  test('retries a flow, and keeps a failure with its message', async () => {
    const { run: retried } = await run('retried')
    expect(retried).toMatchObject({ state_type: 'COMPLETED', run_count: 3 })
    expect((await run('failing')).run).toMatchObject({
      state_type: 'FAILED',
      state: { message: expect.stringContaining('fails on purpose') },
    })
  })

  test('reads a stored result', async () => {
    expect((await run('persisted_result')).report).toMatchObject({ state_type: 'COMPLETED', stored: { answer: 42 } })
  })

  test('runs a flow inside a flow, for which a task run stands in the parent', async () => {
    const { run: parent } = await run('parent')
    const [task] = await tasksOf(parent.id)
    const [child] = await askFor(door(), '/flow_runs/filter', { flow_runs: { parent_flow_run_id: { any_: [parent.id] } } })
    expect(child).toMatchObject({ parent_task_run_id: task.id, state_type: 'COMPLETED' })
    expect(task).toMatchObject({ state_type: 'COMPLETED', state: { state_details: { child_flow_run_id: child.id } } })
  })

  test('pauses, and goes on when it is resumed', async () => {
    const ended = run('paused')
    await expect.poll(() => askFor(door(), '/flow_runs/filter', { flow_runs: { state: { type: { any_: ['PAUSED'] } } } })).toHaveLength(1)
    const [waiting] = await askFor(door(), '/flow_runs/filter', { flow_runs: { state: { type: { any_: ['PAUSED'] } } } })
    expect(await askFor(door(), `/flow_runs/${waiting.id}/resume`, {})).toMatchObject({ status: 'ACCEPT' })
    const { report } = await ended
    expect(report).toMatchObject({ flow_run_id: waiting.id, state_type: 'COMPLETED', result: 2 })
    expect(await statesOf('flow', waiting.id)).toEqual(['Pending', 'Running', 'Paused', 'Running', 'Completed'])
  })

  // 2.20 delays tasks only where an experiment is switched on.
  test.skipIf(version.startsWith('2.'))('delays tasks to a task worker, and reads their results', async () => {
    const home = mkdtempSync(join(tmpdir(), 'castellan-sdk-'))
    const settings = { TEST_MARKS: join(home, 'marks') }
    const worker = await startScript('background_worker', home, door(), settings, python)
    try {
      const connected = async () => (await askFor(door(), '/task_workers/filter', {})).length
      await expect.poll(connected, { timeout: 120_000 }).toBe(1)
      const { alarms, report } = await runScript('background', ['wait', '1', '2', '3'], home, door(), settings, python)
      expect({ alarms, results: report.results }).toEqual({ alarms: [], results: [2, 4, 6] })
      for (const id of report.task_run_ids)
        await expect.poll(async () => (await ask(door(), `/task_runs/${id}`)).state_type, { timeout: 60_000 }).toBe('COMPLETED')
      expect(await statesOf('task', report.task_run_ids[0])).toEqual(['Scheduled', 'Pending', 'Running', 'Completed'])
    } finally {
      await worker.kill()
      rmSync(home, { recursive: true, force: true })
    }
  })
}
