// What can be compared of an answer, and how a server that speaks the peer's REST API is asked for it.
import { FUTURE, PAST } from './states.ts'

/** One cell's answer. Times are told by their kind only. */
export interface Answer {
  readonly http: number
  readonly status: string
  readonly reason: string | null
  readonly delay: boolean
  /** The state in the answer. */
  readonly answered: string | null
  /** The run before and after, where a column changed. */
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>>
  /** What another run is answered afterwards, where a cell asks that. */
  readonly afterwards?: string
}

export type Columns = Readonly<Record<string, unknown>>

const json = { 'content-type': 'application/json' }

export async function call(method: string, url: string, body?: unknown): Promise<{ status: number; body: any }> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(url, { method, ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }) })
    // The peer answers 503 when its own SQLite is locked.
    if (response.status === 503 && attempt < 20) continue
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

/** An answer to a proposed state, and what it has changed. */
export const answerOf = ({ status, body }: { status: number; body: any }, before: Columns, after: Columns): Answer => ({
  http: status,
  status: body.status,
  reason: body.details?.reason?.replace(uuid, '{id}') ?? null,
  delay: body.details?.delay_seconds !== undefined,
  answered: nameOf(body.state),
  changed: differences(before, after),
})

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

export const nameOf = (state: any): string | null => state && `${state.type} ${state.name}`

export function kindOf(time: string | null | undefined): string | null {
  if (time === null || time === undefined) return null
  if (time.startsWith(PAST.slice(0, 4))) return 'past'
  return time.startsWith(FUTURE.slice(0, 4)) ? 'future' : 'about now'
}

/** Columns of which only that they are another now can be compared. */
const hiddenColumns = ['state_is_new', 'has_ended_at']

export function differences(before: Columns, after: Columns): Record<string, [unknown, unknown]> {
  const hidden = (column: string, value: unknown) => (hiddenColumns.includes(column) ? value !== null : value)
  return Object.fromEntries(
    Object.keys(after)
      .sort()
      .filter(column => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
      .map(column => [column, [hidden(column, before[column]), hidden(column, after[column])]]),
  )
}
