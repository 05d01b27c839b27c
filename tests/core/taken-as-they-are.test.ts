import { describe, expect, test } from 'vitest'
import { isNewEvent, newEvent } from '../../src/core/events/new-event.ts'
import { isNewLine, newLine } from '../../src/core/logs/new-line.ts'

const id = '019ac4a0-1b2c-7d3e-8f40-5a6b7c8d9e0f'

const strange: readonly unknown[] = [
  ...[undefined, null, true, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '', 'text', id, id.toUpperCase(), `${id} `, `{${id}}`],
  ...['00000000-0000-0000-0000-000000000000', '019ac4a0-1b2c-0d3e-8f40-5a6b7c8d9e0f', '019ac4a0-1b2c-7d3e-7f40-5a6b7c8d9e0f'],
  ...[[], [null], [1], ['text'], {}, new Date(0), new Map(), { a: 1 }, { a: 'b' }, { a: { b: [null] } }, [{ a: 'b' }], [{ a: 1 }], [[]]],
  ...[JSON.parse('{"__proto__":"x"}'), JSON.parse('[{"__proto__":"x"}]'), Object.create({ a: 'b' }), Object.create(null)],
  ...[{ 'prefect.resource.id': 'x' }, { 'prefect.resource.id': '' }, { 'prefect.resource.id': 'x', other: 1 }],
]

describe.each([
  {
    what: 'an event',
    schema: newEvent,
    takes: isNewEvent,
    usual: {
      id,
      occurred: 1,
      event: 'a',
      resource: { 'prefect.resource.id': 'x' },
      related: [{ a: 'b' }],
      payload: { a: [1] },
      follows: null,
    },
  },
  {
    what: 'a log line',
    schema: newLine,
    takes: isNewLine,
    usual: { name: 'a', level: 20, message: 'b', timestamp: 1, flowRunId: id, taskRunId: null },
  },
])('$what', ({ schema, takes, usual }) => {
  test('as it usually is, is taken as it is', () => {
    expect(takes(usual)).toBe(true)
    expect(schema.parse(usual)).toEqual(usual)
  })

  test.each(Object.keys(usual))('with anything for its %s is taken as it is only where the schema would leave it so', field => {
    for (const value of strange) {
      const given = { ...usual, [field]: value }
      if (takes(given)) expect(schema.safeParse(given)).toEqual({ success: true, data: given })
    }
  })

  test.each([undefined, null, 'text', 1, [], {}].map(given => [given]))('is not taken where there is %j instead', given => {
    expect(takes(given)).toBe(false)
  })
})
