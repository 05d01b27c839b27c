import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

interface Snippet {
  readonly page: string
  readonly file: string
  readonly text: string
}

const snippets: Snippet[] = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter(page => page.endsWith('.md'))
  .flatMap(page => {
    const text = readFileSync(join(root, 'docs', page), 'utf8')
    return [...text.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)].map(([, file, snippet]) => ({ page, file: file!, text: snippet! }))
  })

test('docs/adding-a-concept.md has snippets to hold to the code', () => {
  expect(snippets.filter(({ page }) => page === 'adding-a-concept.md').length).toBeGreaterThan(5)
})

test.each(snippets)('a snippet of $page stands in $file as shown', ({ file, text }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(text)
})
