import { expect, test } from 'vitest'
import { diffLines, folded } from '../../web/src/pages/artifacts/text-diff.ts'

const told = (before: string, after: string) =>
  diffLines(before, after)!.map(({ kind, text }) => `${{ same: ' ', gone: '-', new: '+' }[kind]}${text}`)

test.each([
  ['nothing changed', 'a\nb', 'a\nb', [' a', ' b']],
  ['a line came', 'a\nc', 'a\nb\nc', [' a', '+b', ' c']],
  ['a line went', 'a\nb\nc', 'a\nc', [' a', '-b', ' c']],
  ['a line changed', 'a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
  ['everything changed', 'a', 'b', ['-a', '+b']],
  ['a block moved', 'a\nb\nc\nd', 'c\nd\na\nb', ['-a', '-b', ' c', ' d', '+a', '+b']],
])('a comparison says that %s', (_what, before, after, lines) => {
  expect(told(before, after)).toEqual(lines)
})

test('what went and what came together make both texts again', () => {
  const before = 'one\ntwo\n\nthree\ntwo\nfour'
  const after = 'two\none\n\ntwo\nfour\nfive'
  const lines = diffLines(before, after)!
  const without = (kind: string) => lines.flatMap(line => (line.kind === kind ? [] : [line.text])).join('\n')
  expect([without('new'), without('gone')]).toEqual([before, after])
})

test('a comparison that would take seconds is not made, unless the texts differ in few places', () => {
  const long = (seed: number) => Array.from({ length: 3000 }, (_, line) => `${seed} ${line}`)
  expect(diffLines(long(1).join('\n'), long(2).join('\n'))).toBeUndefined()
  const changed = long(1).with(1500, 'other')
  expect(diffLines(long(1).join('\n'), changed.join('\n'))!.filter(({ kind }) => kind !== 'same')).toHaveLength(2)
})

test('what did not change is folded, but for some lines around what did', () => {
  const before = Array.from({ length: 20 }, (_, line) => String(line))
  const parts = folded(diffLines(before.join('\n'), before.with(10, 'x').join('\n'))!, 2)
  expect(parts.map(part => (part.kind === 'skipped' ? part.count : part.text))).toEqual([8, '8', '9', '10', 'x', '11', '12', 7])
})
