import { plural } from '../../parts/words.ts'
import { tableOf } from './artifact-table.ts'
import { kindWord } from './artifacts-choice.ts'

interface Told {
  type?: string | null
  description?: string | null
  /** Null where it is too much for a line. */
  smallData?: unknown
}

const LINK = /^\s*\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)\s*$/

/** The SDK makes links as markdown of nothing but a link. */
const linkIn = ({ type, smallData }: Told): { text: string; address: string } | undefined => {
  const [, text = '', address = ''] =
    (type === 'markdown' || type === 'link') && typeof smallData === 'string' ? (LINK.exec(smallData) ?? []) : []
  return address === '' ? undefined : { text, address }
}

export const kindOf = (artifact: Told): string => (linkIn(artifact) ? 'Link' : kindWord(artifact.type))

/** What an artifact says, in a line: what its maker says of it, else how it begins. */
export const lineOf = (artifact: Told): string => {
  const { type, description, smallData } = artifact
  if (description?.trim()) return firstWords(description)
  const link = linkIn(artifact)
  if (link) return link.text === '' || link.text === link.address ? link.address : `${link.text}, ${link.address}`
  const table = type === 'table' ? tableOf(smallData ?? undefined) : undefined
  if (table) return `${plural(table.rows.length, 'row')} of ${plural(table.columns.length, 'column')}`
  return typeof smallData === 'string' && (type === 'markdown' || type === 'image') ? firstWords(smallData) : ''
}

/** The first line of Markdown that says something, without its marks. */
const firstWords = (markdown: string): string =>
  markdown
    .split('\n')
    .map(line =>
      line
        .replace(/^[\s#>*+-]+/, '')
        .replaceAll(/[*_`|]+|!?\[|\]\([^)]*\)/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .find(line => line !== '') ?? ''
