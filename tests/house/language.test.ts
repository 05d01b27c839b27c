import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesUnder, root } from './sources.ts'

const files = ['src', 'client', 'web/src', 'tests', 'scripts', 'migrations', 'bench']
  .filter(folder => existsSync(join(root, folder)))
  .flatMap(folder => filesUnder(root, folder))
  .filter(path => !path.startsWith('tests/house/fixtures/'))

const nounless = /(^|\/)(utils?|helpers?|common|managers?|misc|base)(\/|\.|$)|[-.](utils?|helpers?|manager)\./i

describe('names', () => {
  test('say what a file is about: none is called utils, helpers, common, manager, misc or base', () => {
    expect(files.filter(path => nounless.test(path))).toEqual([])
  })

  test('of files and folders are written in kebab case; only Svelte components begin with a capital', () => {
    const kebab = /^[a-z0-9]+([-.][a-z0-9]+)*$/
    const wrong = files
      .filter(path => /\.(ts|js|svelte|css)$/.test(path))
      .filter(path => {
        const names = path.split('/')
        const file = names.pop()!
        const isFine = file.endsWith('.svelte') ? /^[A-Za-z0-9]+\.svelte$/.test(file) : kebab.test(file)
        return !isFine || names.some(name => !kebab.test(name))
      })
    expect(wrong).toEqual([])
  })

  test('of tests end in .test.ts under the folder of what they test', () => {
    expect(files.filter(path => /\.spec\.|(^|\/)__tests__\//.test(path))).toEqual([])
  })
})
