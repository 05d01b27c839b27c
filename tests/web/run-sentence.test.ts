import { describe, expect, test } from 'vitest'
import type { FlowRunFactsFragment } from '../../web/src/generated/graphql.ts'
import { sentenceOf, whyNoLog } from '../../web/src/pages/flow-runs/run-sentence.ts'
import { formatClock } from '../../web/src/parts/words.ts'

const at = '2026-11-25T13:00:00.000000Z'
const clock = formatClock(Date.parse(at))
const now = Date.parse(at) + 60_000

const run = (facts: Partial<FlowRunFactsFragment>) =>
  ({
    stateType: 'COMPLETED',
    stateName: 'Completed',
    stateTimestamp: at,
    runCount: 1,
    totalRunTime: 0,
    states: [],
    ...facts,
  }) as FlowRunFactsFragment

describe('the sentence about a run', () => {
  test('says how it ended, when, and after how long', () => {
    const ended = run({ startTime: '2026-11-25T12:53:18.000000Z', endTime: at })
    expect(sentenceOf(ended, now)).toBe(`Completed at ${clock} after 6m 42s.`)
  })

  test('counts retries, the first attempt not being one', () => {
    expect(sentenceOf(run({ runCount: 2, totalRunTime: 4 }), now)).toBe(`Completed at ${clock} after 4s and one retry.`)
    expect(sentenceOf(run({ runCount: 3, totalRunTime: 4 }), now)).toBe(`Completed at ${clock} after 4s and 2 retries.`)
  })

  test('says since when it is under way, and why where a reason was given', () => {
    const states = [{ id: '1', type: 'PAUSED' as const, name: 'Suspended', timestamp: at, message: 'waits for Mara', actorName: 'Mara' }]
    expect(sentenceOf(run({ stateType: 'RUNNING', stateName: 'Running' }), now)).toBe(`Running since ${clock}.`)
    expect(sentenceOf(run({ stateType: 'PAUSED', stateName: 'Suspended', states }), now)).toBe(`Suspended since ${clock}: waits for Mara`)
  })

  test('names the day of what was not today, and the year of what was in another', () => {
    const late = run({ stateTimestamp: '2026-11-21T12:00:00Z', totalRunTime: 4 })
    expect(sentenceOf(late, now)).toMatch(/^Completed on Sat,? 21 Nov, \d\d:00 after 4s\.$/)
    expect(sentenceOf({ ...late, stateType: 'RUNNING', stateName: 'Running' }, now)).toMatch(/^Running since Sat,? 21 Nov, \d\d:00\.$/)
    expect(sentenceOf(run({ stateTimestamp: '2025-11-21T12:00:00Z', totalRunTime: 4 }), now)).toMatch(
      /^Completed on 21 Nov 2025, \d\d:00 after 4s\.$/,
    )
  })

  test('says when there is no state', () => {
    expect(sentenceOf(run({ stateType: null }), now)).toBe('It has no state yet.')
  })
})

test.each([
  [null, 'SCHEDULED', 'The run has not started, so there is nothing to read yet.'],
  [at, 'RUNNING', 'Running; nothing logged yet.'],
  [at, 'COMPLETED', 'This run logged nothing.'],
] as const)('a log without lines says why: started at %s, %s', (startTime, stateType, why) => {
  expect(whyNoLog({ startTime, stateType })).toBe(why)
})
