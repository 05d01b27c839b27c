import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, findBreakingChanges } from 'graphql'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

const released = readdirSync(join(root, 'docs/api')).filter(name => name.endsWith('.graphql'))
const read = (path: string) => buildSchema(readFileSync(join(root, path), 'utf8'))

test.each(released)('a client written against the schema of %s still works: nothing it could use is gone or stricter', name => {
  expect(findBreakingChanges(read(`docs/api/${name}`), read('schema.graphql'))).toEqual([])
})

test('the check bites: a field that goes is found', () => {
  const without = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8').replaceAll('  isNew: Boolean!', '  isOld: Boolean!'))
  expect(findBreakingChanges(read('schema.graphql'), without)).not.toEqual([])
})
