import { tableOf, textOf } from './artifact-table.ts'

/** What an artifact holds as lines of text, so that two versions of it can be compared: a table has a line for each row. */
export const textOfArtifact = ({ type, data }: { type?: string | null; data?: unknown }): string => {
  const table = type === 'table' ? tableOf(data) : undefined
  if (table) return [table.columns, ...table.rows].map(row => row.map(cell => textOf(cell ?? null)).join('  ')).join('\n')
  return typeof data === 'string' ? data : JSON.stringify(data ?? null, null, 2)
}
