import { describe, expect, test } from 'vitest'
import { readInks } from '../../web/src/pages/flow-runs/log-inks.ts'
import { fold, inked, lineText, plainText, spansOf } from '../../web/src/pages/flow-runs/log-text.ts'

const e = '\u001b'
const inkOf = (code: string) => readInks(`${e}[${code}mx`).stretches[0]?.ink

describe("a terminal's codes", () => {
  test.each([
    ['31', 'red'],
    ['92', 'green'],
    ['33', 'yellow'],
    ['34', 'blue'],
    ['35', 'magenta'],
    ['36', 'cyan'],
    ['90', 'grey'],
    ['38;5;1', 'red'],
    ['38;5;208', 'yellow'],
    ['38;5;245', 'grey'],
    ['38;2;20;90;230', 'blue'],
    ['38:2::20:200:60', 'green'],
    ['38;2;255;0;90', 'red'],
    ['38;2;200;40;200', 'magenta'],
    ['30', undefined],
    ['97', undefined],
    ['38;5;231', undefined],
  ])('%s is the ink %s', (code, color) => {
    expect(inkOf(code)?.color).toBe(color)
  })

  test('are read one after the other, and undone', () => {
    const { text, stretches } = readInks(`a${e}[1;31mb${e}[39mc${e}[22md${e}[4;44me${e}[0mf${e}[7mg`)
    expect(text).toBe('abcdefg')
    expect(stretches).toEqual([
      { from: 1, to: 2, ink: { isBold: true, color: 'red' } },
      { from: 2, to: 3, ink: { isBold: true } },
      { from: 4, to: 5, ink: { isUnderlined: true, ground: 'blue' } },
      { from: 6, to: 7, ink: { isInverse: true } },
    ])
  })

  test('lead where a link says, and nowhere but to https', () => {
    const link = (href: string) => readInks(`${e}]8;;${href}${e}\\here${e}]8;;${e}\\ and on`)
    expect(link('https://shop.example/a')).toEqual({
      text: 'here and on',
      stretches: [{ from: 0, to: 4, ink: { href: 'https://shop.example/a' } }],
    })
    expect(link('javascript:alert(1)')).toEqual({ text: 'here and on', stretches: [] })
  })

  test.each([
    [`${e}[2K${e}[1Gdone`, 'done'],
    [`${e}]0;a title\u0007done`, 'done'],
    [`${e}(Bdone${e}=`, 'done'],
    [`do${e}`, 'do'],
    [`do${e}[`, 'do'],
    ['\u009b31mdone', 'done'],
    [`${e}[?25ldone${e}[?25h`, 'done'],
  ])('are never shown: %j', (message, shown) => {
    expect(plainText(message)).toBe(shown)
  })

  test('are never copied', () => {
    const line = { timestamp: 't', level: 20, name: 'n', message: `${e}[32mall ${e}[1mgood${e}[0m` }
    expect(lineText(line)).toBe('t INFO n: all good')
  })
})

test('spans are cut where inks change, beside links and what is searched for', () => {
  const { text, stretches } = readInks(`see ${e}[32mhttps://a.example${e}[0m or${e}[1m not`)
  expect(inked(spansOf(text, 'or n'), stretches, 0)).toEqual([
    { text: 'see ' },
    { text: 'https://a.example', href: 'https://a.example', ink: { color: 'green' } },
    { text: ' ' },
    { text: 'or', isMatch: true },
    { text: ' n', isMatch: true, ink: { isBold: true } },
    { text: 'ot', ink: { isBold: true } },
  ])
})

test('the end of a traceback keeps its inks', () => {
  const { text, stretches } = readInks(`failed\nTraceback (most recent call last):\n  x\n${e}[31mOops${e}[0m: no`)
  const { last, lastAt } = fold(text)!
  expect(inked(spansOf(last, ''), stretches, lastAt)).toEqual([{ text: 'Oops', ink: { color: 'red' } }, { text: ': no' }])
})
