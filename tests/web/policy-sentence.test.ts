import { describe, expect, test } from 'vitest'
import {
  articleOf,
  knownStates,
  type PolicyTerms,
  sentenceOf,
  sentenceText,
  spanWords,
  stateNamed,
  stateWord,
} from '../../web/src/pages/notifications/policy-sentence.ts'

const nothing: PolicyTerms = { states: [], tags: [], flows: [], deployments: [], channels: ['ops'] }
const read = (terms: Partial<Omit<PolicyTerms, 'states'>> & { states?: string[] }) =>
  sentenceText(sentenceOf({ ...nothing, ...terms, states: (terms.states ?? []).map(stateNamed) }))

describe('the sentence of a policy', () => {
  test('is that of the first page which described it, word for word', () => {
    expect(read({ states: ['Failed'], tags: ['daily-etl'], channels: ['my-slack-webhook'] })).toBe(
      'If a run of any flow with daily-etl tag enters a failed state, send a notification to my-slack-webhook',
    )
  })

  const flows = [
    [[], 'any flow'],
    [['etl'], 'etl'],
    [['etl', 'ml'], 'etl or ml'],
    [['etl', 'ml', 'crm'], 'etl, ml or crm'],
  ] as const
  const deployments = [
    [[], ''],
    [['prod'], ' from the prod deployment'],
    [['prod', 'eu'], ' from the prod or eu deployment'],
  ] as const
  const tags = [
    [[], ''],
    [['s3'], ' with s3 tag'],
    [['crm', 'leads'], ' with crm or leads tag'],
    [['a', 'b', 'c'], ' with a, b or c tag'],
  ] as const
  const states = [
    [[], 'any'],
    [['FAILED'], 'a failed'],
    [['CRASHED', 'FAILED'], 'a crashed or failed'],
    [['TimedOut'], 'a timed out'],
    [['AwaitingRetry', 'Late'], 'an awaiting retry or late'],
    [['COMPLETED', 'CANCELLED', 'CRASHED'], 'a completed, cancelled or crashed'],
    [['Order Lost'], 'an Order Lost'],
  ] as const
  const channels = [
    [[], 'nobody yet'],
    [['ops'], 'ops'],
    [['ops', 'crm-audit'], 'ops and crm-audit'],
    [['ops', 'crm-audit', 'ml-team'], 'ops, crm-audit and ml-team'],
  ] as const

  test('reads correctly in every combination of flows, deployments, tags, states and channels', () => {
    let combinations = 0
    for (const [flowNames, flowWords] of flows)
      for (const [deploymentNames, deploymentWords] of deployments)
        for (const [tagNames, tagWords] of tags)
          for (const [stateNames, stateWords] of states)
            for (const [channelNames, channelWords] of channels) {
              const terms = { flows: flowNames, deployments: deploymentNames, tags: tagNames, channels: channelNames }
              const expected = `If a run of ${flowWords}${deploymentWords}${tagWords} enters ${stateWords} state, send a notification to ${channelWords}`
              expect(read({ ...terms, states: [...stateNames] })).toBe(expected)
              combinations += 1
            }
    expect(combinations).toBe(4 * 3 * 4 * 7 * 4)
  })

  const calm = { groupBy: 'none', repeatSeconds: 0, windowSeconds: 3600 } as const
  test.each([
    [calm, ''],
    [{ ...calm, groupBy: 'flow' as const }, ', one for each flow'],
    [{ ...calm, repeatSeconds: 900 }, ', at most one in 15 minutes'],
    [{ ...calm, groupBy: 'flow' as const, repeatSeconds: 900 }, ', at most one for each flow in 15 minutes'],
    [{ ...calm, mostPerWindow: 10 }, ', no more than 10 in 1 hour and the rest in a digest'],
    [
      { groupBy: 'deployment' as const, repeatSeconds: 86_400, mostPerWindow: 3, windowSeconds: 5400 },
      ', at most one for each deployment in 1 day, no more than 3 in 90 minutes and the rest in a digest',
    ],
  ])('says how a storm is held together: %j', (storm, clause) => {
    expect(read({ states: ['FAILED'], storm })).toBe(`If a run of any flow enters a failed state, send a notification to ops${clause}`)
  })

  test('is cut into what is only said, and what is named', () => {
    expect(sentenceOf({ ...nothing, states: [{ type: 'FAILED' }, { name: 'Odd' }], tags: ['s3'] })).toEqual([
      { text: 'If a run of any flow with ' },
      { noun: 's3', part: 'tags' },
      { text: ' tag enters a ' },
      { state: { type: 'FAILED' }, word: 'failed' },
      { text: ' or ' },
      { state: { name: 'Odd' }, word: 'Odd' },
      { text: ' state, send a notification to ' },
      { noun: 'ops', part: 'channels' },
    ])
  })
})

describe('the words of a sentence', () => {
  test.each([
    ['a', ['failed', 'crashed', 'user-stopped', 'unique', 'European', 'one-off', 'utility']],
    ['an', ['awaiting retry', 'unknown', 'unnoticed', 'hourly', 'odd', 'unimportant', 'issue']],
  ] as const)('have the article %s where it is spoken', (article, words) => {
    expect(words.map(word => [word, articleOf(word)])).toEqual(words.map(word => [word, article]))
  })

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
