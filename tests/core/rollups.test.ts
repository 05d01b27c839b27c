import { describe, expect, test } from 'vitest'
import { countedConditions } from '../../src/core/flow-runs/flow-run.counts.ts'
import type { FlowRunFilter } from '../../src/core/flow-runs/index.ts'
import {
  ALL_FLOWS,
  ALL_TIME,
  BLOCK,
  bucketOf,
  type CountedRun,
  foldRollups,
  QUARTER_HOUR,
  rollupDeltas,
  scopes,
} from '../../src/core/rollups/index.ts'

const noon = 1_795_608_000_000_000
const run = (change: Partial<CountedRun> = {}): CountedRun => ({
  workspaceId: 'w',
  flowId: 'f',
  parentTaskRunId: null,
  tags: [],
  stateType: 'SCHEDULED',
  stateName: 'Scheduled',
  sortTime: noon,
  ...change,
})
const told = (before: CountedRun | null, after: CountedRun | null) =>
  rollupDeltas(before, after)
    .filter(({ scope }) => scope === scopes.byFlow)
    .map(
      ({ count, bucket, stateType, isSubflow, isLate, flowId }) =>
        `${count > 0 ? '+' : ''}${count} ${flowId} ${bucket - bucketOf(noon)} ${stateType}${isSubflow ? ' subflow' : ''}${isLate ? ' late' : ''}`,
    )
const scopesOf = (before: CountedRun | null, after: CountedRun | null) =>
  rollupDeltas(before, after).map(({ scope, flowId, count }) => `${count > 0 ? '+' : ''}${count} ${scope} ${flowId}`)

describe('a write of a run', () => {
  test.each([
    ['a new run is one more', null, run(), ['+1 f 0 SCHEDULED']],
    ['a run without a state is counted as such', null, run({ stateType: null, stateName: null }), ['+1 f 0 NONE']],
    ['a subflow is told apart', null, run({ parentTaskRunId: 't' }), ['+1 f 0 SCHEDULED subflow']],
    ['a deleted run is one fewer', run(), null, ['-1 f 0 SCHEDULED']],
    ['a transition moves it', run(), run({ stateType: 'RUNNING', stateName: 'Running' }), ['-1 f 0 SCHEDULED', '+1 f 0 RUNNING']],
    ['so does becoming late', run(), run({ stateName: 'Late' }), ['-1 f 0 SCHEDULED', '+1 f 0 SCHEDULED late']],
    ['only a scheduled run is late', null, run({ stateType: 'PENDING', stateName: 'Late' }), ['+1 f 0 PENDING']],
    ['another name of the same kind changes nothing', run(), run({ stateName: 'AwaitingRetry' }), []],
    ['nor does another moment of the same quarter of an hour', run(), run({ sortTime: noon + QUARTER_HOUR - 1 }), []],
    ['another quarter of an hour moves it', run(), run({ sortTime: noon + QUARTER_HOUR }), ['-1 f 0 SCHEDULED', '+1 f 1 SCHEDULED']],
    ['no run before and none after is nothing', null, null, []],
  ])('%s', (_rule, before, after, expected) => {
    expect(told(before, after)).toEqual(expected)
  })

  test('is told to the counters of all flows, of its own, and of each of its tags', () => {
    expect(scopesOf(null, run({ tags: ['a', '', 'a'] }))).toEqual([
      ...[`+1 all ${ALL_FLOWS}`, `+1 all:a ${ALL_FLOWS}`, `+1 all: ${ALL_FLOWS}`],
      ...['+1 flow f', '+1 tag:a f', '+1 tag: f'],
    ])
  })

  test('that ends it is told to a block of six hours too, which no other state is', () => {
    const started = rollupDeltas(run(), run({ stateType: 'RUNNING' }))
    expect(started.map(({ scope }) => scope)).toEqual(['all', 'flow', 'all', 'flow'])
    const ended = rollupDeltas(
      run({ stateType: 'RUNNING' }),
      run({ stateType: 'FAILED', tags: ['a'], sortTime: noon + BLOCK + QUARTER_HOUR }),
    )
    expect(ended.slice(-2)).toMatchObject([
      { scope: 'flow/6h', flowId: 'f', bucket: bucketOf(noon + BLOCK), count: 1 },
      { scope: 'tag/6h:a', flowId: 'f', bucket: bucketOf(noon + BLOCK), count: 1 },
    ])
    expect(foldRollups(ended).filter(({ bucket, scope }) => bucket === ALL_TIME && scope.includes('6h'))).toEqual([])
  })

  test('that changes its tags moves it from those to these', () => {
    const changes = scopesOf(run({ tags: ['a', 'b'] }), run({ tags: ['b', 'c'] }))
    expect(changes.filter(change => change.includes(' tag:'))).toEqual(['-1 tag:a f', '-1 tag:b f', '+1 tag:b f', '+1 tag:c f'])
    expect(scopesOf(run({ tags: ['a', 'b'] }), run({ tags: ['a', 'b'] }))).toEqual([])
  })

  test('before 1970 counts as the first quarter of an hour', () => {
    expect([-1, 0, QUARTER_HOUR - 1, QUARTER_HOUR].map(bucketOf)).toEqual([0, 0, 0, 1])
  })
})

describe('the deltas of a transaction', () => {
  const running = run({ stateType: 'RUNNING' })
  test('come to one row for each counter, with those over all time, in the order of their keys, and none for what cancels out', () => {
    const deltas = [...rollupDeltas(null, run()), ...rollupDeltas(run(), running), ...rollupDeltas(null, running)]
    expect(foldRollups(deltas).map(({ scope, bucket, stateType, count }) => [scope, bucket, stateType, count])).toEqual([
      ['all', ALL_TIME, 'RUNNING', 2],
      ['flow', ALL_TIME, 'RUNNING', 2],
      ['all', bucketOf(noon), 'RUNNING', 2],
      ['flow', bucketOf(noon), 'RUNNING', 2],
    ])
  })

  test('leave the total alone when a run only moves in time', () => {
    const folded = foldRollups(rollupDeltas(run(), run({ sortTime: noon + QUARTER_HOUR })))
    expect(folded.map(({ scope, bucket, count }) => [scope, bucket - bucketOf(noon), count])).toEqual([
      ['all', 0, -1],
      ['flow', 0, -1],
      ['all', 1, 1],
      ['flow', 1, 1],
    ])
  })
})

describe('a filter', () => {
  test.each<[string, Partial<FlowRunFilter> | null, boolean]>([
    ['none', null, true],
    ['nothing in it', {}, true],
    ['flows and kinds of states', { flowIds: ['f'], stateTypes: ['RUNNING'] }, true],
    ['a range from border to border', { expectedStartTimeAfter: noon, expectedStartTimeBefore: noon + QUARTER_HOUR - 1 }, true],
    ['the beginning of an id', { idPrefix: '019ab000' }, false],
    ['nulls', { ids: null, tags: null, nameContains: null }, true],
    ['a start between borders', { expectedStartTimeAfter: noon + 1 }, false],
    ['an end between borders', { expectedStartTimeBefore: noon }, false],
    ['one tag of some flows', { tags: ['a'], flowIds: ['f'] }, true],
    ['no tag', { tags: [] }, true],
    ['two tags', { tags: ['a', 'b'] }, false],
    ['subflows', { isSubflow: true }, true],
    ['names of states', { stateNames: ['Late'] }, false],
    ['kinds and names of states', { states: ['FAILED', 'Late'] }, false],
    ['no ids at all', { ids: [] }, false],
  ])('of %s is answered from the roll-ups or not: %j %s', (_what, filter, isKnown) => {
    expect(countedConditions(filter as FlowRunFilter | null) !== undefined).toBe(isKnown)
  })
})
