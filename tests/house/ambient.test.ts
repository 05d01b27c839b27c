import { expect, test } from 'vitest'
import { ambientUses } from './ambient.ts'
import { filesUnder, fixtures, readSource, root } from './sources.ts'

const usesUnder = (base: string) =>
  filesUnder(base, 'src')
    .filter(path => path.endsWith('.ts'))
    .flatMap(path => ambientUses(readSource(base, path)))

test('time, chance, timers, settings and the network come from the kernel and the gateways alone', () => {
  expect(usesUnder(root)).toEqual([])
})

test('the rule bites: a file that takes them from its surroundings is told, line by line', () => {
  const say = (line: number, what: string, instead: string) =>
    `src/services/ambient.ts:${line}: takes ${what} from its surroundings: use ${instead}`
  expect(usesUnder(`${fixtures}/`)).toEqual([
    say(1, 'randomUUID of node:crypto', 'ctx.ids'),
    say(2, 'setTimeout of node:timers/promises', 'ctx.clock'),
    say(4, 'Date.now', 'ctx.clock'),
    say(5, 'new Date()', 'ctx.clock'),
    say(6, 'Math.random', 'ctx.ids'),
    say(7, 'setInterval', 'ctx.clock'),
    say(8, 'process.env', 'the settings'),
    say(9, 'performance.now', 'ctx.clock'),
    say(10, 'fetch', 'a gateway'),
    say(11, 'setImmediate', 'ctx.clock'),
    say(12, 'crypto.randomUUID', 'ctx.ids'),
    'src/services/late-runs.ts:5: takes Date.now from its surroundings: use ctx.clock',
    'src/services/late-runs.ts:5: takes process.env from its surroundings: use the settings',
  ])
})
