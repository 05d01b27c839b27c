import type { IconName } from '../parts/Icon.svelte'
import type { StateType } from '../parts/states.ts'

export const paletteGroups = ['Runs', 'Flows', 'Do', 'Go to'] as const

export interface PaletteEntry {
  id: string
  group: (typeof paletteGroups)[number]
  name: string
  /** What kind of thing it is, or whose. */
  qualifier?: string
  /** Words it is also found by. */
  also?: string
  icon?: IconName
  state?: { type: StateType; name?: string }
  /** Stands at the right: how it is, since when. */
  status?: string
  keys?: string
  href?: string
  run?: () => void
}

export interface PaletteQuery {
  /** `>` asks for actions alone, `#` for runs with that tag. */
  kind: 'everything' | 'actions' | 'tag' | 'id' | 'idBeginning'
  text: string
}

const wholeId = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i
/** As many digits as the server wants of it. It may be a name, too. */
const idBeginning = /^[0-9a-f]{8}(-?[0-9a-f]){0,23}-?$/i

export const parseQuery = (typed: string): PaletteQuery => {
  const text = typed.trim()
  if (text.startsWith('>')) return { kind: 'actions', text: text.slice(1).trim() }
  if (text.startsWith('#')) return { kind: 'tag', text: text.slice(1).trim() }
  return { kind: wholeId.test(text) ? 'id' : idBeginning.test(text) ? 'idBeginning' : 'everything', text }
}

/** Those of which every typed word is a part, the ones that begin with it first. */
export const matching = (entries: readonly PaletteEntry[], text: string): PaletteEntry[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const said = ({ name, qualifier = '', also = '' }: PaletteEntry) => `${name} ${qualifier} ${also}`.toLowerCase()
  const beginsSo = (entry: PaletteEntry) => words.length > 0 && said(entry).startsWith(words[0] ?? '')
  const found = entries.filter(entry => words.every(word => said(entry).includes(word)))
  return [...found.filter(beginsSo), ...found.filter(entry => !beginsSo(entry))]
}

/** The text in pieces, so that what was typed can be marked in it. */
export const piecesOf = (text: string, typed: string): { text: string; isMatch: boolean }[] => {
  const at = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase())
  if (at < 0) return [{ text, isMatch: false }]
  const end = at + typed.length
  return [
    { text: text.slice(0, at), isMatch: false },
    { text: text.slice(at, end), isMatch: true },
    { text: text.slice(end), isMatch: false },
  ].filter(piece => piece.text !== '')
}
