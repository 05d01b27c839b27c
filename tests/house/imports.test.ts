import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breachesOf, circlesOf } from './ladder.ts'
import { filesUnder, fixtures, readSource, root, type Source } from './sources.ts'

const read = (base: string, folders: string[]): Source[] =>
  folders
    .filter(folder => existsSync(join(base, folder)))
    .flatMap(folder => filesUnder(base, folder))
    .filter(path => /\.ts$/.test(path) && !path.endsWith('.d.ts') && !path.includes('/generated/'))
    .map(path => readSource(base, path))

describe('the import ladder', () => {
  const sources = read(root, ['src', 'migrations', 'client', 'web/src'])

  test('holds in every file: nobody imports what stands above or beside it, or a package kept elsewhere', () => {
    expect(sources.flatMap(breachesOf)).toEqual([])
  })

  test('has no circle among the concepts of core', () => {
    expect(circlesOf(sources)).toEqual([])
  })
})

describe('the import ladder, over a folder with deliberate breaches', () => {
  const sources = read(fixtures, ['src', 'client', 'web'])

  test('tells each breach, by file and line', () => {
    expect(sources.flatMap(breachesOf)).toEqual([
      'src/core/flows/flow.ops.ts:2: the concept flows reaches into logs past its index.ts',
      'src/core/flows/flow.ops.ts:3: uses graphql, which belongs to src/doors/, src/main.ts',
      'src/core/flows/flow.ops.ts:4: core imports storage, which stands above it',
      'src/doors/graphql/schema.ts:1: doors/graphql imports its sibling doors/rest',
      'src/doors/graphql/schema.ts:2: uses pg, which belongs to src/storage/, migrations/',
      'src/doors/graphql/schema.ts:3: doors/graphql imports its sibling services',
      'src/doors/graphql/schema.ts:4: writes the import of ./types without its ending',
      'src/doors/rest/wire.ts:2: doors/rest imports its sibling doors/http',
      'src/kernel/clock.ts:1: kernel imports core, which stands above it',
      'src/kernel/clock.ts:3: uses node:http, which belongs to src/doors/, src/main.ts, src/gateways/',
      'src/services/late-runs.ts:1: services imports main.ts, which stands above it',
      'src/services/late-runs.ts:3: uses node:net, which belongs to src/gateways/',
      'client/follow.ts:1: client uses graphql-ws: it has no dependency',
      'client/follow.ts:2: client imports src/kernel/clock.ts, which is outside client/',
      'web/main.ts:1: web imports src/kernel/clock.ts, which is outside web/',
    ])
  })

  test('tells a circle of concepts', () => {
    expect(circlesOf(sources)).toEqual(['flows -> logs -> flows'])
  })
})
