import { describe, expect, test } from 'vitest'
import {
  filterOf,
  isInStates,
  isNarrowed,
  leavesOutAhead,
  queryOf,
  readChoice,
  standingFilter,
} from '../../web/src/pages/flow-runs/list-choice.ts'

const id = '019ab000-0000-7000-8000-00000000000f'
const now = Date.parse('2026-11-25T12:00:00Z')
const choiceOf = (query: string) => readChoice(new URLSearchParams(query))
const written = (query: string) =>
  new URLSearchParams(
    Object.entries(queryOf(choiceOf(query))).flatMap(([word, value]) => [value ?? []].flat().map(one => [word, one])),
  ).toString()

describe('the choice of runs', () => {
  test.each([
    '',
    'name=otter',
    'state=FAILED&state=Late&flow=a+b&flow=c&tag=x',
    `deployment=${id}&range=24h&subflows=only&parent=${id}&order=oldest`,
    'range=upcoming',
    'after=2026-11-25T10%3A00%3A00.000Z&before=2026-11-25T11%3A00%3A00.000Z',
  ])('is written to the address as it was read from it: %s', query => {
    expect(written(query)).toBe(query)
  })

  test.each([
    ['range=fortnight&subflows=some&order=random', ''],
    ['deployment=x&parent=y&after=yesterday', ''],
    ['state=FAILED&state=FAILED&state=+&tag=', 'state=FAILED'],
    ['after=2026-11-25T12:00:00%2B02:00', 'after=2026-11-25T10%3A00%3A00.000Z'],
  ])('leaves out what makes no sense: %s', (query, expected) => {
    expect(written(query)).toBe(expected)
  })

  test('narrows the list by anything but its order', () => {
    expect(['', 'order=oldest', 'state=FAILED', 'name=x', 'subflows=hidden'].map(query => isNarrowed(choiceOf(query)))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ])
  })
})

describe('its filter', () => {
  test.each([
    ['state=FAILED&state=CRASHED', { stateTypes: ['FAILED', 'CRASHED'] }],
    ['state=Late', { stateNames: ['Late'] }],
    ['state=FAILED&state=Late', { states: ['FAILED', 'Late'] }],
    ['', { expectedStartTimeBefore: '2026-11-25T12:01:00.000Z' }],
    [`state=FAILED&name=${id}`, { ids: [id], stateTypes: ['FAILED'] }],
    ['state=FAILED&name=otter', { nameContains: 'otter', stateTypes: ['FAILED'] }],
    ['state=FAILED&range=1h', { stateTypes: ['FAILED'], expectedStartTimeAfter: '2026-11-25T11:00:00.000Z' }],
    ['range=upcoming', { expectedStartTimeAfter: '2026-11-25T12:00:00.000Z' }],
    ['before=2026-11-25T11:00:00Z', { expectedStartTimeBefore: '2026-11-25T11:00:00.000Z' }],
    [
      `range=upcoming&subflows=hidden&parent=${id}&flow=a&tag=b&deployment=${id}`,
      {
        flowNames: ['a'],
        tags: ['b'],
        deploymentIds: [id],
        isSubflow: false,
        parentTaskRunIds: [id],
        expectedStartTimeAfter: '2026-11-25T12:00:00.000Z',
      },
    ],
  ])('%s', (query, expected) => {
    expect(filterOf(choiceOf(query), now)).toEqual(expected)
  })

  test('without what a change of state changes is what the stream is filtered by', () => {
    expect(standingFilter(choiceOf('state=FAILED&tag=a'), now)).toEqual({ tags: ['a'] })
    expect(standingFilter(choiceOf(''), now)).toEqual({})
  })

  test.each([
    ['', true],
    ['tag=a', true],
    ['range=24h', true],
    ['state=SCHEDULED', false],
    ['range=upcoming', false],
    ['after=2026-11-25T10:00:00Z', false],
  ])('leaves out what is scheduled for later unless it is asked for: %s', (query, expected) => {
    expect(leavesOutAhead(choiceOf(query))).toBe(expected)
  })

  test('takes a state by its kind or by its name', () => {
    const late = { type: 'SCHEDULED', name: 'Late' }
    expect(isInStates([], late)).toBe(true)
    expect(isInStates(['FAILED', 'Late'], late)).toBe(true)
    expect(isInStates(['SCHEDULED'], late)).toBe(true)
    expect(isInStates(['Scheduled', 'FAILED'], late)).toBe(false)
    expect(isInStates(['FAILED'], { type: null, name: null })).toBe(false)
  })
})
