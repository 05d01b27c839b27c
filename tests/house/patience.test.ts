import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesUnder, root } from './sources.ts'

const act =
  /^await (?!expect\b).*\.(press|type|click|dblclick|check|uncheck|fill|tap|hover|wheel|up|down|selectOption|setViewportSize|goBack|reload)\(.*\)$/
const readsAtOnce = /^expect\(/

/** Lines of a test that expect something of a page at once after a key or a click: on a busy machine it has not happened yet. */
const impatient = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter((line, index, lines) => readsAtOnce.test(line) && act.test(lines[index - 1] ?? ''))

describe('a test of pages', () => {
  test('waits for what a key or a click has changed, by expect.poll or for an element', () => {
    const files = filesUnder(root, 'tests/web/browser').filter(path => path.endsWith('.test.ts'))
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap(path => impatient(readFileSync(join(root, path), 'utf8')).map(line => `${path}: ${line}`))).toEqual([])
  })

  test('is caught when it does not', () => {
    const hasty = "await page.keyboard.press('j')\nexpect(await focused(page)).toBe('first')"
    const patientOnes = [
      "await page.keyboard.press('j')\nawait expect.poll(() => focused(page)).toBe('first')",
      "await expect.poll(() => page.url()).toBe('/')\nexpect(await focused(page)).toBe('first')",
      "await page.keyboard.press('j')\nawait page.getByText('first').waitFor()\nexpect(await focused(page)).toBe('first')",
    ]
    expect(impatient(hasty)).toEqual(["expect(await focused(page)).toBe('first')"])
    expect(patientOnes.flatMap(impatient)).toEqual([])
  })
})
