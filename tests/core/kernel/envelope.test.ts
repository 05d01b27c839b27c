import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyOf, openText, sealedWith, sealText } from '../../../src/kernel/envelope.ts'
import { parseKeys } from '../../../src/kernel/key-texts.ts'

const key = keyOf(Buffer.alloc(32, 1))
const seal = (text: string, place = 'here') => sealText(key, randomBytes(12), place, text)

describe('an envelope', () => {
  test.each(['', 'é𝄞', 'x'.repeat(100_000), '{"a":1}'])('opens to what was sealed: %j', text => {
    expect(openText(key, 'here', seal(text))).toBe(text)
  })

  test('names its key and shows nothing of what it holds', () => {
    const envelope = seal('s3cret')
    expect(sealedWith(envelope)).toBe(key.fingerprint)
    expect(envelope).not.toContain('s3cret')
    expect(Buffer.from(envelope.split('.')[3]!, 'base64url').includes('s3cret')).toBe(false)
  })

  test('opens nowhere but in its place, and with no other key', () => {
    const envelope = seal('s3cret')
    expect(openText(key, 'there', envelope)).toBeUndefined()
    expect(openText(keyOf(Buffer.alloc(32, 2)), 'here', envelope)).toBeUndefined()
  })

  test('does not open when any of it was changed, cut or made up', () => {
    const envelope = seal('s3cret')
    const parts = envelope.split('.')
    for (const [index, part] of parts.entries()) {
      if (index === 1) continue // Which key it names is no part of what is sealed: another key does not open it.
      const first = part.startsWith('A') ? 'B' : 'A'
      expect(openText(key, 'here', parts.with(index, first + part.slice(1)).join('.'))).toBeUndefined()
      expect(openText(key, 'here', parts.with(index, part.slice(0, 4)).join('.').slice(0, -1))).toBeUndefined()
    }
    for (const nothing of ['', 'v1', 'v1...', `${parts[0]}.${parts[1]}.${parts[2]}.`])
      expect(openText(key, 'here', nothing)).toBeUndefined()
  })

  test('is another each time, of the same text', () => {
    expect(new Set(Array.from({ length: 100 }, () => seal('s3cret'))).size).toBe(100)
  })
})

describe('a key', () => {
  test('is shown by a fingerprint that does not tell it', () => {
    expect(key.fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(keyOf(Buffer.alloc(32, 2)).fingerprint).not.toBe(key.fingerprint)
    expect(JSON.stringify(key)).not.toContain(Buffer.alloc(32, 1).toString('base64').slice(0, 10))
  })

  test.each([
    ['base64', Buffer.alloc(32, 255).toString('base64')],
    ['base64url', Buffer.alloc(32, 255).toString('base64url')],
    ['hexadecimal', 'ff'.repeat(32)],
  ])('is read in %s', (_name, text) => {
    expect(parseKeys(text)).toEqual([Buffer.alloc(32, 255)])
  })

  test('stands before older ones, apart by commas or lines with remarks', () => {
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    expect(parseKeys(`${one.toString('hex')}, ${two.toString('base64')}`)).toEqual([one, two])
    expect(parseKeys(`# a remark\n${one.toString('base64')}\n\n  # another\n${two.toString('base64')}\n`)).toEqual([one, two])
  })

  test.each(['', 'short', 'ff'.repeat(31), `${'ff'.repeat(32)},short`, 'z'.repeat(64)])('is none: %j', text => {
    expect(parseKeys(text)).toEqual([])
  })
})
