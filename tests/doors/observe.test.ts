import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const json = { 'content-type': 'application/json' }

test('an answer names its request: the caller’s own id, or one that was coined', async () => {
  const own = await fetch(`${doors.url}/api/health`, { headers: { 'x-request-id': 'mine' } })
  expect(own.headers.get('x-request-id')).toBe('mine')
  const coined = await fetch(`${doors.url}/api/nothing`)
  expect(coined.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('each request is one line of the log, with its route and how it ended', async () => {
  await fetch(`${doors.url}/api/flows/`, { method: 'POST', headers: { ...json, 'x-request-id': 'made' }, body: '{"name":"etl"}' })
  await expect
    .poll(() => doors.house.said.filter(({ facts }) => facts['requestId'] === 'made'))
    .toMatchObject([
      { level: 'info', message: 'Answered.', facts: { method: 'POST', url: '/api/flows/', status: 201, workspace: 'default' } },
    ])
})

test('/metrics counts requests by route and tells of logs, followers and batches', async () => {
  await fetch(`${doors.url}/api/flows/`, { method: 'POST', headers: json, body: '{"name":"another"}' })
  const text = await (await fetch(`${doors.url}/metrics`)).text()
  expect(text).toMatch(/castellan_http_request_duration_seconds_count\{method="POST",route="\/api\/flows\/",status="201"\} [1-9]/)
  expect(text).toMatch(/castellan_batched_commands [1-9]/)
  expect(text).toMatch(new RegExp(`castellan_event_log_newest ${doors.house.events.newest}\\n`))
  expect(text).toMatch(/castellan_event_followers 0/)
})
