import type { LogName } from './storage.ts'

/** A place in a log that a client may keep: opaque to it, bound to the history and the log it was taken from. */
export interface Cursor {
  readonly logId: string
  readonly log: LogName
  readonly seq: number
}

export const encodeCursor = (cursor: Cursor): string => Buffer.from(`${cursor.logId}:${cursor.log}:${cursor.seq}`).toString('base64url')

/** Undefined when the text is no cursor. */
export function decodeCursor(text: string): Cursor | undefined {
  const match = /^([0-9a-f-]{36}):(events|logs):(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString())
  return match ? { logId: match[1]!, log: match[2] as LogName, seq: Number(match[3]) } : undefined
}

export type GapReason = 'RESET' | 'EXPIRED' | 'SLOW_CONSUMER'

export interface Gap {
  readonly reason: GapReason
  readonly resumeFrom: Cursor
}

export interface LogRange {
  readonly logId: string
  readonly log: LogName
  readonly oldest: number
  readonly newest: number
}

/** Where a subscription starts, and whether the client has lost something before that place: never silence. */
export function resume(after: Cursor | undefined, range: LogRange): { readonly from: number; readonly gap?: Gap } {
  const place = (seq: number): Cursor => ({ logId: range.logId, log: range.log, seq })
  if (after === undefined) return { from: range.newest }
  if (after.logId !== range.logId || after.seq > range.newest)
    return { from: range.newest, gap: { reason: 'RESET', resumeFrom: place(range.newest) } }
  if (after.seq < range.oldest - 1) {
    const resumeFrom = place(range.oldest - 1)
    return { from: resumeFrom.seq, gap: { reason: 'EXPIRED', resumeFrom } }
  }
  return { from: after.seq }
}
