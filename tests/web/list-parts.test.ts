import { describe, expect, test } from 'vitest'
import { keepColumns, readColumns } from '../../web/src/pages/flow-runs/list-columns.ts'
import { toCsv } from '../../web/src/pages/flow-runs/list-csv.ts'
import { stateChoice, stateChoices } from '../../web/src/pages/flow-runs/list-states.ts'
import { windowOf } from '../../web/src/pages/flow-runs/list-window.ts'

describe('the rows that are drawn', () => {
  const drawn = (above: number, count = 10_000) => windowOf({ above, height: 640, rowHeight: 32, count })

  test('are those in the window and some around it, few however many there are', () => {
    for (const above of [-500, 0, 31, 100_000, 319_360, 400_000]) {
      const { first, last } = drawn(above)
      const [top, bottom] = [Math.floor(above / 32), Math.ceil((above + 640) / 32)]
      expect(first).toBeLessThanOrEqual(Math.max(0, Math.min(top, 10_000)))
      expect(last).toBeGreaterThanOrEqual(Math.max(0, Math.min(bottom, 10_000)))
      expect(last - first).toBeLessThanOrEqual(72)
    }
  })

  test('are the same after a small step', () => {
    expect(drawn(3_264 + 31)).toEqual(drawn(3_264))
  })

  test('are no more than there are', () => {
    expect(drawn(0, 5)).toEqual({ first: 0, last: 5 })
    expect(drawn(5_000, 0)).toEqual({ first: 0, last: 0 })
  })
})

describe('the columns', () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
  }

  test('are the usual ones until others are chosen, which are remembered in their order', () => {
    const one = storage()
    expect(readColumns(one)).toEqual(['flow', 'started', 'duration', 'message', 'tags'])
    keepColumns(one, ['parameters', 'flow'])
    expect(readColumns(one)).toEqual(['flow', 'parameters'])
    keepColumns(one, [])
    expect(readColumns(one)).toEqual([])
  })

  test('that no longer exist are forgotten', () => {
    expect(readColumns({ getItem: () => 'tags colour' })).toEqual(['tags'])
  })
})

describe('the states to choose from', () => {
  test('are found by kind or name, and one made up by somebody is shown as written', () => {
    expect(stateChoice('FAILED')).toMatchObject({ label: 'Failed', state: { type: 'FAILED' } })
    expect(stateChoice('AwaitingRetry')).toMatchObject({ label: 'Awaiting retry', state: { type: 'SCHEDULED', name: 'AwaitingRetry' } })
    expect(stateChoice('HalfDone')).toEqual({ value: 'HalfDone', label: 'HalfDone' })
    expect(stateChoices(['HalfDone', 'FAILED']).filter(({ value }) => value === 'HalfDone' || value === 'FAILED')).toHaveLength(2)
  })
})

describe('a table for spreadsheets', () => {
  const run = {
    id: 'i',
    name: 'a,b',
    version: 1,
    flow: { id: 'f', name: 'say "hi"' },
    deployment: null,
    stateType: 'FAILED' as const,
    stateName: 'Failed',
    stateTimestamp: null,
    expectedStartTime: null,
    startTime: '2026-11-25T12:00:00Z',
    endTime: null,
    totalRunTime: -1.5,
    runCount: 2,
    state: { message: 'closed, at last' },
    tags: ['x', 'y'],
    parameters: { day: '=1+1' },
  }

  test('has a head and a line for each run, with quotes where they are needed', () => {
    expect(toCsv([run]).split('\r\n')).toEqual([
      'id,name,flow,deployment,state,state_name,state_since,state_message,expected_start,start,end,run_seconds,attempts,tags,parameters',
      'i,"a,b","say ""hi""",,FAILED,Failed,,"closed, at last",,2026-11-25T12:00:00Z,,-1.5,2,x y,"{""day"":""=1+1""}"',
      '',
    ])
  })

  test.each(['=cmd()', '+1', '-1', '@x'])('makes no formula of a name: %s', name => {
    expect(toCsv([{ ...run, name }]).split('\r\n')[1]).toMatch(`i,'${name}`)
  })
})
