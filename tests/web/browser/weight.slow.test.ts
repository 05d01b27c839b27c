import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'

const folder = fileURLToPath(new URL('../../../dist/web', import.meta.url))
const isBuilt = existsSync(join(folder, 'index.html'))

describeUnless(isBuilt ? undefined : 'the pages are not built: run `npm run build`', 'the built pages', () => {
  const kilobytes = (path: string) => gzipSync(readFileSync(join(folder, path))).length / 1000
  const assets = (extension: string) =>
    readdirSync(join(folder, 'assets'))
      .filter(name => name.endsWith(extension))
      .map(name => `assets/${name}`)

  test('weigh little: the first script, each further one, and the styles of any page', () => {
    const shell = readFileSync(join(folder, 'index.html'), 'utf8')
    const first = assets('.js').filter(path => shell.includes(path))
    expect(first.length).toBeGreaterThan(0)
    expect(first.reduce((sum, path) => sum + kilobytes(path), 0)).toBeLessThan(120)
    for (const path of assets('.js').filter(path => !first.includes(path))) expect(kilobytes(path)).toBeLessThan(60)
    const sizes = (paths: string[]) => paths.map(kilobytes).toSorted((left, right) => right - left)
    const firstStyles = assets('.css').filter(path => shell.includes(path))
    const [heaviestPage = 0] = sizes(assets('.css').filter(path => !firstStyles.includes(path)))
    expect(sizes(firstStyles).reduce((sum, size) => sum + size, heaviestPage)).toBeLessThan(20)
  })

  test('ask for nothing elsewhere: no address of another host in the shell or the styles', () => {
    for (const path of ['index.html', ...assets('.css')])
      expect(readFileSync(join(folder, path), 'utf8')).not.toMatch(/(https?:)?\/\/[a-z0-9-]+\.[a-z]/)
  })
})
