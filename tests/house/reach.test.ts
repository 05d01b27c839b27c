import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { resolve } from './ladder.ts'
import { filesUnder, readSource, root, type Source } from './sources.ts'

const entries = ['src/main.ts', 'src/doors/graphql/print.ts', 'src/doors/cli/settings-page.ts'].filter(path => existsSync(join(root, path)))
const sources = new Map(
  filesUnder(root, 'src')
    .filter(path => path.endsWith('.ts'))
    .map(path => [path, readSource(root, path)]),
)
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

describe('the server', () => {
  test.skipIf(entries.length < 3)('has no file that nothing reaches from its entries', () => {
    const reached = new Set<string>()
    const visit = (path: string) => {
      const source = sources.get(path)
      if (!source || reached.has(path)) return
      reached.add(path)
      for (const one of source.imports) if (one.from.startsWith('.')) visit(resolve(path, one.from))
    }
    for (const entry of entries) visit(entry)
    expect([...sources.keys()].filter(path => !reached.has(path) && !path.endsWith('.d.ts'))).toEqual([])
  })

  test('imports only packages that package.json names as its dependencies', () => {
    const undeclared = [...sources.values()].flatMap(source =>
      packagesOf(source)
        .filter(name => !(name in manifest.dependencies))
        .map(name => `${source.path}: ${name}`),
    )
    expect(undeclared).toEqual([])
  })

  test.skipIf(entries.length < 3)('has no dependency that it does not import', () => {
    const migrations = existsSync(join(root, 'migrations'))
      ? filesUnder(root, 'migrations')
          .filter(path => path.endsWith('.ts'))
          .map(path => readSource(root, path))
      : []
    const used = new Set([...sources.values(), ...migrations].flatMap(packagesOf))
    expect(Object.keys(manifest.dependencies).filter(name => !used.has(name))).toEqual([])
  })
})

function packagesOf({ imports }: Source): string[] {
  const outside = imports
    .map(one => one.from)
    .filter(from => !from.startsWith('.') && !from.startsWith('node:') && !builtinModules.includes(from))
  return outside.map(from =>
    from
      .split('/')
      .slice(0, from.startsWith('@') ? 2 : 1)
      .join('/'),
  )
}
