import { describe, expect, test } from 'vitest'
import { answerOf, fieldsOf, wrongIn } from '../../web/src/pages/flow-runs/question-form.ts'
import { actionsOf } from '../../web/src/pages/flow-runs/run-actions.ts'

const deployment = { id: 'd' }
const offered = (stateType: Parameters<typeof actionsOf>[0]['stateType'], isDeployed = true) =>
  actionsOf({ stateType, stateName: stateType, deployment: isDeployed ? deployment : null }).map(({ name, reason }) =>
    reason === undefined ? name : `(${name})`,
  )

describe('what can be done to a run', () => {
  test.each([
    ['RUNNING', ['cancel', 'pause', 'suspend', 'copy']],
    ['PENDING', ['cancel', '(pause)', '(suspend)', 'copy']],
    ['SCHEDULED', ['cancel', '(pause)', '(suspend)', 'copy']],
    ['PAUSED', ['resume', 'cancel', 'copy']],
    ['CANCELLING', ['(cancel)', 'copy']],
    ['COMPLETED', ['retry', 'copy']],
    ['FAILED', ['retry', 'copy']],
    ['CRASHED', ['retry', 'copy']],
    ['CANCELLED', ['retry', 'copy']],
  ] as const)('that is %s, from a deployment', (type, expected) => {
    expect(offered(type)).toEqual(expected)
  })

  test('without a deployment: what would need somebody to start it says so', () => {
    expect(offered('FAILED', false)).toEqual(['(retry)', '(copy)'])
    expect(offered('RUNNING', false)).toEqual(['cancel', 'pause', '(suspend)', '(copy)'])
  })

  test('a subflow is not suspended: its parent waits for it', () => {
    const actions = actionsOf({ stateType: 'RUNNING', stateName: 'Running', deployment, parentTaskRunId: 't' })
    expect(actions.find(({ name }) => name === 'suspend')?.reason).toBe('It is a subflow: its parent would not wait for it.')
  })
})

describe('the form for a question', () => {
  const schema = {
    required: ['day', 'mode', 'limit'],
    properties: {
      day: { type: 'string', title: 'Day' },
      limit: { type: 'integer' },
      dry: { type: 'boolean', default: true },
      mode: { enum: ['fast', 'exact'] },
      more: { type: 'object', default: { a: 1 } },
      note: { type: 'string', description: 'For the log.' },
    },
  }
  const fields = fieldsOf(schema)
  const starts = Object.fromEntries(fields.map(({ name, start }) => [name, start]))

  test('has a field for each property, filled with its default', () => {
    expect(fields.map(({ label, kind, start }) => `${label} ${kind} ${start}`)).toEqual([
      'Day text ',
      'limit number ',
      'dry yes-no true',
      'mode choice fast',
      'more json {"a":1}',
      'note text ',
    ])
  })

  test('says what is wrong, and makes an answer of what is right', () => {
    const field = (name: string) => fields.find(one => one.name === name)!
    expect(['', 'ten', '10'].map(text => wrongIn(field('limit'), text))).toEqual(['limit is needed.', 'This is no number.', undefined])
    expect(wrongIn(field('more'), '{a: 1}')).toBe('This is no JSON: texts stand in double quotes.')
    expect(answerOf(fields, { ...starts, limit: '10', dry: 'false' })).toEqual({
      day: '',
      limit: 10,
      dry: false,
      mode: 'fast',
      more: { a: 1 },
    })
  })

  test('of a question without properties is empty', () => {
    expect(fieldsOf({ type: 'object' })).toEqual([])
  })
})
