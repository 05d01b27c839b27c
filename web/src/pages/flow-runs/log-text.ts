import { type Ink, type InkedStretch, readInks } from './log-inks.ts'
import { levelOf } from './log-levels.ts'

// What a message is made of when it is shown: a terminal's codes read as inks, long ones folded, addresses as links, what is searched for marked.

export const plainText = (message: string): string => readInks(message).text

export interface Folded {
  first: string
  /** What a traceback ends with says what went wrong; empty where there is none. */
  last: string
  /** Where in the text that begins. */
  lastAt: number
  words: string
}

/** Undefined where there is nothing to fold. */
export const fold = (text: string): Folded | undefined => {
  const lines = text.trimEnd().split('\n')
  if (lines.length === 1) return undefined
  const count = lines.length - 1
  const isTraceback = text.includes('Traceback (most recent call last)')
  const last = isTraceback ? (lines.findLast(line => /^\S/.test(line)) ?? '') : ''
  const words = `${isTraceback ? 'traceback, ' : ''}${count} ${isTraceback ? '' : 'more '}${count === 1 ? 'line' : 'lines'}`
  return { first: lines[0]!, last: last === lines[0] ? '' : last, lastAt: text.lastIndexOf(last), words }
}

export interface Span {
  text: string
  href?: string
  isMatch?: boolean
  ink?: Ink
}

// Only addresses that cannot run anything, and nothing that ends a sentence.
const address = /https:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/g

/** A text in pieces to be shown each in its own way. */
export const spansOf = (text: string, searched: string): Span[] => {
  const spans: Span[] = []
  let at = 0
  for (const { 0: href, index } of text.matchAll(address)) {
    spans.push(...marked(text.slice(at, index), searched), ...marked(href, searched).map(span => ({ ...span, href })))
    at = index + href.length
  }
  spans.push(...marked(text.slice(at), searched))
  return spans
}

/** The same spans, cut where inks change; the first of them begins at `from` in the text that the stretches are of. */
export const inked = (spans: readonly Span[], stretches: readonly InkedStretch[], from: number): Span[] => {
  if (stretches.length === 0) return [...spans]
  let at = from
  return spans.flatMap(span => {
    const [start, end] = [at, at + span.text.length]
    at = end
    const cuts = [start, ...stretches.flatMap(({ from, to }) => [from, to]).filter(cut => cut > start && cut < end), end]
    return cuts.slice(1).flatMap((to, index) => {
      const begin = cuts[index]!
      if (begin === to) return []
      const ink = stretches.find(stretch => stretch.from <= begin && stretch.to >= to)?.ink
      const href = span.href ?? ink?.href
      return [{ ...span, text: span.text.slice(begin - start, to - start), ...(ink && { ink }), ...(href && { href }) }]
    })
  })
}

const marked = (text: string, searched: string): Span[] => {
  if (text === '') return []
  const wanted = lower(searched)
  if (wanted === '') return [{ text }]
  const where = lower(text)
  const spans: Span[] = []
  let at = 0
  for (let found = where.indexOf(wanted); found >= 0; found = where.indexOf(wanted, at)) {
    if (found > at) spans.push({ text: text.slice(at, found) })
    at = found + wanted.length
    spans.push({ text: text.slice(found, at), isMatch: true })
  }
  if (at < text.length) spans.push({ text: text.slice(at) })
  return spans
}

export const contains = (text: string, searched: string): boolean => lower(text).includes(lower(searched))

// ASCII alone, as the server has it; and a letter whose small form is longer would shift all marks behind it.
const lower = (text: string) => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** A line as it is copied: what is on the screen, with the whole time. */
export const lineText = ({
  timestamp,
  level,
  name,
  message,
}: {
  timestamp: string
  level: number
  name: string
  message: string
}): string => `${timestamp} ${levelOf(level).word} ${name}: ${plainText(message)}`
