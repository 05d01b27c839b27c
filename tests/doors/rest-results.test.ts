import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRest, type RestHouse } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const record =
  '{"type":"ResultRecordMetadata","storage_key":"k/é","serializer":{"type":"pickle","picklelib":"cloudpickle"},"expiration":null,"a":[2.5,{}]}'

const graphqlText = async (query: string) => {
  const answer = await fetch(`${rest.doors.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return answer.text()
}

test.each([record, '["a",null]', '"text"', '0', 'false', '{}'])(
  'the result of a state is told by every door as it was sent: %s',
  async sent => {
    const runId = await rest.newRun(await rest.newFlow('hello'))
    const task = (await rest.ask('POST', '/task_runs/', { flow_run_id: runId, task_key: 'load', dynamic_key: '0' })).body
    const state = { type: 'COMPLETED', data: JSON.parse(sent) }
    for (const path of [`/flow_runs/${runId}`, `/task_runs/${task.id}`]) {
      expect((await rest.ask('POST', `${path}/set_state`, { state, force: true })).text).toContain(`"data":${sent}`)
      expect((await rest.ask('GET', path)).text).toContain(`"data":${sent}`)
    }
    expect((await rest.ask('GET', `/flow_run_states/?flow_run_id=${runId}`)).text).toContain(`"data":${sent}`)
    expect((await rest.ask('GET', `/task_run_states/?task_run_id=${task.id}`)).text).toContain(`"data":${sent}`)
    expect(await graphqlText(`{ flowRun(id: "${runId}") { state { data } } }`)).toContain(`"data":${sent}`)
    expect(await graphqlText(`{ taskRun(id: "${task.id}") { states { data } } }`)).toContain(`"data":${sent}`)
  },
)

// As at the peer, whose SDK reads it as "there is none".
test.each([null, { type: 'unpersisted' }])('a state of which nothing is kept has no data: %j', async data => {
  const runId = await rest.newRun(await rest.newFlow('hello'))
  await rest.ask('POST', `/flow_runs/${runId}/set_state`, { state: { type: 'COMPLETED', data }, force: true })
  expect((await rest.ask('GET', `/flow_runs/${runId}`)).body.state.data).toBeNull()
})
