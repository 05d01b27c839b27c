import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsPage } from '../../src/doors/cli/settings-page.ts'
import { definitions } from '../../src/kernel/settings.ts'
import { root } from './sources.ts'

test('docs/settings.md says what src/kernel/settings.ts says: `npm run settings` would write the same', () => {
  expect(readFileSync(join(root, 'docs/settings.md'), 'utf8')).toBe(settingsPage())
})

test.each(Object.values(definitions))('$name says what it is for and what holds without it', ({ description }) => {
  expect(description).toMatch(/Default: /)
})
