import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Settings } from '../../kernel/settings.ts'

export type Limits = Pick<Settings, 'graphqlMaxDepth' | 'graphqlMaxAliases' | 'graphqlMaxCost' | 'graphqlMaxTokens'>

/** Refuses documents that would cost too much before anything is executed: too long, too deep, too often renamed, too many records. */
export const limitDocuments = (limits: Limits): Plugin => ({
  onParse({ parseFn, setParseFn }) {
    setParseFn((source, options) => parseFn(source, { ...options, maxTokens: limits.graphqlMaxTokens }))
  },
  onValidate({ addValidationRule }) {
    addValidationRule(measure(limits))
  },
})

interface Size {
  readonly depth: number
  readonly aliases: number
  readonly cost: number
}

const measure =
  (limits: Limits): ValidationRule =>
  (context: ValidationContext) => {
    const measureSet = createMeasure(name => context.getFragment(name))
    return {
      OperationDefinition(operation: OperationDefinitionNode) {
        const { depth, aliases, cost } = measureSet(operation.selectionSet)
        const over = (what: string, size: number, limit: number) => {
          if (size <= limit) return
          const message = `This operation is too large: its ${what} is ${size}, and at most ${limit} is allowed here.`
          context.reportError(new GraphQLError(message, { nodes: operation, extensions: { code: 'INVALID', limit } }))
        }
        over('depth', depth, limits.graphqlMaxDepth)
        over('number of aliases', aliases, limits.graphqlMaxAliases)
        over('cost', cost, limits.graphqlMaxCost)
      },
    }
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
