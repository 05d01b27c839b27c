import { describe, expect, test } from 'vitest'
import { keysetOf, misfitOf, questionOf } from '../../src/core/flow-run-inputs/run-input.rules.ts'

const schema = JSON.stringify({
  title: 'Person',
  type: 'object',
  properties: { name: { type: 'string', title: 'Name', position: 0 }, age: { $ref: '#/$defs/Age' } },
  required: ['name'],
  $defs: { Age: { type: 'integer', minimum: 0 } },
})

describe('an answer to a pause', () => {
  test.each([
    [{ name: 'Ada' }, undefined],
    [{ name: 'Ada', age: 36, more: true }, undefined],
    [{}, /must have required property 'name'/],
    [{ name: 1 }, /name must be string/],
    [{ name: 'Ada', age: -1 }, /age must be >= 0/],
  ])('%j is measured by the schema of the question', (answer, misfit) => {
    const found = misfitOf(schema, answer)
    if (misfit) expect(found).toMatch(misfit)
    else expect(found).toBeUndefined()
  })

  test.each([
    ['not json', 'Run input schema is not valid JSON.'],
    ['null', 'Run input schema is not valid JSON.'],
    ['{"$ref": "#/$defs/Nowhere"}', /^Invalid schema: /],
    ['{"type": "nonsense"}', /^Invalid schema: /],
  ])('never fits the schema %s', (text, misfit) => {
    expect(misfitOf(text, {})).toMatch(misfit)
  })
})

describe('a pause', () => {
  test('that asked for input names where question and answer are kept', () => {
    expect(keysetOf({ run_input_keyset: { schema: 's', response: 'r', description: 'd' } })).toEqual({
      schema: 's',
      response: 'r',
      description: 'd',
    })
  })

  test.each([{}, { run_input_keyset: null }, { run_input_keyset: { schema: 's' } }])(
    'that did not is known by its details: %j',
    details => {
      expect(keysetOf(details)).toBeUndefined()
    },
  )

  test.each([
    ['{"type":"object"}', '"Which day?"', { schema: { type: 'object' }, description: 'Which day?' }],
    ['{"type":"object"}', 'Which day?', { schema: { type: 'object' }, description: 'Which day?' }],
    ['{"type":"object"}', undefined, { schema: { type: 'object' }, description: null }],
    ['[]', undefined, null],
    ['no json', undefined, null],
    [undefined, 'Which day?', null],
  ])('with the schema %s and the description %s asks %j', (schema, description, question) => {
    expect(questionOf(schema, description)).toEqual(question)
  })
})
