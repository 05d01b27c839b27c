import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checksumOf } from '../../src/core/blocks/block-schema.rules.ts'
import { printAsPython } from '../../src/core/blocks/python-json.ts'
import { parseVerbatim } from '../../src/kernel/verbatim-json.ts'

interface Computed {
  readonly name: string
  /** As the SDK sends it. */
  readonly fields: string
  readonly checksum: string
}

/** What the SDK has computed of classes with secrets, nested blocks, unions, models of their own, and numbers that JavaScript spells otherwise. */
const computed: readonly Computed[] = JSON.parse(readFileSync(new URL('block-checksums.json', import.meta.url), 'utf8'))

describe('the checksum of a block schema', () => {
  test.each(computed.map(one => [one.name, one] as const))('of %s is the one that the SDK computes', (_name, { fields, checksum }) => {
    expect(checksumOf(parseVerbatim(fields) as object as never)).toBe(checksum)
  })

  test('ends for definitions that refer to each other', () => {
    const fields = { a: { $ref: '#/definitions/A' }, definitions: { A: { $ref: '#/definitions/B' }, B: { $ref: '#/definitions/A' } } }
    expect(checksumOf(fields)).toMatch(/^sha256:/)
  })
})

describe('JSON as Python writes it', () => {
  test.each([
    ['{"b": 1, "a": [true, null, "x"]}', '{"a": [true, null, "x"], "b": 1}'],
    ['1.0', '1.0'],
    ['1.50', '1.5'],
    ['-0.0', '-0.0'],
    ['-0', '0'],
    ['0.00001', '1e-05'],
    ['0.0001', '0.0001'],
    ['1.5E-7', '1.5e-07'],
    ['1e15', '1000000000000000.0'],
    ['1e16', '1e+16'],
    ['1e100', '1e+100'],
    ['12345678901234567890', '12345678901234567890'],
    ['"é\\n\\u007f\\/𝄞"', '"\\u00e9\\n\\u007f/\\ud834\\udd1e"'],
    ['{"\\uffff": 1, "\\ud834\\udd1e": 2}', '{"\\uffff": 1, "\\ud834\\udd1e": 2}'],
    ['{"ab": 1, "a": 2, "": 3}', '{"": 3, "a": 2, "ab": 1}'],
  ])('of %s is %s', (text, printed) => {
    expect(printAsPython(parseVerbatim(text))).toBe(printed)
  })
})
