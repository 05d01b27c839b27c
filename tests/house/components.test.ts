import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'svelte/compiler'
import { expect, test } from 'vitest'
import { filesUnder, root } from './sources.ts'

/** What the types of the pages are checked with passes over a component that it cannot read. */
function faultOf(text: string): string | undefined {
  try {
    parse(text, { modern: true })
    return undefined
  } catch (error) {
    const { message, position } = error as { message: string; position?: readonly [number, number] }
    return `${text.slice(0, position?.[0]).split('\n').length}: ${message.split('\n')[0]}`
  }
}

test('every component can be parsed', () => {
  const components = filesUnder(root, 'web/src').filter(path => path.endsWith('.svelte'))
  expect(components.length).toBeGreaterThan(100)
  const faults = components.flatMap(path => {
    const fault = faultOf(readFileSync(join(root, path), 'utf8'))
    return fault ? [`${path}:${fault}`] : []
  })
  expect(faults).toEqual([])
})

test.each([
  ['<p>\n{#if isShown}', /^2: Block was left open/],
  ['<script lang="ts">\nlet a: = 3\n</script>', /^2: /],
])('what cannot be parsed is told by its line: %j', (text, fault) => {
  expect(faultOf(text)).toMatch(fault)
})
