import { describe, expect, test } from 'vitest'
import { joinSecrets, keepSecrets, MASK, splitSecrets } from '../../src/core/blocks/secret-fields.rules.ts'

const s = 's3cret'
const m = MASK

describe('secret fields', () => {
  test.each([
    [{ a: s, b: 1 }, ['a'], { a: m, b: 1 }],
    [{ a: { c: s, d: 1 } }, ['a.c'], { a: { c: m, d: 1 } }],
    [{ a: { k: s, l: { m: s } } }, ['a.*'], { a: { k: m, l: { m } } }],
    [{ a: { b: { k: s } } }, ['a.b.*'], { a: { b: { k: m } } }],
    [{ a: [{ c: s }, { c: s, d: 1 }] }, ['a.c'], { a: [{ c: m }, { c: m, d: 1 }] }],
    [{ a: { any: [1, { json: true }] } }, ['a'], { a: m }],
    [{ a: { list: [s, s] } }, ['a.*'], { a: { list: m } }],
    [{ a: s }, ['a.*'], { a: m }],
    [{ a: null, b: { c: null } }, ['a', 'b.*', 'absent', 'b.c.d'], { a: null, b: { c: null } }],
    [{ a: {} }, ['a.*'], { a: {} }],
    [{ a: { b: { c: s } } }, ['a.b.c', 'a.*', 'a.b'], { a: { b: m } }],
    [{ a: { b: s } }, ['a.b', 'a'], { a: m }],
    [{ a: 0, b: false, c: '' }, ['a', 'b', 'c'], { a: m, b: m, c: m }],
    [
      JSON.parse('{"__proto__": {"x": "s3cret"}, "constructor": 1}'),
      ['__proto__.x', 'toString'],
      JSON.parse(`{"__proto__": {"x": "${m}"}, "constructor": 1}`),
    ],
  ])('of %j by %j are masked, and put back where they were', (data, fields, shown) => {
    const split = splitSecrets(data, fields)
    expect(JSON.stringify(split.shown)).toBe(JSON.stringify(shown))
    expect(JSON.stringify(split.shown)).not.toContain(s)
    expect(JSON.stringify(joinSecrets(split.shown, split.secrets))).toBe(JSON.stringify(data))
  })

  test('that come back as a mask are those that stand there now; a mask that means none is told', () => {
    const current = splitSecrets({ a: s, b: { k: 'other' } }, ['a', 'b.*']).secrets
    const next = splitSecrets({ a: m, b: { k: 'new', l: m } }, ['a', 'b.*'])
    expect(keepSecrets(next, current)).toEqual({
      secrets: [
        [['a'], s],
        [['b', 'k'], 'new'],
        [['b', 'l'], undefined],
      ],
      unknown: [['b', 'l']],
    })
  })
})
