// What a form asks for, read from a JSON schema as pydantic and our own block types write it.

export type Schema = Readonly<Record<string, unknown>>

interface Asked {
  name: string
  label: string
  hint?: string
  isRequired: boolean
}
export interface ChoiceField extends Asked {
  kind: 'choice'
  choices: readonly { label: string; value: unknown }[]
  start: unknown
}
export interface NumberField extends Asked {
  kind: 'number'
  isWhole: boolean
  least?: number
  most?: number
  start: unknown
}
export interface GroupField extends Asked {
  kind: 'group'
  fields: readonly Field[]
}
export interface BlockField extends Asked {
  kind: 'block'
  /** Slug of the type that a document must have. */
  blockType: string
}
export interface MapField extends Asked {
  kind: 'map'
  /** Its values are written and never read. */
  isSecret: boolean
  /** Its values are texts, whatever they look like. */
  isOfTexts: boolean
  start: unknown
}
export interface ListField extends Asked {
  kind: 'list'
  isOfTexts: boolean
  start: unknown
}
export interface JsonField extends Asked {
  kind: 'json'
  /** A text may stand there without its quotes. */
  takesText: boolean
  start: unknown
}
export interface PlainField extends Asked {
  kind: 'text' | 'secret' | 'boolean'
  start: unknown
}
export type Field = PlainField | ChoiceField | NumberField | GroupField | BlockField | MapField | ListField | JsonField

export const fieldsOf = (schema: Schema): Field[] => fieldsWithin(schema, { root: schema, secrets: pathsOfSecrets(schema), path: '' })

interface Place {
  root: Schema
  secrets: ReadonlySet<string>
  /** Of the object whose fields are read, with a dot at its end; empty at the top. */
  path: string
}

const fieldsWithin = (schema: Schema, place: Place): Field[] => {
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  return Object.entries(asSchema(schema.properties)).map(([name, property]) => fieldOf(name, asSchema(property), required.has(name), place))
}

const fieldOf = (name: string, written: Schema, isRequired: boolean, place: Place): Field => {
  const schema = resolved(written, place.root)
  const hint = textOf(written.description) ?? textOf(schema.description)
  const asked = { name, label: wordsOf(textOf(written.title) ?? textOf(schema.title) ?? name), ...(hint && { hint }), isRequired }
  const start = written.default ?? schema.default
  const path = place.path + name
  const blockType = blockTypeOf(name, schema, place)
  if (blockType !== undefined) return { ...asked, kind: 'block', blockType }
  const isSecret = place.secrets.has(path) || schema.format === 'password' || schema.writeOnly === true
  if (place.secrets.has(`${path}.*`) || (isSecret && schema.type === 'object'))
    return { ...asked, kind: 'map', isSecret: true, isOfTexts: true, start }
  if (isSecret) return { ...asked, kind: 'secret', start }
  const choices = choicesOf(schema)
  if (choices !== undefined) return { ...asked, kind: 'choice', choices, start }
  if (schema.type === 'object' && schema.properties !== undefined)
    return { ...asked, kind: 'group', fields: fieldsWithin(schema, { ...place, path: `${path}.` }) }
  return { ...asked, ...simpleKindOf(schema, place.root), start }
}

const simpleKindOf = (schema: Schema, root: Schema) => {
  const { type } = schema
  if (type === 'string') return { kind: 'text' } as const
  if (type === 'boolean') return { kind: 'boolean' } as const
  if (type === 'integer' || type === 'number') return { kind: 'number', isWhole: type === 'integer', ...boundsOf(schema) } as const
  if (type === 'array' && isPlain(resolved(asSchema(schema.items), root)))
    return { kind: 'list', isOfTexts: resolved(asSchema(schema.items), root).type === 'string' } as const
  if (type === 'object' && isPlain(resolved(asSchema(schema.additionalProperties), root)))
    return { kind: 'map', isSecret: false, isOfTexts: resolved(asSchema(schema.additionalProperties), root).type === 'string' } as const
  const variants = Array.isArray(schema.anyOf) ? schema.anyOf.map(one => resolved(asSchema(one), root).type) : []
  return { kind: 'json', takesText: type === undefined && (variants.length === 0 || variants.includes('string')) } as const
}

const isPlain = ({ type }: Schema) => type === 'string' || type === 'integer' || type === 'number' || type === 'boolean'

const boundsOf = ({ minimum, exclusiveMinimum, maximum }: Schema) => ({
  ...(typeof minimum === 'number' ? { least: minimum } : typeof exclusiveMinimum === 'number' ? { least: exclusiveMinimum } : {}),
  ...(typeof maximum === 'number' ? { most: maximum } : {}),
})

const choicesOf = ({ enum: values, const: only }: Schema) => {
  const all = Array.isArray(values) ? values : only === undefined ? undefined : [only]
  return all?.map(value => ({ label: typeof value === 'string' ? value : JSON.stringify(value), value: value as unknown }))
}

/** References followed; "this or nothing" is this. */
const resolved = (schema: Schema, root: Schema): Schema => {
  if (typeof schema.$ref === 'string') return resolved(pointedAt(schema.$ref, root), root)
  const variants = [schema.allOf, schema.anyOf, schema.oneOf]
    .find(Array.isArray)
    ?.map(asSchema)
    .filter(({ type }) => type !== 'null')
  return variants?.length === 1
    ? { ...schema, anyOf: undefined, allOf: undefined, oneOf: undefined, ...resolved(variants[0]!, root) }
    : schema
}

const pointedAt = (pointer: string, root: Schema): Schema =>
  pointer
    .split('/')
    .slice(1)
    .reduce<Schema>((schema, key) => asSchema(schema[key]), root)

const blockTypeOf = (name: string, schema: Schema, { root, path }: Place): string | undefined => {
  const reference = path === '' ? asSchema(root.block_schema_references)[name] : undefined
  const [first] = Array.isArray(reference) ? reference : [reference]
  return textOf(asSchema(first).block_type_slug) ?? textOf(schema.block_type_slug)
}

const pathsOfSecrets = ({ secret_fields: paths }: Schema) => new Set(Array.isArray(paths) ? (paths as string[]) : [])

/** Of what came as JSON; anything else is an object without properties. */
export const asSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const wordsOf = (name: string) =>
  name
    .replaceAll('_', ' ')
    .replace(/\b(api|bot)(key|name)\b/gi, '$1 $2')
    .replace(
      /\b(api|html|http|id|json|sid|smtp|sms|tls|tts|url)(s?)\b/gi,
      (_, word: string, plural: string) => word.toUpperCase() + plural.toLowerCase(),
    )
    .replace(/^./, letter => letter.toUpperCase())
