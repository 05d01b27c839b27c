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
        id: anyUuid,
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
