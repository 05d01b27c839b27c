const MASK = '********'
const LONGEST_EXCERPT_BYTES = 2048

export type Mask = (text: string) => string

/** Blots out secrets in every spelling in which a provider may echo them. */
export function maskFor(secrets: readonly string[]): Mask {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].sort((a, b) => b.length - a.length)
  return text => spellings.reduce((masked, spelling) => masked.replaceAll(spelling, MASK), text)
}

const spellingsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams([['', secret]]).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll('/', '\\/'),
  Buffer.from(secret).toString('base64'),
]

/** The beginning of an answer as it may be kept: masked before it is cut, so that no half of a secret is left. */
export function excerptOf(text: string, mask: Mask): string | null {
  const readable = mask(text).replaceAll(unreadable, '\uFFFD').trim()
  if (readable === '') return null
  const bytes = Buffer.from(readable)
  if (bytes.length <= LONGEST_EXCERPT_BYTES) return readable
  const start = bytes.subarray(0, LONGEST_EXCERPT_BYTES - CUT.length).toString('utf8')
  return start.replace(/\uFFFD+$/, '') + CUT.toString()
}

const CUT = Buffer.from('…')

/** Signs that databases and terminals choke on. */
const unreadable = /(?![\t\n])\p{Cc}/gu
