import { describe, expect, test } from 'vitest'
import { eventConditions, eventFilter, eventSubject } from '../../src/core/events/index.ts'
import { flowRunConditions, flowRunFilter } from '../../src/core/flow-runs/index.ts'
import { flowConditions, flowFilter } from '../../src/core/flows/index.ts'
import { logConditions, logFilter } from '../../src/core/logs/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { type Condition, matches } from '../../src/kernel/filters.ts'
import { noon, runId, runOf, second } from './flow-run-facts.ts'

const other = '019ab000-0000-7000-8000-00000000000f'

describe('a filter', () => {
  test.each([
    ['flows', flowConditions],
    ['flow runs', flowRunConditions],
    ['events', eventConditions],
    ['logs', logConditions],
  ])('of %s that is missing, null or empty asks nothing', (_name, conditions) => {
    expect([conditions(undefined), conditions(null), conditions({} as never)]).toEqual([[], [], []])
  })

  test.each([
    [flowFilter, { ids: null, names: null, nameContains: null, tags: null }],
    [flowRunFilter, { ids: null, flowNames: null, stateTypes: null, expectedStartTimeAfter: null, tags: null }],
    [eventFilter, { ids: null, names: null, namePrefixes: null, occurredAfter: null }],
    [logFilter, { flowRunIds: null, levelAtLeast: null, textContains: null }],
  ])('takes null for a part that is not asked', (schema, filter) => {
    expect(schema.safeParse(filter).success).toBe(true)
  })
})

describe('a flow run filter', () => {
  const run = {
    ...runOf({ stateType: 'RUNNING', stateName: 'Retrying', tags: ['a', 'b'], expectedStartTime: noon, name: 'Brave-Otter' }),
    flow: { name: 'hello' },
  }
  const fits = (filter: object) => matches(flowRunConditions(flowRunFilter.parse(filter)), run)

  test.each([
    [{ ids: [other, runId] }, true],
    [{ ids: [other] }, false],
    [{ ids: [] }, false],
    [{ idPrefix: runId.slice(0, 11).toUpperCase() }, true],
    [{ idPrefix: runId.replaceAll('-', '') }, true],
    [{ idPrefix: '019ab0ff' }, false],
    [{ flowIds: [run.flowId] }, true],
    [{ flowIds: [other] }, false],
    [{ flowNames: ['hello', 'x'] }, true],
    [{ flowNames: ['hell'] }, false],
    [{ flowNames: [] }, false],
    [{ nameContains: 'otter' }, true],
    [{ nameContains: 'VE-OT' }, true],
    [{ nameContains: 'cat' }, false],
    [{ nameContains: '' }, true],
    [{ stateTypes: ['RUNNING', 'FAILED'] }, true],
    [{ stateTypes: ['FAILED'] }, false],
    [{ stateNames: ['Retrying'] }, true],
    [{ stateNames: ['retrying'] }, false],
    [{ states: ['RUNNING'] }, true],
    [{ states: ['FAILED', 'Retrying'] }, true],
    [{ states: ['FAILED', 'Late', 'running'] }, false],
    [{ states: [] }, false],
    [{ tags: ['b', 'a'] }, true],
    [{ tags: ['a', 'c'] }, false],
    [{ tags: [] }, true],
    [{ parentTaskRunIds: [other] }, false],
    [{ deploymentIds: [other] }, false],
    [{ isSubflow: false }, true],
    [{ isSubflow: true }, false],
    [{ isSubflow: null }, true],
    [{ expectedStartTimeAfter: noon, expectedStartTimeBefore: noon }, true],
    [{ expectedStartTimeAfter: noon + 1 }, false],
    [{ expectedStartTimeBefore: noon - 1 }, false],
    [{ ids: [runId], stateTypes: ['FAILED'] }, false],
  ])('%j: %s', (filter, expected) => {
    expect(fits(filter)).toBe(expected)
  })

  test.each(['', '019ab00', 'g19ab000', '019ab000 ', `${runId}0`, '--------'])(
    'does not take "%s" for the beginning of an id',
    idPrefix => {
      expect(flowRunFilter.safeParse({ idPrefix }).error?.issues).toMatchObject([
        { path: ['idPrefix'], message: 'is not the beginning of an id: 8 to 32 hexadecimal digits, hyphens aside' },
      ])
    },
  )

  test('a run without an expected start is in no range', () => {
    expect(matches(flowRunConditions({ expectedStartTimeAfter: 0 }), { ...runOf() })).toBe(false)
    expect(matches(flowRunConditions({ expectedStartTimeBefore: noon }), { ...runOf() })).toBe(false)
  })

  test.each([{ stateTypes: ['NONE'] }, { ids: ['x'] }, { tags: 'a' }])('%j is refused', filter => {
    expect(flowRunFilter.safeParse(filter).success).toBe(false)
  })
})

describe('an event filter', () => {
  const event: LogEvent = {
    seq: 1,
    id: runId,
    workspaceId: other,
    occurred: noon,
    received: noon,
    event: 'prefect.flow-run.Completed',
    resource: { 'prefect.resource.id': 'prefect.flow-run.42' },
    related: [],
    payload: {},
    follows: null,
  }
  const fits = (filter: object) => matches(eventConditions(eventFilter.parse(filter)), eventSubject(event))

  test.each([
    [{ names: ['prefect.flow-run.Completed'] }, true],
    [{ names: ['prefect.flow-run.completed'] }, false],
    [{ namePrefixes: ['prefect.flow-run.'] }, true],
    [{ namePrefixes: ['prefect.task-run.', 'prefect.flow-'] }, true],
    [{ namePrefixes: ['Prefect'] }, false],
    [{ namePrefixes: [] }, false],
    [{ namePrefixes: [''] }, true],
    [{ names: ['x'], namePrefixes: ['prefect.'] }, true],
    [{ names: ['prefect.flow-run.Completed'], namePrefixes: ['x'] }, true],
    [{ names: ['x'], namePrefixes: ['y'] }, false],
    [{ resourceIds: ['prefect.flow-run.42'] }, true],
    [{ resourceIds: ['prefect.flow-run.4'] }, false],
    [{ resourceIdPrefixes: ['prefect.flow-run.4'] }, true],
    [{ resourceIds: ['x'], resourceIdPrefixes: ['prefect.flow-run.'] }, true],
    [{ names: ['prefect.flow-run.Completed'], resourceIds: ['x'] }, false],
    [{ occurredAfter: noon, occurredBefore: noon }, true],
    [{ occurredAfter: noon + 1 }, false],
    [{ ids: [runId] }, true],
    [{ ids: [other] }, false],
  ])('%j: %s', (filter, expected) => {
    expect(fits(filter)).toBe(expected)
  })
})

describe('a log filter', () => {
  const line = {
    seq: 1,
    id: other,
    workspaceId: other,
    flowRunId: runId,
    taskRunId: null,
    name: 'prefect',
    level: 30,
    message: 'Größe 100% of_it',
    timestamp: noon,
  }
  const fits = (filter: object) => matches(logConditions(logFilter.parse(filter)), line)

  test.each([
    [{ flowRunIds: [runId] }, true],
    [{ taskRunIds: [runId] }, false],
    [{ levelAtLeast: 30, levelAtMost: 30 }, true],
    [{ levelAtLeast: 31 }, false],
    [{ levelAtMost: 29 }, false],
    [{ levelAtLeast: 0 }, true],
    [{ textContains: '100%' }, true],
    [{ textContains: 'OF_IT' }, true],
    [{ textContains: 'of%it' }, false],
    [{ textContains: 'größe' }, true],
    [{ timestampAfter: noon - second, timestampBefore: noon + second }, true],
    [{ timestampBefore: noon - 1 }, false],
  ])('%j: %s', (filter, expected) => {
    expect(fits(filter)).toBe(expected)
  })
})

describe('conditions', () => {
  const subject = { word: 'two', number: 2, none: null, list: ['a', 'b'], it: { name: 'x' } }
  test.each([
    [{ is: 'noneOf', property: 'word', values: ['one'] }, true],
    [{ is: 'noneOf', property: 'word', values: ['two'] }, false],
    [{ is: 'noneOf', property: 'none', values: ['two'] }, true],
    [{ is: 'noneOf', property: 'word', values: [] }, true],
    [{ is: 'havingAny', property: 'list', values: ['z', 'b'] }, true],
    [{ is: 'havingAny', property: 'list', values: [] }, false],
    [{ is: 'havingAll', property: 'none', values: ['a'] }, false],
    [{ is: 'missing', property: 'none', isMissing: true }, true],
    [{ is: 'missing', property: 'absent', isMissing: true }, true],
    [{ is: 'missing', property: 'word', isMissing: true }, false],
    [{ is: 'missing', property: 'word', isMissing: false }, true],
    [{ is: 'atLeast', property: 'word', value: 1 }, false],
    [{ is: 'containing', property: 'number', text: '2' }, false],
    [{ is: 'related', property: 'itId', entity: 'It', as: 'it', where: [{ is: 'oneOf', property: 'name', values: ['x'] }] }, true],
    [{ is: 'related', property: 'itId', entity: 'It', as: 'absent', where: [{ is: 'oneOf', property: 'name', values: ['x'] }] }, false],
    [{ is: 'anyOf', of: [] }, false],
    [{ is: 'allOf', of: [] }, true],
    [{ is: 'anyOf', of: [[]] }, true],
    [
      { is: 'allOf', of: [[{ is: 'oneOf', property: 'number', values: [2] }], [{ is: 'oneOf', property: 'word', values: ['one'] }]] },
      false,
    ],
  ] as [Condition, boolean][])('%j: %s', (condition, expected) => {
    expect(matches([condition], subject)).toBe(expected)
  })

  test('all of them must hold, and none is nothing to hold', () => {
    const two: Condition = { is: 'oneOf', property: 'number', values: [2] }
    const three: Condition = { is: 'oneOf', property: 'number', values: [3] }
    expect([matches([], subject), matches([two, two], subject), matches([two, three], subject)]).toEqual([true, true, false])
  })
})
