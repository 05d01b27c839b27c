import { type ChannelKind, channelFromUrl, channelKinds, describeChannelKind } from '../../core/channels/index.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { builder } from './builder.ts'

type Given = Readonly<Record<string, unknown>>

interface Property {
  readonly type?: string
  readonly description?: string
  readonly anyOf?: readonly Property[]
}

/** `pager-duty-webhook`, `class_id` → pagerDutyWebhook, classId */
const camel = (name: string): string => name.replaceAll(/[-_](.)/g, (_, letter: string) => letter.toUpperCase())

const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1)

const propertiesOf = (kind: ChannelKind) =>
  describeChannelKind(kind).schema as { properties: Record<string, Property>; required?: string[] }

const scalars = { string: 'String', boolean: 'Boolean', integer: 'Int', number: 'Float' } as const

/** One that may be an object, or one thing or another, is JSON. */
function typeOf(property: Property): 'String' | 'Boolean' | 'Int' | 'Float' | 'JSON' | ['String'] {
  const types = (property.anyOf ?? [property]).filter(({ type }) => type !== 'null')
  const only = types.length === 1 ? types[0]!.type : undefined
  if (only === 'array') return ['String']
  return only !== undefined && only in scalars ? scalars[only as keyof typeof scalars] : 'JSON'
}

/** The fields of a kind, as its schema has them, in camel case. */
const inputOf = (kind: ChannelKind) => {
  const { title, description } = describeChannelKind(kind)
  const { properties, required = [] } = propertiesOf(kind)
  return builder.inputType(`${capital(camel(kind))}Input`, {
    description: `${title}. ${description}`,
    fields: t =>
      Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          camel(name),
          t.field({
            type: typeOf(property) as 'String',
            required: required.includes(name),
            description: property.description ?? property.anyOf?.find(one => one.description)?.description ?? title,
          }),
        ]),
      ),
  })
}

export const ChannelInput = builder.inputType('ChannelInput', {
  description: 'A channel of one kind, by its fields or by an Apprise URL.',
  isOneOf: true,
  fields: t => ({
    ...Object.fromEntries(
      channelKinds.map(kind => [camel(kind), t.field({ type: inputOf(kind), description: describeChannelKind(kind).description })]),
    ),
    url: t.string({ description: 'An Apprise URL, such as slack://token_a/token_b/token_c: `channelKinds` lists the forms.' }),
  }),
})

/** The block that the input describes. */
export function readChannelInput(given: Given): { readonly kind: ChannelKind; readonly config: Given } {
  if (typeof given['url'] === 'string') return channelFromUrl(given['url'])
  const kind = channelKinds.find(one => given[camel(one)])
  if (!kind) throw invalidAt(['channel'], 'must be one kind of channel, or a url')
  const fields = given[camel(kind)] as Given
  const names = Object.keys(propertiesOf(kind).properties)
  return { kind, config: Object.fromEntries(names.filter(name => fields[camel(name)] != null).map(name => [name, fields[camel(name)]])) }
}
