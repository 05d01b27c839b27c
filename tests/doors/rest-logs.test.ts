import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listLogs } from '../../src/core/logs/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { knock } from './ask.ts'
import { openRest, type RestHouse, unknownId } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const ask: RestHouse['ask'] = (...asked) => rest.ask(...asked)
const newFlow = async (name: string) => (await ask('POST', '/flows/', { name })).body as { id: string }

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
    const { nodes } = await listLogs(rest.doors.house.as(owner), {})
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
    const csv = await knock(rest.doors.port, { path: `/api/flow_runs/${id}/logs/download` })
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
    const text = await knock(rest.doors.port, { path: `/api/flow_runs/${id}/logs/download?format=text` })
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
    const { text } = await knock(rest.doors.port, { path: `/api/flow_runs/${id}/logs/download?format=text` })
    expect(text.split('\n').slice(0, -1)).toEqual(numbers.map(index => `${timestamp(index).slice(0, -1)}000Z INFO n: line ${index}`))
  })
})
