import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { definitions } from '../../src/kernel/settings.ts'
import { filesUnder, root } from './sources.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...(existsSync(join(root, 'docs')) ? filesUnder(root, 'docs').filter(path => path.endsWith('.md')) : []),
]

describe('the documents', () => {
  test('name only settings that exist', () => {
    const known = new Set(Object.values(definitions).flatMap(({ name, aliases }) => [name, ...aliases]))
    const ofCompose = new Set(['CASTELLAN_PASSWORD'])
    const ofTests = ['vitest.config.ts', 'tests/web/browser/site.ts', 'tests/support/older-pythons.ts', 'tests/support/stalls.ts']
      .map(read)
      .join()
    const named = [...pages, 'compose.yaml', 'Dockerfile'].flatMap(path =>
      (read(path).match(/\bCASTELLAN_[A-Z_]+\b/g) ?? []).map(name => ({ path, name })),
    )
    expect(named.filter(({ name }) => !known.has(name) && !ofCompose.has(name) && !ofTests.includes(`'${name}'`))).toEqual([])
  })

  test('name only commands that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const commands = pages.flatMap(path => [...read(path).matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => ({ path, name: name! })))
    expect(commands.filter(({ name }) => !(name in scripts))).toEqual([])
  })

  test('link only to files that exist', () => {
    const links = pages.flatMap(path => [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, to]) => ({ path, to: to! })))
    expect(links.filter(({ path, to }) => !existsSync(join(root, dirname(path), to)))).toEqual([])
  })
})
