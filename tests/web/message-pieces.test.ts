import { describe, expect, test } from 'vitest'
import { piecesOf, unknownIn } from '../../web/src/pages/notifications/message-pieces.ts'

const known = new Set(['flow_name', 'flow_run_name', 'flow_run_url'])

describe('a message template', () => {
  test('is cut into words and variables, in either way of writing them', () => {
    expect(piecesOf('The {flow_run_name} of {{ flow_name | in_words }}: {{nobody}}!', known)).toEqual([
      { text: 'The ' },
      { text: '{flow_run_name}', variable: { name: 'flow_run_name', isKnown: true } },
      { text: ' of ' },
      { text: '{{ flow_name | in_words }}', variable: { name: 'flow_name', isKnown: true } },
      { text: ': ' },
      { text: '{{nobody}}', variable: { name: 'nobody', isKnown: false } },
      { text: '!' },
    ])
  })

  test.each([
    ['The {{ flow_name }}', undefined],
    ['', undefined],
    ['no { brace } is a variable', undefined],
    ['One\nTwo {{ flow_nam }}', 'Line 2: flow_nam is no variable. Do you mean flow_name?'],
    ['{% for tag in flow_run_tags %}{{ tag }}{% endfor %}', undefined],
    ['{x}', 'Line 1: x is no variable.'],
  ])('names where its first unknown variable stands: %j', (template, words) => {
    expect(unknownIn(template, known)).toBe(words)
  })

  test('is the same again when its pieces are joined', () => {
    for (const template of ['', '{', '{{ flow_name }}{flow_name}\n', 'a{{b}}c{d}e}}'])
      expect(
        piecesOf(template, known)
          .map(({ text }) => text)
          .join(''),
      ).toBe(template)
  })
})
