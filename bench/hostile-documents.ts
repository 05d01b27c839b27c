// Operations of which each is refused. Each has a name of its own, so that no cache of parsed documents answers for it.

export interface Hostile {
  /** The body of a request. */
  document(): string
  refusal: RegExp
}

let made = 0
const named = (selection: string, rest = ''): string => JSON.stringify({ query: `query Q${++made}${selection}${rest}` })

const hostile = (refusal: RegExp, document: () => string): Hostile => ({ document, refusal })

/** A list within a record within a list: two fields a step, and the field at the end. */
const nested = (depth: number): string =>
  depth === 1 ? 'id' : depth === 2 ? 'flow{id}' : `flow{flowRuns(first:1){nodes{${nested(depth - 3)}}}}`

const times = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, index) => part(index)).join(' ')

/** One over a limit of the defaults. */
export const overLimit: Readonly<Record<string, Hostile>> = {
  depth: hostile(/depth is 13/, () => named(`{flowRuns(first:1){nodes{${nested(11)}}}}`)),
  aliases: hostile(/number of aliases is 31/, () => named(`{${times(31, index => `a${index}:server{version}`)}}`)),
  cost: hostile(/cost is 50201/, () => named('{flowRuns(first:200){nodes{flow{flowRuns(first:124){nodes{id}}}}}}')),
  tokens: hostile(/token/i, () => named(`{server{${'version '.repeat(3994)}}}`)),
}

/** What costs most of what is far over a limit, or within the limits and wrong otherwise. */
export const dear: Readonly<Record<string, Hostile>> = {
  'tokens, 130,000 of them': hostile(/token/i, () => named(`{server{${'version '.repeat(130_000)}}}`)),
  'one token of a megabyte': hostile(/Unknown argument/, () => named(`{server(text:"${'x'.repeat(1_048_000)}"){version}}`)),
  'one field 3,900 times': hostile(/Validation aborted/, () => named(`{server{${'version '.repeat(3900)}}}`)),
  'fragments in fragments': hostile(/cost is 1048576/, () =>
    named(
      '{...f0}',
      times(20, index => ` fragment f${index} on Query{${index === 19 ? 'server{version}' : `...f${index + 1} ...f${index + 1}`}}`),
    ),
  ),
  'a fragment 900 times': hostile(/./, () =>
    named(`{${'...f '.repeat(900)}}`, ` fragment f on Query{${times(500, () => 'server{version}')}}`),
  ),
  'unknown fields, 1,900 of them': hostile(/Cannot query|too large|many/i, () => named(`{server{${times(1900, index => `x${index}`)}}}`)),
  'unknown variables, 900 of them': hostile(/./i, () => named(`{${times(900, index => `flow(id:$x${index}){id}`)}}`)),
}
