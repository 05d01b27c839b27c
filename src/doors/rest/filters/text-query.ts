/** What a text query asks for: any of the first, none of the second, all of the third. */
export interface TextQuery {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly require: readonly string[]
}

/** A sign that stands before a term, then a phrase in quotes (which may be left open) or a word. */
const terms = /([-!+]?)(?:"((?:\\.|[^"\\])*)"?|([^\s"]+))/g

/** The peer's language: words and "phrases" are alternatives, `-` or `!` before one excludes it, `+` demands it. A sign that stands alone means nothing. */
export function parseTextQuery(text: string): TextQuery {
  const query = { include: [] as string[], exclude: [] as string[], require: [] as string[] }
  for (const [, sign, phrase, word] of text.matchAll(terms)) {
    const term = word ?? (phrase ?? '').replace(/\\(["\\])/g, '$1')
    if (term.trim() === '' || (sign === '' && /^[-!+]$/.test(term))) continue
    const kind = sign === '+' ? 'require' : sign === '' ? 'include' : 'exclude'
    query[kind].push(term)
  }
  return query
}
