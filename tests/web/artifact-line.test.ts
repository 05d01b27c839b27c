import { expect, test } from 'vitest'
import { kindOf, lineOf } from '../../web/src/pages/artifacts/artifact-line.ts'

test('a link is called one, also where the SDK made it as markdown, and says where it leads', () => {
  const link = { type: 'markdown', smallData: '[The report](https://reports.example/4)' }
  expect([kindOf(link), lineOf(link)]).toEqual(['Link', 'The report, https://reports.example/4'])
  expect(lineOf({ type: 'markdown', smallData: '[https://reports.example](https://reports.example)' })).toBe('https://reports.example')
  expect(kindOf({ type: 'markdown', smallData: 'See [the report](https://reports.example/4).' })).toBe('Markdown')
})

test.each([
  ['what its maker says of it', { type: 'table', description: '**All** orders', smallData: '[]' }, 'All orders'],
  ['how many rows and columns it has', { type: 'table', smallData: '[{"a":1,"b":2},{"a":3,"b":4}]' }, '2 rows of 2 columns'],
  ['its first words', { type: 'markdown', smallData: '\n# Forecast of `November`\n\nThe loss is' }, 'Forecast of November'],
  ['the address of its image', { type: 'image', smallData: 'https://pictures.example/curve.png' }, 'https://pictures.example/curve.png'],
  ['nothing, where it is too much for a line', { type: 'markdown', smallData: null }, ''],
])('a row of artifacts says %s', (_what, artifact, line) => {
  expect(lineOf(artifact)).toBe(line)
})
