import { expect, test } from 'vitest'
import { sorted, tableOf } from '../../web/src/pages/artifacts/artifact-table.ts'

const whole = {
  columns: ['n', 'word'],
  rows: [
    [1, 'a'],
    [2, null],
  ],
}

test.each([
  [
    'a list of objects',
    [
      { n: 1, word: 'a' },
      { n: 2, word: null },
    ],
  ],
  ['an object of columns', { n: [1, 2], word: ['a', null] }],
  ['the JSON of one', '{"n": [1, 2], "word": ["a", null]}'],
])('a table is read from %s', (_form, data) => {
  expect(tableOf(data)).toEqual(whole)
})

test('a table of lists numbers its columns, and each row fills them', () => {
  expect(tableOf([[1, 2], [3]])).toEqual({
    columns: ['1', '2'],
    rows: [
      [1, 2],
      [3, undefined],
    ],
  })
})

test('a row may lack a column that another has', () => {
  expect(tableOf([{ a: 1 }, { b: 2 }])).toEqual({
    columns: ['a', 'b'],
    rows: [
      [1, undefined],
      [undefined, 2],
    ],
  })
})

test.each(['no table', 5, null, [1, 2], { a: 1 }, { a: [1], b: 2 }])('what is no table is not taken for one: %j', data => {
  expect(tableOf(data)).toBeUndefined()
})

test('sorting puts numbers by size, texts as one reads them, and what is missing last, both ways', () => {
  const rows = [['b10'], ['b9'], [null], ['a']]
  const by = (direction: 'ascending' | 'descending', own: readonly (readonly (string | number | null)[])[]) =>
    sorted(own, { column: 0, direction }).map(([cell]) => cell)
  expect(by('ascending', rows)).toEqual(['a', 'b9', 'b10', null])
  expect(by('descending', rows)).toEqual(['b10', 'b9', 'a', null])
  expect(by('ascending', [[10], [9], [null], [-1]])).toEqual([-1, 9, 10, null])
})
