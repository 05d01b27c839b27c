import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Settings } from '../../kernel/settings.ts'

export type Limits = Pick<Settings, 'graphqlMaxDepth' | 'graphqlMaxAliases' | 'graphqlMaxCost' | 'graphqlMaxTokens'>

/**
 * Refuses documents that would cost too much before anything is executed: too long, too deep, too often renamed, too many records.
 * They are measured before they are validated, which costs more than all else that is done for a refusal.
 */
export function limitDocuments(limits: Limits): Plugin {
  const fitting = new WeakSet<object>()
  return {
    onParse({ parseFn, setParseFn }) {
      const { graphqlMaxTokens: maxTokens } = limits
      setParseFn((source, options) => {
        if (hasMoreTokens(source, maxTokens)) throw new GraphQLError(`Syntax Error: Document contains more than ${maxTokens} tokens.`)
        return parseFn(source, { ...options, maxTokens })
      })
      return ({ result, replaceParseResult }) => {
        if (!isDocument(result) || fitting.has(result)) return
        const refusal = refusalOf(result, limits)
        if (refusal) replaceParseResult(refusal)
        else fitting.add(result)
      }
    },
  }
}

/** Block strings, strings, comments, numbers, names, spreads and signs. */
const token =
  /"""[^"\\]*(?:(?:\\"""|\\|"{1,2}(?!"))[^"\\]*)*"""|"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"|#[^\n\r]*|-?\d[\w.+-]*|\w+|\.\.\.|[!$&()|:=@[\]{}]/g

/**
 * Counted without keeping them, as the parser keeps what it has read until it stops: thousands of tokens are work for the collector. Where a text is no
 * document this may count too few; the parser counts again.
 */
function hasMoreTokens(source: string, limit: number): boolean {
  if (source.length <= limit) return false
  let count = 0
  token.lastIndex = 0
  for (let found = token.exec(source); found; found = token.exec(source)) {
    if (!found[0].startsWith('#') && ++count > limit) return true
  }
  return false
}

const isDocument = (result: DocumentNode | Error | null): result is DocumentNode => result !== null && 'kind' in result

interface Size {
  readonly depth: number
  readonly aliases: number
  readonly cost: number
}

function refusalOf({ definitions }: DocumentNode, limits: Limits): GraphQLError | undefined {
  const fragments = new Map(definitions.flatMap(one => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])))
  const measureSet = createMeasure(name => fragments.get(name))
  for (const operation of definitions.filter(one => one.kind === Kind.OPERATION_DEFINITION)) {
    const { depth, aliases, cost } = measureSet(operation.selectionSet)
    const [what, size, limit] =
      (
        [
          ['depth', depth, limits.graphqlMaxDepth],
          ['number of aliases', aliases, limits.graphqlMaxAliases],
          ['cost', cost, limits.graphqlMaxCost],
        ] as const
      ).find(([, size, limit]) => size > limit) ?? []
    if (what === undefined) continue
    const message = `This operation is too large: its ${what} is ${size}, and at most ${limit} is allowed here.`
    return new GraphQLError(message, { nodes: operation, extensions: { code: 'INVALID', limit, http: { status: 400, spec: true } } })
  }
  return undefined
}

const nothing: Size = { depth: 0, aliases: 0, cost: 0 }

/**
 * A list of `first` records costs what is asked of one, `first` times. Fields that describe the schema cost nothing: tools ask for all of it.
 * A fragment is measured once, however often it is spread: else a short document could ask for a measurement without end.
 */
function createMeasure(fragment: (name: string) => FragmentDefinitionNode | null | undefined) {
  const known = new Map<string, Size>()

  const measureSet = (set: SelectionSetNode | undefined): Size => (set?.selections ?? []).map(measureSelection).reduce(larger, nothing)

  function measureSelection(selection: SelectionNode): Size {
    if (selection.kind === Kind.INLINE_FRAGMENT) return measureSet(selection.selectionSet)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value)
    if (selection.name.value.startsWith('__')) return nothing
    const { depth, aliases, cost } = measureSet(selection.selectionSet)
    return { depth: depth + 1, aliases: aliases + (selection.alias ? 1 : 0), cost: 1 + cost * countOf(selection) }
  }

  function measureFragment(name: string): Size {
    const size = known.get(name)
    if (size) return size
    known.set(name, nothing) // A fragment within itself is refused by another rule.
    known.set(name, measureSet(fragment(name)?.selectionSet))
    return known.get(name)!
  }

  return measureSet
}

const larger = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  cost: one.cost + other.cost,
})

const MOST_RECORDS = 200

/** How many records a field may answer: its `first`, or the most there can be when a variable says it. */
function countOf(field: FieldNode): number {
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value
  return first === undefined ? (isConnection(field) ? 50 : 1) : literal(first)
}

const isConnection = ({ selectionSet }: FieldNode): boolean =>
  selectionSet?.selections.some(
    selection => selection.kind === Kind.FIELD && (selection.name.value === 'nodes' || selection.name.value === 'edges'),
  ) ?? false

const literal = (value: ValueNode): number =>
  value.kind === Kind.INT ? Math.min(Math.max(Number(value.value), 1), MOST_RECORDS) : MOST_RECORDS
