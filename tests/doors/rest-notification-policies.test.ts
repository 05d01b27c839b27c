import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotificationPolicy } from '../../src/core/notifications/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { makeChannel } from '../support/channels.ts'
import { openRest, type RestHouse, unknownId } from './rest-house.ts'

let rest: RestHouse
let channel: string
beforeAll(async () => {
  rest = await openRest()
  channel = await makeChannel(rest.doors.house.as(owner), 'alerts')
})
afterAll(() => rest.close())

const root = '/flow_run_notification_policies'

test('a policy of the peer’s version 2 is made, read, changed and deleted', async () => {
  const body = { is_active: true, state_names: ['Failed'], tags: ['etl'], block_document_id: channel, message_template: '{flow_run_name}' }
  const made = await rest.ask('POST', `${root}/`, body)
  expect(made).toMatchObject({ status: 201, body })
  expect(Object.keys(made.body).toSorted()).toEqual(['created', 'id', 'updated', ...Object.keys(body)].toSorted())
  const { id } = made.body
  expect((await rest.ask('GET', `${root}/${id}`)).body).toEqual(made.body)
  expect(await rest.ask('PATCH', `${root}/${id}`, { is_active: false, state_names: [], message_template: null })).toMatchObject({
    status: 204,
  })
  expect((await rest.ask('GET', `${root}/${id}`)).body).toMatchObject({
    is_active: false,
    state_names: [],
    tags: ['etl'],
    message_template: null,
  })
  const filter = (eq_: boolean) => rest.ask('POST', `${root}/filter`, { flow_run_notification_policy_filter: { is_active: { eq_ } } })
  expect([(await filter(true)).body, (await filter(false)).body.map((one: any) => one.id)]).toEqual([[], [id]])
  expect(await rest.ask('DELETE', `${root}/${id}`)).toMatchObject({ status: 204 })
  for (const method of ['GET', 'PATCH', 'DELETE'] as const)
    expect((await rest.ask(method, `${root}/${id}`, method === 'PATCH' ? {} : undefined)).status).toBe(404)
})

test('a policy that speaks of types of states shows the peer their names', async () => {
  const { id } = await createNotificationPolicy(rest.doors.house.as(owner), {
    stateNames: ['Late'],
    stateTypes: ['FAILED'],
    channelIds: [channel],
  })
  expect((await rest.ask('GET', `${root}/${id}`)).body.state_names).toEqual(['Late', 'Failed'])
})

test('a template with an unknown variable is refused with the known ones', async () => {
  const answer = await rest.ask('POST', `${root}/`, { block_document_id: channel, message_template: '{nobody}' })
  expect(answer.status).toBe(422)
  expect(JSON.stringify(answer.body)).toContain('flow_run_notification_policy_id')
})

test('a channel that is not there is not found', async () => {
  expect((await rest.ask('POST', `${root}/`, { block_document_id: unknownId })).status).toBe(404)
})
