import { describe, expect, test } from 'vitest'
import { matching, type PaletteEntry, parseQuery, piecesOf } from '../../web/src/frame/palette-entries.ts'

describe('what is typed into the palette', () => {
  test('asks for everything, for actions, for a tag, or for what has that id or one that begins so', () => {
    const id = '0190f6c4-0000-7000-8000-00000000000A'
    expect(
      ['  daily ', '> theme', '#nightly', id, `${id}0`, '0190F6C4-0', '0190f6c40000', '0190f6c', '0190f6c4 x'].map(parseQuery),
    ).toEqual([
      { kind: 'everything', text: 'daily' },
      { kind: 'actions', text: 'theme' },
      { kind: 'tag', text: 'nightly' },
      { kind: 'id', text: id },
      { kind: 'everything', text: `${id}0` },
      { kind: 'idBeginning', text: '0190F6C4-0' },
      { kind: 'idBeginning', text: '0190f6c40000' },
      { kind: 'everything', text: '0190f6c' },
      { kind: 'everything', text: '0190f6c4 x' },
    ])
  })

  test('finds what has every word of it, what begins so first', () => {
    const entries: PaletteEntry[] = ['Copy the API URL', 'Dark theme', 'Theme of the system'].map(name => ({
      id: name,
      group: 'Do',
      name,
      also: name.startsWith('Copy') ? 'address' : '',
    }))
    const names = (text: string) => matching(entries, text).map(({ name }) => name)
    expect(names('theme')).toEqual(['Theme of the system', 'Dark theme'])
    expect(names('theme dark')).toEqual(['Dark theme'])
    expect(names('ADDRESS copy')).toEqual(['Copy the API URL'])
    expect(names('nothing')).toEqual([])
    expect(names('')).toHaveLength(3)
  })

  test('is marked where it was found', () => {
    expect(piecesOf('load-orders', 'ORD')).toEqual([
      { text: 'load-', isMatch: false },
      { text: 'ord', isMatch: true },
      { text: 'ers', isMatch: false },
    ])
    expect(piecesOf('load-orders', '')).toEqual([{ text: 'load-orders', isMatch: false }])
    expect(piecesOf('load', 'load')).toEqual([{ text: 'load', isMatch: true }])
  })
})
