// One query that asks for all there is: every root field, and below it every field there is, a few levels deep.
import { type GraphQLField, getNamedType, isEnumType, isObjectType, isRequiredArgument, isScalarType } from 'graphql'
import { schema } from '../../src/doors/graphql/schema.ts'

/** Fields that take an id are asked about this one; what else they need is the same for all. */
export function everythingAbout(id: string): string {
  const below = (field: GraphQLField<any, any>, depth: number): string => {
    const type = getNamedType(field.type)
    const args = argsOf(field, { id, flowRunId: id })
    if (isScalarType(type) || isEnumType(type)) return `${field.name}${args}`
    if (!isObjectType(type) || depth > 5) return ''
    const inner = fieldsBelow(type.getFields(), depth + 1)
    return inner === '' ? '' : `${field.name}${args} { ${inner} }`
  }
  const fieldsBelow = (fields: Record<string, GraphQLField<any, any>>, depth: number): string =>
    Object.values(fields)
      .map(field => below(field, depth))
      .filter(Boolean)
      .join(' ')
  return `{ ${fieldsBelow(schema.getQueryType()!.getFields(), 0)} }`
}

const some: Record<string, unknown> = {
  start: '2026-11-25T00:00:00Z',
  end: '2026-11-26T00:00:00Z',
  bucketSize: 3600,
  spanSize: 3600,
  spanCount: 24,
  key: 'some',
  name: 'some',
  line: 'WzAsMV0',
  draft: {},
  slug: 'some',
  yaml: 'policies: []',
}

/** What a field must be given. */
export function argsOf(field: GraphQLField<any, any>, values: Record<string, unknown> = {}): string {
  const known = { ...some, ...values }
  const given = field.args.flatMap(arg => {
    const type = getNamedType(arg.type)
    if (arg.name in known) return [`${arg.name}: ${JSON.stringify(known[arg.name])}`]
    return isEnumType(type) && isRequiredArgument(arg) ? [`${arg.name}: ${type.getValues()[0]!.name}`] : []
  })
  return given.length > 0 ? `(${given.join(', ')})` : ''
}
