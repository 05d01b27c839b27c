import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lists } from '../../scripts/lists.js'
import { root } from './sources.ts'

test.each(Object.entries(lists()))('%s names every concept: `npm run lists` would write the same', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text)
})
