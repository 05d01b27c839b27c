import { createHash } from 'node:crypto'
import { printAsPython } from './python-json.ts'

/** The fields of a block as JSON schema, with what blocks add to it: `block_type_slug`, `secret_fields`, `block_schema_references`. */
export type BlockFields = Readonly<Record<string, unknown>>

export const BLOCK_SCHEMA_VERSION = 'non-versioned'

/** By this the SDK asks whether a schema is known, so it is computed as the SDK does: over the fields without the list of secrets and without what other blocks define. */
export function checksumOf(fields: BlockFields): string {
  const bare = withoutSecretFields(fields) as Record<string, unknown>
  const { definitions, ...rest } = bare
  const hashed = isFilled(definitions) ? { ...rest, ...onlyIfFilled(plainDefinitions(bare, definitions)) } : bare
  return `sha256:${createHash('sha256')
    .update(printAsPython([[hashed], {}]))
    .digest('hex')}`
}

/** Paths of secrets: `token`, `child.token`, and `headers.*` for all that is below. */
export const secretFieldsOf = ({ secret_fields: secrets }: BlockFields): readonly string[] => [
  ...new Set(Array.isArray(secrets) ? secrets.filter(one => typeof one === 'string') : []),
]

export interface SchemaReference {
  readonly name: string
  readonly slug: string
  readonly checksum: string
}

/** Which blocks it holds, by the field that holds them. */
export const referencesOf = ({ block_schema_references: references }: BlockFields): readonly SchemaReference[] =>
  Object.entries(isObject(references) ? references : {}).flatMap(([name, of]) =>
    [of].flat().flatMap(one => {
      const { block_type_slug: slug, block_schema_checksum: checksum } = isObject(one) ? one : {}
      return typeof slug === 'string' && typeof checksum === 'string' ? [{ name, slug, checksum }] : []
    }),
  )

/** The fields of a block that another one defines within its own; undefined where it does not. */
export function definedWithin(fields: BlockFields, { name, slug }: SchemaReference): BlockFields | undefined {
  const { properties, definitions } = fields
  if (!isObject(definitions) || !isObject(properties)) return undefined
  const candidates = refsIn(properties[name]).map(ref => definitions[keyOf(ref)])
  const own = candidates.length === 1 ? candidates[0] : candidates.find(one => isObject(one) && one['block_type_slug'] === slug)
  return isObject(own) ? { ...own, definitions } : undefined
}

const withoutSecretFields = (value: unknown): unknown =>
  isPlain(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => key !== 'secret_fields')
          .map(([key, one]) => [key, withoutSecretFields(one)]),
      )
    : value

/** What is referred to and is no block, and what that refers to. One that says nothing counts as none, as at the peer. */
function plainDefinitions(from: unknown, definitions: Readonly<Record<string, unknown>>, found: Record<string, unknown> = {}) {
  for (const key of refsIn(from).map(keyOf)) {
    const definition = definitions[key]
    if (key in found || !isFilled(definition) || (definition['block_type_slug'] ?? null) !== null) continue
    found[key] = definition
    plainDefinitions(definition, definitions, found)
  }
  return found
}

const onlyIfFilled = (definitions: Readonly<Record<string, unknown>>) => (isFilled(definitions) ? { definitions } : {})

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (!isPlain(value)) return []
  const { $ref } = value
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(refsIn)]
}

const keyOf = (ref: string): string => ref.replace('#/definitions/', '')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** A number that keeps its spelling is an object to JavaScript, without a prototype. */
const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => isObject(value) && Object.getPrototypeOf(value) !== null
const isFilled = (value: unknown): value is Readonly<Record<string, unknown>> => isPlain(value) && Object.keys(value).length > 0
