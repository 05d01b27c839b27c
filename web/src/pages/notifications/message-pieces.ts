export interface MessagePiece {
  text: string
  /** Of the variable that it names. */
  variable?: { name: string; isKnown: boolean }
}

const placeholder = /\{\{-?\s*([A-Za-z_]\w*)[^{}]*\}\}|\{([A-Za-z_]\w*)\}/g

/** A template in pieces: words, and what names a variable, as `{{ name }}` or `{name}`. One with tags may make variables of its own. */
export const piecesOf = (template: string, known: ReadonlySet<string>): MessagePiece[] => {
  const pieces: MessagePiece[] = []
  const hasTags = template.includes('{%')
  let end = 0
  for (const match of template.matchAll(placeholder)) {
    const name = match[1] ?? match[2] ?? ''
    if (match.index > end) pieces.push({ text: template.slice(end, match.index) })
    pieces.push({ text: match[0], variable: { name, isKnown: hasTags || known.has(name) } })
    end = match.index + match[0].length
  }
  if (end < template.length) pieces.push({ text: template.slice(end) })
  return pieces
}

/** Where the first unknown variable stands, and what may have been meant: "line 2: flow_nam is no variable. flow_name?" */
export const unknownIn = (template: string, known: ReadonlySet<string>): string | undefined => {
  let line = 1
  for (const { text, variable } of piecesOf(template, known)) {
    if (variable && !variable.isKnown) {
      const meant = nearest(variable.name, known)
      return `Line ${line}: ${variable.name} is no variable.${meant === undefined ? '' : ` Do you mean ${meant}?`}`
    }
    line += text.split('\n').length - 1
  }
  return undefined
}

const nearest = (name: string, known: ReadonlySet<string>): string | undefined => {
  const [best] = [...known].map(other => ({ other, away: distance(name, other) })).sort((left, right) => left.away - right.away)
  return best !== undefined && best.away <= Math.max(2, name.length / 2) ? best.other : undefined
}

/** How many letters must be put in, taken out or changed. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (const [index, other] of [...to].entries())
      next.push(Math.min((next[index] ?? 0) + 1, (row[index + 1] ?? 0) + 1, (row[index] ?? 0) + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
