import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRest, type RestHouse } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const noon = Date.parse('2026-11-20T12:00:00Z')
const at = (second: number) => new Date(noon + second * 1000).toISOString()
const since = { occurred: { since: at(0), until: at(100) } }

const send = (event: string, second: number, rest_: object = {}) => ({
  id: rest.doors.house.ids.uuid(),
  occurred: at(second),
  event,
  resource: { 'prefect.resource.id': `test.${event}` },
  ...rest_,
})

const names = (body: { events: { event: string }[] }) => body.events.map(({ event }) => event)
const found = async (filter: object) => names((await rest.ask('POST', '/events/filter', { filter: { ...since, ...filter } })).body)

describe('events', () => {
  test('are taken as a list, and read back whole, newest first', async () => {
    const related = [{ 'prefect.resource.id': 'test.flow', 'prefect.resource.role': 'flow', team: 'data' }]
    const events = [
      send('first', 1, { payload: { b: 1, a: [null] }, related }),
      send('second', 2),
      send('third', 3, { related: [{ ...related[0], team: 'ops' }] }),
    ]
    expect(await rest.ask('POST', '/events', events)).toMatchObject({ status: 204, text: '' })
    expect(await rest.ask('POST', '/events', events)).toMatchObject({ status: 204 })
    const { body } = await rest.ask('POST', '/events/filter', { filter: since })
    expect(body).toMatchObject({ total: 3, next_page: null })
    expect(body.events).toMatchObject(events.toReversed().map(event => ({ ...event, occurred: event.occurred.replace('Z', '000Z') })))
    expect(Object.keys(body.events[0]).sort()).toEqual(['event', 'follows', 'id', 'occurred', 'payload', 'received', 'related', 'resource'])
  })

  test('are filtered by name, resource, what is related, id, text and time', async () => {
    expect(await found({ event: { prefix: ['s', 'th'] } })).toEqual(['third', 'second'])
    expect(await found({ event: { exclude_prefix: ['s'], exclude_name: ['first'] } })).toEqual(['third'])
    expect(await found({ event: { name: ['first'] } })).toEqual(['first'])
    expect(await found({ resource: { id_prefix: ['test.f'] } })).toEqual(['first'])
    expect(await found({ resource: { labels: { 'prefect.resource.id': 'test.*' } } })).toEqual(['third', 'second', 'first'])
    expect(await found({ related: { role: ['flow'], labels: { team: ['data'] } } })).toEqual(['first'])
    expect(await found({ related: [{ id: ['test.flow'] }, { labels: { team: '!data' } }] })).toEqual(['third'])
    expect(await found({ related: { resources_in_roles: [['test.flow', 'flow']] } })).toEqual(['third', 'first'])
    expect(await found({ any_resource: { id: ['test.second', 'test.flow'] } })).toEqual(['third', 'second', 'first'])
    expect(await found({ text: { query: 'OPS -second' } })).toEqual(['third'])
    expect(await found({ occurred: { since: at(2), until: at(2) } })).toEqual(['second'])
    expect(await found({ order: 'ASC', event: { name: [] } })).toEqual(['first', 'second', 'third'])
  })

  test('come in pages, each with the address of the next', async () => {
    await rest.ask(
      'POST',
      '/events',
      Array.from({ length: 5 }, (_, index) => send(`page-${index}`, 10 + index)),
    )
    const seen: string[] = []
    let { body } = await rest.ask('POST', '/events/filter', { filter: { ...since, event: { prefix: ['page-'] } }, limit: 2 })
    for (;;) {
      expect(body.total).toBe(5)
      seen.push(...names(body))
      if (body.next_page === null) break
      expect(body.next_page).toMatch(new RegExp(`^http://127.0.0.1:${rest.doors.port}/api/events/filter/next\\?page-token=`))
      body = await (await fetch(body.next_page)).json()
    }
    expect(seen).toEqual(['page-4', 'page-3', 'page-2', 'page-1', 'page-0'])
  })

  test.each(['', '?page-token=', '?page-token=bm9uZQ', '?page-token=e30'])('a page of no query is forbidden: next%s', async query => {
    expect(await rest.ask('GET', `/events/filter/next${query}`)).toMatchObject({ status: 403, body: { detail: 'Forbidden' } })
  })

  test('are counted by name, by resource and by time', async () => {
    const filter = { ...since, event: { prefix: ['first', 'second'] } }
    const counted = async (what: string, rest_ = {}) => (await rest.ask('POST', `/events/count-by/${what}`, { filter, ...rest_ })).body
    expect(await counted('event')).toEqual([
      { value: 'first', label: 'first', count: 1, start_time: '2026-11-20T12:00:01.000000Z', end_time: '2026-11-20T12:00:01.000000Z' },
      { value: 'second', label: 'second', count: 1, start_time: '2026-11-20T12:00:02.000000Z', end_time: '2026-11-20T12:00:02.000000Z' },
    ])
    expect((await counted('resource')).map(({ value }: { value: string }) => value)).toEqual(['test.first', 'test.second'])
    const bySecond = await counted('time', { time_unit: 'second', time_interval: 2 })
    expect(
      bySecond.slice(0, 3).map(({ count, start_time }: { count: number; start_time: string }) => [count, start_time.slice(17, 19)]),
    ).toEqual([
      [1, '00'],
      [1, '02'],
      [0, '04'],
    ])
    expect(bySecond).toHaveLength(51)
    expect(await counted('day')).toMatchObject([
      { count: 2, start_time: '2026-11-20T00:00:00.000000Z', end_time: '2026-11-20T23:59:59.999999Z' },
    ])
  })

  test.each([
    ['POST', '/events', [{}]],
    ['POST', '/events', [{ id: 'x', occurred: 'yesterday', event: 'e', resource: {} }]],
    ['POST', '/events/filter', { filter: { nonsense: {} } }],
    ['POST', '/events/filter', { limit: 51 }],
    ['POST', '/events/count-by/colour', { filter: {} }],
    ['POST', '/events/count-by/time', { filter: {}, time_unit: 'second' }],
    ['POST', '/events/count-by/time', { filter: {}, time_interval: 0 }],
  ])('what cannot be asked is 422: %s %s %j', async (method, path, body) => {
    expect((await rest.ask(method, path, body)).status).toBe(422)
  })
})
