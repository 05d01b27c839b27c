import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRest, type RestHouse, unknownId } from './rest-house.ts'

let rest: RestHouse
let flowId: string
beforeAll(async () => {
  rest = await openRest({ CASTELLAN_SERVER_API_MAX_PARAMETER_SIZE: '200' })
  flowId = await rest.newFlow('hello')
})
afterAll(() => rest.close())

const read = async (id: string) => (await rest.ask('GET', `/flow_runs/${id}`)).body
const change = async (id: string, body: unknown) => (await rest.ask('PATCH', `/flow_runs/${id}`, body)).status
const future = '2199-01-01T00:00:00Z'

async function pausedRun(details: object = {}, more: object = {}) {
  const id = await rest.newRun(flowId, more)
  await rest.setState(id, { type: 'RUNNING' })
  await rest.setState(id, { type: 'PAUSED', state_details: { pause_timeout: future, ...details } })
  return id
}

describe('a change of a run', () => {
  test('is 204 and leaves what is not named', async () => {
    const id = await rest.newRun(flowId, { name: 'first', tags: ['a'], parameters: { x: 1 }, empirical_policy: { retries: 1 } })
    const before = await read(id)
    expect(await change(id, { name: 'second', tags: ['b'], infrastructure_pid: 'host:1' })).toBe(204)
    expect(await read(id)).toEqual({
      ...before,
      name: 'second',
      tags: ['b'],
      infrastructure_pid: 'host:1',
      updated: expect.any(String),
      estimated_start_time_delta: expect.any(Number),
    })
    expect(await change(id, {})).toBe(204)
  })

  test.each([
    [{ nope: 1 }, 422],
    [{ tags: null }, 422],
    [{ parameters: null }, 422],
    [{ parameters: { x: 'y'.repeat(200) } }, 422],
    [{ job_variables: { a: 1 } }, 400],
  ])('%j is %i', async (body, status) => {
    expect(await change(await rest.newRun(flowId), body)).toBe(status)
  })

  test('of job variables is for runs of a deployment that have not left their schedule', async () => {
    const deployment = (await rest.ask('POST', '/deployments/', { name: 'd', flow_id: flowId })).body.id
    const scheduled = { state: { type: 'SCHEDULED' } }
    expect(await change(await rest.newRun(flowId, scheduled), { job_variables: { a: 1 } })).toBe(400)
    const id = await rest.newRun(flowId, { ...scheduled, deployment_id: deployment })
    expect(await change(id, { job_variables: { a: 1 } })).toBe(204)
    expect((await read(id)).job_variables).toEqual({ a: 1 })
  })

  test('of its labels lays them over those it has', async () => {
    const id = await rest.newRun(flowId, { labels: { l: 1 } })
    expect((await rest.ask('PATCH', `/flow_runs/${id}/labels`, { m: 'x' })).status).toBe(204)
    expect((await rest.ask('PATCH', `/flow_runs/${id}/labels`, { l: true })).status).toBe(204)
    expect((await read(id)).labels).toEqual({ 'prefect.flow.id': flowId, l: true, m: 'x' })
  })

  test('is 404 where there is none', async () => {
    expect(await change(unknownId, { name: 'x' })).toBe(404)
    expect((await rest.ask('PATCH', `/flow_runs/${unknownId}/labels`, {})).status).toBe(404)
  })
})

describe('a run to be made', () => {
  test('with parameters larger than the setting is 422', async () => {
    expect((await rest.ask('POST', '/flow_runs/', { flow_id: flowId, parameters: { x: 'y'.repeat(200) } })).status).toBe(422)
  })
})

describe('resuming', () => {
  const resume = (id: string, body?: unknown) => rest.ask('POST', `/flow_runs/${id}/resume`, body)

  test('a run that is not paused is ABORT without a state, and 200', async () => {
    const answer = await resume(await rest.newRun(flowId), {})
    expect([answer.status, answer.body]).toEqual([
      200,
      { state: null, status: 'ABORT', details: { type: 'abort_details', reason: 'Cannot resume a flow run that is not paused.' } },
    ])
  })

  test('a run that waits in place lets it run on, and a suspended one is scheduled anew', async () => {
    expect(await resume(await pausedRun())).toMatchObject({
      status: 201,
      body: { status: 'ACCEPT', state: { type: 'RUNNING', name: 'Running' } },
    })
    const deployment = (await rest.ask('POST', '/deployments/', { name: 'd', flow_id: flowId })).body.id
    const id = await pausedRun({ pause_reschedule: true }, { deployment_id: deployment })
    expect(await resume(id, { run_input: null })).toMatchObject({
      status: 201,
      body: { status: 'ACCEPT', state: { type: 'SCHEDULED', name: 'Resuming' } },
    })
    expect((await read(id)).empirical_policy.resuming).toBe(true)
  })

  test('a run that asked for input needs one that fits, and keeps it', async () => {
    const id = await pausedRun({ run_input_keyset: { schema: 'p-schema', response: 'p-response' } })
    expect((await resume(id, { run_input: { n: 1 } })).body).toMatchObject({
      status: 'REJECT',
      details: { reason: 'Run input schema not found.' },
    })
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
    await rest.ask('POST', `/flow_runs/${id}/input`, { key: 'p-schema', value: JSON.stringify(schema) })
    for (const run_input of [undefined, {}, { n: 'x' }]) {
      expect(await resume(id, { run_input })).toMatchObject({ status: 200, body: { status: 'REJECT', state: { type: 'PAUSED' } } })
    }
    expect(await resume(id, { run_input: { n: 3 } })).toMatchObject({ status: 201, body: { status: 'ACCEPT' } })
    expect((await rest.ask('GET', `/flow_runs/${id}/input/p-response`)).text).toBe('{"n":3}')
  })
})

describe('what stands for a value', () => {
  const variable = (variable_name: string) => ({ __prefect_kind: 'workspace_variable', variable_name })

  test('is filled in when a deployment is run, and is 400 where it cannot be', async () => {
    await rest.ask('POST', '/variables/', { name: 'most', value: { n: 3 } })
    const parameters = { limit: { __prefect_kind: 'json', value: '[1]' }, most: variable('none') }
    const { id } = (await rest.ask('POST', '/deployments/', { name: 'filled', flow_id: flowId, parameters })).body
    const run = (body: object) => rest.ask('POST', `/deployments/${id}/create_flow_run`, body)
    expect((await run({ parameters: { most: variable('most') } })).body.parameters).toEqual({ limit: [1], most: { n: 3 } })
    expect(await run({})).toMatchObject({
      status: 400,
      body: { detail: "Error hydrating flow run parameters: Variable 'none' not found in workspace." },
    })
  })

  test('is filled in when a run is resumed, and rejects where it cannot be', async () => {
    await rest.ask('POST', '/variables/', { name: 'answer', value: 42 })
    const id = await pausedRun({ run_input_keyset: { schema: 'v-schema', response: 'v-response' } })
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
    await rest.ask('POST', `/flow_runs/${id}/input`, { key: 'v-schema', value: JSON.stringify(schema) })
    const resume = (n: unknown) => rest.ask('POST', `/flow_runs/${id}/resume`, { run_input: { n } })
    expect((await resume(variable('none'))).body).toMatchObject({
      status: 'REJECT',
      details: { reason: "Error hydrating run input: Variable 'none' not found in workspace." },
    })
    expect((await resume(variable('answer'))).body).toMatchObject({ status: 'ACCEPT' })
    expect((await rest.ask('GET', `/flow_runs/${id}/input/v-response`)).text).toBe('{"n":42}')
  })
})

describe('an input of a run', () => {
  test('is 201, read as plain text, listed by prefix in the order of its making, and deleted', async () => {
    const id = await rest.newRun(flowId)
    const at = (rest: string) => `/flow_runs/${id}/input${rest}`
    for (const [key, value] of [
      ['b-1', '"é"'],
      ['a-1', '1'],
      ['b-2', '2'],
    ]) {
      expect(await rest.ask('POST', at(''), { key, value, sender: 'somebody' })).toMatchObject({ status: 201, body: null })
    }
    expect(await rest.ask('GET', at('/b-1'))).toMatchObject({ status: 200, text: '"é"', type: 'text/plain; charset=utf-8' })
    const listed = async (body: object) => (await rest.ask('POST', at('/filter'), body)).body.map((input: any) => input.key)
    expect(await listed({ prefix: 'b' })).toEqual(['b-1'])
    expect(await listed({ prefix: 'b', limit: 10 })).toEqual(['b-1', 'b-2'])
    expect(await listed({ prefix: '', limit: 10, exclude_keys: ['b-1'] })).toEqual(['a-1', 'b-2'])
    expect((await rest.ask('POST', at('/filter'), { prefix: 'a' })).body).toEqual([
      {
        id: expect.any(String),
        created: expect.any(String),
        updated: expect.any(String),
        flow_run_id: id,
        key: 'a-1',
        value: '1',
        sender: 'somebody',
      },
    ])
    expect((await rest.ask('DELETE', at('/b-1'))).status).toBe(204)
    expect((await rest.ask('DELETE', at('/b-1'))).status).toBe(404)
    expect((await rest.ask('GET', at('/b-1'))).status).toBe(404)
  })

  test('is 409 when its key is taken, 404 without the run, and 422 under a key that cannot be', async () => {
    const id = await rest.newRun(flowId)
    const ask = async (of: string, key: string) => (await rest.ask('POST', `/flow_runs/${of}/input`, { key, value: '1' })).status
    expect([await ask(id, 'k'), await ask(id, 'k'), await ask(unknownId, 'k'), await ask(id, 'a b')]).toEqual([201, 409, 404, 422])
  })
})

describe('states', () => {
  test('of a run are listed oldest first, and read by id', async () => {
    const id = await rest.newRun(flowId)
    await rest.setState(id, { type: 'RUNNING' })
    const { body } = await rest.ask('GET', `/flow_run_states/?flow_run_id=${id}`)
    expect(body.map((state: any) => state.type)).toEqual(['PENDING', 'RUNNING'])
    expect((await rest.ask('GET', `/flow_run_states/${body[1].id}`)).body).toEqual(body[1])
    expect((await rest.ask('GET', `/flow_run_states/${unknownId}`)).status).toBe(404)
    expect((await rest.ask('GET', '/flow_run_states/')).status).toBe(422)
    expect((await rest.ask('GET', `/flow_run_states/?flow_run_id=${unknownId}`)).body).toEqual([])
  })
})

describe('deleting', () => {
  test('a run is 204 once', async () => {
    const id = await rest.newRun(flowId)
    const statuses = [(await rest.ask('DELETE', `/flow_runs/${id}`)).status, (await rest.ask('DELETE', `/flow_runs/${id}`)).status]
    expect([...statuses, (await rest.ask('GET', `/flow_runs/${id}`)).status]).toEqual([204, 404, 404])
  })

  test('many takes those that the filter finds, at most 50, and names them', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => rest.newRun(flowId, { tags: ['doomed'] })))
    const ask = (body: object) => rest.ask('POST', '/flow_runs/bulk_delete', { flow_runs: { tags: { all_: ['doomed'] } }, ...body })
    expect((await ask({ limit: 51 })).status).toBe(422)
    expect((await ask({ limit: 0 })).status).toBe(422)
    expect((await ask({ limit: 2 })).body.deleted).toEqual(ids.toSorted().toReversed().slice(0, 2))
    expect((await ask({})).body.deleted).toHaveLength(1)
    expect((await ask({})).body).toEqual({ deleted: [] })
  })

  test('a flow takes its runs along, and many flows are taken by a filter', async () => {
    const id = await rest.newFlow('doomed 1')
    const runId = await rest.newRun(id)
    expect((await rest.ask('DELETE', `/flows/${id}`)).status).toBe(204)
    expect([(await rest.ask('DELETE', `/flows/${id}`)).status, (await rest.ask('GET', `/flow_runs/${runId}`)).status]).toEqual([404, 404])
    const other = await rest.newFlow('doomed 2')
    expect((await rest.ask('POST', '/flows/bulk_delete', { flows: { name: { like_: 'doomed' } } })).body).toEqual({ deleted: [other] })
  })
})

describe('setting a state of many', () => {
  test('answers for each what the rules said', async () => {
    const ids = await Promise.all([1, 2].map(() => rest.newRun(flowId, { tags: ['many'] })))
    const ask = (state: object) => rest.ask('POST', '/flow_runs/bulk_set_state', { flow_runs: { tags: { all_: ['many'] } }, state })
    const { status, body } = await ask({ type: 'RUNNING' })
    expect([status, body.results.map((result: any) => [result.flow_run_id, result.status, result.state.type, result.details])]).toEqual([
      200,
      ids
        .toSorted()
        .toReversed()
        .map(id => [id, 'ACCEPT', 'RUNNING', { type: 'accept_details' }]),
    ])
    expect((await rest.ask('POST', '/flow_runs/bulk_set_state', { state: { type: 'RUNNING' }, limit: 51 })).status).toBe(422)
    expect((await rest.ask('POST', '/flow_runs/bulk_set_state', {})).status).toBe(422)
  })
})

describe('a flow', () => {
  test('is read by its name, and its tags are changed', async () => {
    const id = await rest.newFlow('by name?#é')
    const path = `/flows/name/${encodeURIComponent('by name?#é')}`
    expect((await rest.ask('GET', path)).body.id).toBe(id)
    expect((await rest.ask('PATCH', `/flows/${id}`, { tags: ['z'] })).status).toBe(204)
    expect((await rest.ask('GET', path)).body.tags).toEqual(['z'])
    expect((await rest.ask('PATCH', `/flows/${id}`, { name: 'other' })).status).toBe(422)
    expect([(await rest.ask('PATCH', `/flows/${unknownId}`, {})).status, (await rest.ask('GET', '/flows/name/none')).status]).toEqual([
      404, 404,
    ])
  })
})
