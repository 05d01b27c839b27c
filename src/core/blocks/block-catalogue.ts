import { type ChannelKind, channelKinds, describeChannelKind } from '../channels/index.ts'
import { type BlockFields, checksumOf } from './block-schema.rules.ts'

/** A block type that comes with the server, with its schema. */
export interface CatalogueType {
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly codeExample: string
  readonly capabilities: readonly string[]
  readonly fields: BlockFields
  readonly checksum: string
}

type Property = Readonly<Record<string, unknown>>

interface Described {
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly importedFrom: string
  readonly capabilities: readonly string[]
  readonly properties: Readonly<Record<string, Property>>
  readonly required: readonly string[]
}

const secret: Described = {
  name: 'Secret',
  slug: 'secret',
  description: 'A value that is kept sealed and shown to nobody who does not open it: a text, or any JSON.',
  importedFrom: 'prefect.blocks.system import Secret',
  capabilities: [],
  properties: { value: { description: 'What is to be kept secret.', format: 'password', writeOnly: true } },
  required: ['value'],
}

/** What notifications are sent through: the fields that a channel of this kind reads. */
function channelOf(kind: ChannelKind): Described {
  const { title, description, schema } = describeChannelKind(kind)
  const { properties, required = [] } = schema as Pick<Described, 'properties'> & Partial<Pick<Described, 'required'>>
  const importedFrom = 'prefect.blocks.core import Block'
  return { name: title, slug: kind, description, importedFrom, capabilities: ['notify'], properties, required }
}

function toType({ name, slug, description, importedFrom, capabilities, properties, required }: Described): CatalogueType {
  const named = Object.entries(properties)
  const fields = {
    title: name.replaceAll(' ', ''),
    description,
    type: 'object',
    properties: Object.fromEntries(named.map(([key, property], position) => [key, { title: titleOf(key), ...property, position }])),
    required,
    block_type_slug: slug,
    secret_fields: named.flatMap(([key, property]) => (isSecret(property) ? [isMap(property) ? `${key}.*` : key] : [])),
    block_schema_references: {},
  }
  const [, imported] = importedFrom.split(' import ')
  const load = imported === 'Block' ? `Block.load("${slug}/NAME")` : `${imported}.load("NAME")`
  const codeExample = ['```python', `from ${importedFrom}`, '', `block = ${load}`, '```'].join('\n')
  return { name, slug, description, codeExample, capabilities, fields, checksum: checksumOf(fields) }
}

/** Also where null may stand in its place. */
const some = (property: Property, is: (one: Property) => boolean): boolean =>
  is(property) || (Array.isArray(property['anyOf']) && property['anyOf'].some(one => some(one as Property, is)))
const isSecret = (property: Property): boolean => some(property, one => one['writeOnly'] === true)
const isMap = (property: Property): boolean => some(property, one => one['type'] === 'object')

/** `to_emails` → To emails */
const titleOf = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ')

export const catalogue: readonly CatalogueType[] = Object.freeze([secret, ...channelKinds.map(channelOf)].map(toType))
