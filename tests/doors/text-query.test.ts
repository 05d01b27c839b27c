import { describe, expect, test } from 'vitest'
import { parseTextQuery } from '../../src/doors/rest/filters/text-query.ts'

describe('a text query', () => {
  test.each([
    ['one two', ['one', 'two'], [], []],
    ['one -two !three', ['one'], ['two', 'three'], []],
    ['+one +"two three"', [], [], ['one', 'two three']],
    ['-"not this"', [], ['not this'], []],
    ['"left open', ['left open'], [], []],
    ['"say \\"hi\\" \\\\ \\n"', ['say "hi" \\ \\n'], [], []],
    ['a"b c"d', ['a', 'b c', 'd'], [], []],
    ['- + ! -', [], [], []],
    ['x-y', ['x-y'], [], []],
    ['""', [], [], []],
    ['   ', [], [], []],
  ])('%j looks for any of %j, none of %j and all of %j', (text, include, exclude, require) => {
    expect(parseTextQuery(text)).toEqual({ include, exclude, require })
  })
})
