import { type Document, isMap, isNode, isScalar, Lexer, LineCounter, type ParsedNode, parseDocument, visit } from 'yaml'

export type YamlPath = readonly (string | number)[]

/** Both from 1. */
export interface YamlPlace {
  readonly line: number
  readonly column: number
}

export interface YamlText {
  /** Undefined where there is a slip. */
  readonly value: unknown
  readonly slips: readonly (YamlPlace & { readonly message: string })[]
  has(path: YamlPath): boolean
  /** Of what the path names, or of the nearest around it that is there. A field is where its name stands. */
  placeOf(path: YamlPath): YamlPlace
}

/** The parser's work grows with the square of these. */
const MOST_NESTED = 20
const MOST_ALIASES = 2000
const MOST_SLIPS = 100

/** YAML 1.2, of one document, whose size the caller has limited: in time that grows with the size. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  const refusal = excessOf(text)
  const document = parseDocument(refusal ? '' : text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false })
  const slips = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...placeIn(lines, pos[0]),
    message: message.split(';')[0]!,
  }))
  const start = { line: 1, column: 1 }
  const all = refusal ? [{ ...start, message: refusal }] : slips.concat(repetitions(document, lines)).slice(0, MOST_SLIPS)
  return {
    value: all.length > 0 ? undefined : document.toJS({ maxAliasCount: -1 }),
    slips: all,
    has: path => document.getIn(path) !== undefined,
    placeOf: path => locate(document, lines, path) ?? start,
  }
}

/** Tokens are cheap, trees are not. */
function excessOf(text: string): string | undefined {
  let open = 0
  let inRow = 0
  let aliases = 0
  for (const token of new Lexer().lex(text)) {
    const sign = token[0]!
    if (token === '[' || token === '{') open++
    else if (token === ']' || token === '}') open--
    inRow = token === '-' || token === '?' || token === ':' ? inRow + 1 : sign === ' ' ? inRow : 0
    if (sign === '*' || sign === '&') aliases++
    if (open > MOST_NESTED || inRow > MOST_NESTED) return `is nested more than ${MOST_NESTED} deep`
    if (aliases > MOST_ALIASES) return `has more than ${MOST_ALIASES} anchors and aliases`
  }
  return undefined
}

function repetitions(document: Document.Parsed<ParsedNode>, lines: LineCounter): YamlText['slips'] {
  const found: (YamlPlace & { message: string })[] = []
  visit(document, {
    Map(_, { items }) {
      const names = new Set<unknown>()
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key
        if (names.has(name) && isNode(key) && key.range) found.push({ ...placeIn(lines, key.range[0]), message: 'Map keys must be unique' })
        names.add(name)
      }
    },
  })
  return found
}

function locate(document: Document.Parsed, lines: LineCounter, path: YamlPath): YamlPlace | undefined {
  for (let length = path.length; length > 0; length--) {
    const around = document.getIn(path.slice(0, length - 1), true)
    const node = document.getIn(path.slice(0, length), true)
    const key = isMap(around) ? around.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])?.key : undefined
    const range = (isNode(key) ? key : isNode(node) ? node : undefined)?.range
    if (range) return placeIn(lines, range[0])
  }
  return undefined
}

function placeIn(lines: LineCounter, offset: number): YamlPlace {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}
