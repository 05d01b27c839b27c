import { describe, expect, test } from 'vitest'
import { stateNamed, stateWord } from '../../web/src/pages/notifications/policy-states.ts'
import { spanWords } from '../../web/src/pages/notifications/span-words.ts'
import { knownStates } from '../../web/src/parts/states.ts'

describe('the words of the wizard', () => {
  test('for states are in lower case, but for those that somebody made up', () => {
    expect(
      ['FAILED', 'TimedOut', 'InfrastructurePending', 'Retrying', 'RolledBack', 'My State'].map(word => stateWord(stateNamed(word))),
    ).toEqual(['failed', 'timed out', 'starting infrastructure', 'retrying', 'rolled back', 'My State'])
  })

  test('for each state that can be chosen are its own', () => {
    const words = knownStates.map(stateWord)
    expect(new Set(words).size).toBe(words.length)
  })

  test('for spans use the largest unit that measures them exactly', () => {
    expect([1, 45, 60, 90, 900, 3600, 5400, 86_400].map(spanWords)).toEqual([
      '1 second',
      '45 seconds',
      '1 minute',
      '90 seconds',
      '15 minutes',
      '1 hour',
      '90 minutes',
      '1 day',
    ])
  })
})
