import { expect, test } from 'vitest'
import { countEvents, eventSubject, listEvents, receiveEvents, tallyEvents } from '../../src/core/events/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { type Condition, containing, type LabelPattern, matches } from '../../src/kernel/filters.ts'
import { openRoom } from '../support/house.ts'
import { forEachStorage, type OpenHouse } from './for-each-storage.ts'

const ID = 'prefect.resource.id'
const ROLE = 'prefect.resource.role'
const second = 1_000_000

const is = (text: string): LabelPattern => ({ text, isPrefix: false, isNegated: false })
const begins = (text: string): LabelPattern => ({ text, isPrefix: true, isNegated: false })
const not = (pattern: LabelPattern): LabelPattern => ({ ...pattern, isNegated: true })

const labelled = (properties: string[], tests: Record<string, LabelPattern[]>): Condition => ({
  is: 'labelled',
  properties,
  tests: Object.entries(tests).map(([label, patterns]) => ({ label, patterns })),
})

/** Events a, b and c, a second apart. */
async function three(open: OpenHouse) {
  const house = await open()
  const events = [
    { event: 'a', resource: { [ID]: 'order.1', 'prefect.resource.name': 'old', 'odd "label"': 'x%' }, related: [] },
    { event: 'b', resource: { [ID]: 'order.1', 'prefect.resource.name': 'new' }, related: [{ [ID]: 'flow.1', [ROLE]: 'flow' }] },
    {
      event: 'c',
      resource: { [ID]: 'order.2' },
      related: [
        { [ID]: 'flow.1', [ROLE]: 'tag' },
        { [ID]: 'flow.2', [ROLE]: 'flow', size: 'large' },
      ],
    },
  ].map((one, index) => ({ ...one, id: house.ids.uuid(), occurred: index * second, payload: { note: `It's ${one.event.toUpperCase()}` } }))
  await receiveEvents(house.as(), { events })
  await receiveEvents(house.as(undefined, await openRoom(house, 'second')), { events: [{ ...events[0]!, id: house.ids.uuid() }] })
  return house
}

forEachStorage(open => {
  test.each<[string, Condition[], string]>([
    ['by a label of what they are about', [labelled(['resource'], { [ID]: [is('order.1')] })], 'ab'],
    ['by a label with signs in its name', [labelled(['resource'], { 'odd "label"': [is('x%')] })], 'a'],
    ['by the beginning of one', [labelled(['resource'], { [ID]: [begins('order.')] })], 'abc'],
    ['by one of several', [labelled(['resource'], { [ID]: [is('order.2'), is('none')] })], 'c'],
    ['by one that does not fit, or is missing', [labelled(['resource'], { 'prefect.resource.name': [not(begins('ol'))] })], 'bc'],
    ['by two labels of the same related resource', [labelled(['related'], { [ID]: [is('flow.1')], [ROLE]: [is('flow')] })], 'b'],
    ['by one of either', [labelled(['resource', 'related'], { [ID]: [is('flow.2'), is('order.1')] })], 'abc'],
    ['by a label that must fit nothing', [labelled(['resource'], { [ID]: [] })], ''],
    ['by a text in their payload', containing('payload', "it's b"), 'b'],
    ['by a text in what they are related to', containing('related', 'LARGE'), 'c'],
  ])('events are found %s, and in memory the same ones are meant', async (_how, also, expected) => {
    const house = await three(open)
    const { nodes } = await listEvents(house.as(), { also, orderBy: 'OCCURRED_ASC' })
    expect(nodes.map(({ event }) => event).join('')).toBe(expected)
    expect((await countEvents(house.as(), { also })).value).toBe(expected.length)
    const all = (await listEvents(house.as(), { orderBy: 'OCCURRED_ASC' })).nodes as LogEvent[]
    expect(
      all
        .filter(event => matches(also, eventSubject(event)))
        .map(({ event }) => event)
        .join(''),
    ).toBe(expected)
  })

  test('events are tallied by what they are about, under its newest name', async () => {
    const house = await three(open)
    expect(await tallyEvents(house.as(), { by: 'resource' })).toEqual([
      { value: 'order.1', label: 'new', count: 2, first: 0, last: second },
      { value: 'order.2', label: 'order.2', count: 1, first: 2 * second, last: 2 * second },
    ])
    expect(
      (await tallyEvents(house.as(), { by: 'event', also: [labelled(['related'], { [ROLE]: [is('flow')] })] })).map(({ value }) => value),
    ).toEqual(['b', 'c'])
  })
})
