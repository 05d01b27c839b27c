import { describe, expect, test } from 'vitest'
import { withArticle } from '../../src/core/notifications/message-template.ts'
import { sentenceOf } from '../../src/core/notifications/policy-sentence.rules.ts'
import { isStateType } from '../../src/core/states/index.ts'

type Told = Parameters<typeof sentenceOf>[0]

interface Asked {
  flows?: readonly (string | null)[]
  deployments?: readonly (string | null)[]
  channels?: readonly (string | null)[]
  tags?: readonly string[]
  states?: readonly string[]
  storm?: Partial<Pick<Told, 'groupBy' | 'repeatIntervalSeconds' | 'maxPerWindow' | 'windowSeconds'>>
}

const partsOf = ({ flows = [], deployments = [], channels = ['ops'], tags = [], states = [], storm = {} }: Asked) => {
  const named = (names: readonly (string | null)[]) => names.map((name, index) => ({ id: `id-${index}`, name }))
  const policy = {
    stateTypes: states.filter(isStateType),
    stateNames: states.filter(state => !isStateType(state)),
    tags: [...tags],
    ...{ groupBy: 'NONE' as const, repeatIntervalSeconds: 300, maxPerWindow: null, windowSeconds: 3600 },
    ...storm,
  }
  return sentenceOf(policy, { flows: named(flows), deployments: named(deployments), channels: named(channels) })
}
const read = (asked: Asked) =>
  partsOf(asked)
    .map(({ text }) => text)
    .join('')

describe('the sentence of a policy', () => {
  test('is that of the first page which described it, word for word', () => {
    expect(read({ states: ['Failed'], tags: ['daily-etl'], channels: ['my-slack-webhook'] })).toBe(
      'If a run of any flow with daily-etl tag enters a failed state, send a notification to my-slack-webhook',
    )
  })

  const flows = [
    [[], 'any flow'],
    [['etl'], 'the etl flow'],
    [['etl', 'ml'], 'the etl or ml flow'],
    [['etl', null], 'etl or a deleted flow'],
    [['etl', 'ml', 'crm'], 'the etl, ml or crm flow'],
  ] as const
  const deployments = [
    [[], ''],
    [['prod'], ' from the prod deployment'],
    [['prod', 'eu'], ' from the prod or eu deployment'],
    [[null], ' from a deleted deployment'],
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
    [[null], 'a deleted channel'],
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
              const asked = { flows: flowNames, deployments: deploymentNames, tags: tagNames, channels: channelNames }
              const expected = `If a run of ${flowWords}${deploymentWords}${tagWords} enters ${stateWords} state, send a notification to ${channelWords}`
              expect(read({ ...asked, states: stateNames })).toBe(expected)
              combinations += 1
            }
    expect(combinations).toBe(5 * 4 * 4 * 7 * 5)
  })

  test('names what is named alike with what it belongs to, and says no word twice', () => {
    const policy = {
      stateTypes: ['FAILED'],
      stateNames: ['Failed', 'Late'],
      tags: [],
      groupBy: 'NONE',
      repeatIntervalSeconds: 300,
    } as const
    const alike = (...wholes: string[]) => wholes.map((whole, index) => ({ id: `${index}`, name: whole.split('/')[1]!, whole }))
    const names = {
      flows: [null, null].map((name, index) => ({ id: `${index}`, name })),
      deployments: alike('etl/nightly', 'ml/nightly', 'ml/hourly'),
      channels: alike('slack-webhook/ops', 'smtp-email/ops'),
    }
    const parts = sentenceOf({ ...policy, maxPerWindow: null, windowSeconds: 3600 } as never, names)
    expect(parts.map(({ text }) => text).join('')).toBe(
      'If a run of a deleted flow from the etl/nightly, ml/nightly or hourly deployment enters a failed or late state, send a notification to slack-webhook/ops and smtp-email/ops',
    )
  })

  const calm = { groupBy: 'NONE', repeatIntervalSeconds: 0 } as const
  test.each([
    [calm, ''],
    [{ ...calm, repeatIntervalSeconds: 900 }, ''],
    [{ ...calm, groupBy: 'FLOW' as const }, ', one for each flow'],
    [{ groupBy: 'FLOW' as const, repeatIntervalSeconds: 900 }, ', at most one for each flow in 15 minutes'],
    [{ ...calm, maxPerWindow: 10 }, ', no more than 10 in 1 hour and the rest in a digest'],
    [
      { groupBy: 'DEPLOYMENT' as const, repeatIntervalSeconds: 86_400, maxPerWindow: 3, windowSeconds: 5400 },
      ', at most one for each deployment in 1 day, no more than 3 in 90 minutes and the rest in a digest',
    ],
  ])('says how a storm is held together: %j', (storm, clause) => {
    expect(read({ states: ['FAILED'], storm })).toBe(`If a run of any flow enters a failed state, send a notification to ops${clause}`)
  })

  test('is cut into what is only said, and what is named', () => {
    const plain = { id: null, stateType: null, stateName: null }
    const text = (text: string) => ({ ...plain, kind: 'TEXT', text })
    expect(partsOf({ states: ['FAILED', 'Late', 'Odd One'], tags: ['s3'] })).toEqual([
      text('If a run of '),
      text('any flow'),
      text(' with '),
      { ...plain, kind: 'TAG', text: 's3' },
      text(' tag'),
      text(' enters '),
      text('a '),
      { ...plain, kind: 'STATE', text: 'failed', stateType: 'FAILED' },
      text(', '),
      { ...plain, kind: 'STATE', text: 'late', stateType: 'SCHEDULED', stateName: 'Late' },
      text(' or '),
      { ...plain, kind: 'STATE', text: 'Odd One', stateName: 'Odd One' },
      text(' state, send a notification to '),
      { ...plain, kind: 'CHANNEL', text: 'ops', id: 'id-0' },
    ])
  })
})

describe('words', () => {
  test.each([
    ['a', ['failed', 'crashed', 'user-stopped', 'unique', 'European', 'one-off', 'utility']],
    ['an', ['awaiting retry', 'unknown', 'unnoticed', 'hourly', 'odd', 'unimportant', 'issue']],
  ] as const)('have the article %s where it is spoken', (article, words) => {
    expect(words.map(withArticle)).toEqual(words.map(word => `${article} ${word}`))
  })
})
