import { KEY_BYTES } from './envelope.ts'

/** Keys as texts, the current one first: apart by commas or lines, each in base64 or hexadecimal; lines from `#` on are remarks. None where one is no key. */
export function parseKeys(text: string): readonly Buffer[] {
  const words = text
    .replaceAll(/^\s*#.*$/gm, '')
    .split(/[\s,]+/)
    .filter(Boolean)
  const keys = words.map(parseKey)
  return keys.every(key => key !== undefined) ? keys : []
}

export const printKeys = (keys: readonly Buffer[]): string => keys.map(key => `${key.toString('base64')}\n`).join('')

function parseKey(word: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex')
  const bytes = Buffer.from(word, 'base64')
  return /^[\w+/-]{43}=?$/.test(word) && bytes.length === KEY_BYTES ? bytes : undefined
}
