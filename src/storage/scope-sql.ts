import type { Condition, LabelTest } from '../kernel/filters.ts'
import type { Query } from '../kernel/storage.ts'
import { type AccessPath, accessPath } from './access-path.ts'
import type { Bind, Dialect } from './dialect.ts'
import type { Column, Table, Tables } from './tables.ts'

export type Scope = Pick<Query, 'workspaceId' | 'where'>

/** Which rows are meant, in SQL. */
export function createScopes(tables: Tables, dialect: Dialect) {
  const scope = (table: Table, { workspaceId, where }: Scope, bind: Bind, path?: AccessPath, also: readonly string[] = []): string => {
    const workspace = workspaceId === null ? [] : [`${seekable(table.column('workspaceId'), path).name} = ${bind(workspaceId)}`]
    const parts = [...workspace, ...conditions(table, where, bind, path), ...also]
    return parts.length > 0 ? ` where ${parts.join(' and ')}` : ''
  }

  /** A column that leads to no other index than the one chosen. */
  const seekable = (column: Column, path: AccessPath | undefined): Column =>
    path === undefined || path.sought.has(column.property) ? column : { ...column, name: dialect.unindexed(column) }

  const conditions = (table: Table, where: readonly Condition[], bind: Bind, path?: AccessPath): string[] =>
    where.map(condition => one(table, condition, bind, path))

  function one(table: Table, condition: Condition, bind: Bind, path?: AccessPath): string {
    if ('of' in condition) {
      const parts = condition.of.map(where => `(${conditions(table, where, bind, path).join(' and ') || 'true'})`)
      const any = `(${parts.join(' or ') || 'false'})`
      if (condition.is === 'neither') return `not coalesce(${any}, false)`
      return condition.is === 'anyOf' ? any : `(${parts.join(' and ') || 'true'})`
    }
    if (condition.is === 'referredBy') {
      const referring = tables(condition.entity)
      const pointing = `${referring.name}.${referring.column(condition.property).name} = ${table.name}.${table.column('id').name}`
      return `exists (select 1 from ${referring.name} where ${[pointing, ...conditions(referring, condition.where, bind)].join(' and ')})`
    }
    if (condition.is === 'labelled') {
      const each = condition.properties.map(property => {
        const tests = condition.tests.map(test => passing(test, bind)).join(' and ') || 'true'
        return `exists (select 1 from ${dialect.labelSets(table.column(property))} where ${tests})`
      })
      return `(${each.join(' or ') || 'false'})`
    }
    const column = table.column(condition.property)
    switch (condition.is) {
      case 'oneOf':
        return dialect.oneOf(seekable(column, path), condition.values, bind)
      case 'noneOf':
        return `not coalesce(${dialect.oneOf(column, condition.values, bind)}, false)`
      case 'atLeast':
        return `${orElse(table, column, condition.otherwise)} >= ${bind(dialect.encode(column, condition.value))}`
      case 'atMost':
        return `${orElse(table, column, condition.otherwise)} <= ${bind(dialect.encode(column, condition.value))}`
      case 'containing':
        return dialect.containing(asText(column), condition.text, bind)
      case 'startingWith':
        return `(${condition.prefixes.map(prefix => dialect.startingWith(column, prefix, bind)).join(' or ') || 'false'})`
      case 'outside':
        return `substr(${column.name}, 1, ${condition.prefix.length}) <> ${literal(condition.prefix)}`
      case 'havingAll':
        return `(${condition.values.map(value => dialect.having(column, value, bind)).join(' and ') || 'true'})`
      case 'havingAny':
        return `(${condition.values.map(value => dialect.having(column, value, bind)).join(' or ') || 'false'})`
      case 'missing':
        return `${seekable(column, path).name} is ${condition.isMissing ? '' : 'not '}null`
      case 'empty':
        return `${condition.isEmpty ? '' : 'not '}coalesce(${column.name} = ${bind(dialect.encode(column, []))}, true)`
      case 'keyOneOf':
        return dialect.oneOf(textUnder(column, condition.key), condition.values, bind)
      case 'related': {
        const related = tables(condition.entity)
        const where = conditions(related, condition.where, bind).join(' and ') || 'true'
        return `${seekable(column, path).name} in (select ${related.column('id').name} from ${related.name} where ${where})`
      }
    }
  }

  /** A label set as if it were a row, its labels columns of texts. */
  function passing({ label, patterns }: LabelTest, bind: Bind): string {
    const value = dialect.textUnder('"labels"', label, bind)
    const parts = patterns.map(({ text, isPrefix, isNegated }) => {
      const fits = isPrefix ? dialect.startingWith(labelColumn, text, bind) : dialect.oneOf(labelColumn, [text], bind)
      return isNegated ? `not coalesce(${fits}, false)` : fits
    })
    return `exists (select 1 from (select ${value} as "label") as "one" where ${parts.join(' or ') || 'false'})`
  }

  /** What is meant, in any order. */
  function unordered(table: Table, { workspaceId, where }: Scope, bind: Bind, also: readonly string[] = []): string {
    const path = accessPath(table, { workspaceId, where, orderBy: [] })
    return `${dialect.from(table, path?.index)}${scope(table, { workspaceId, where }, bind, path, also)}`
  }

  return { scope, conditions, unordered }
}

export type Scopes = ReturnType<typeof createScopes>

export const orElse = (table: Table, { name }: Column, otherwise: string | undefined): string =>
  otherwise === undefined ? name : `coalesce(${name}, ${table.column(otherwise).name})`

/** A key of a JSON object as if it were a column of texts; keys are the code's own words. */
const textUnder = (column: Column, key: string): Column => ({
  ...column,
  name: `(${column.name} ->> '${key}')`,
  kind: 'text',
  type: 'text',
})

const asText = (column: Column): Column => (column.kind === 'json' ? { ...column, name: `cast(${column.name} as text)` } : column)

const labelColumn: Column = { property: 'label', name: '"label"', kind: 'text', type: 'text', isNullable: true }

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
