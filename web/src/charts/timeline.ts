import type { StateType } from '../parts/states.ts'

export interface Stretch {
  /** Milliseconds since the epoch; one without an end goes on. */
  start: number
  end: number | undefined
  /** What ended it. */
  type: StateType | undefined
}

export interface TimelineRow {
  id: string
  name: string
  href: string
  type: StateType | undefined
  stateName: string | undefined
  note: string | undefined
  stretches: readonly Stretch[]
  /** Said in the place of stretches where there are none. */
  never: string
  /** Rows whose end this one waited for. */
  parents: readonly string[]
  /** Time spent running, without the stretch under way. */
  seconds: number
}

export interface Window {
  start: number
  end: number
}

const LEAST_MILLISECONDS = 20
const AIR = 0.02

/** All that the rows tell of, with a little air; undefined where nothing has run. */
export const windowOf = (rows: readonly Pick<TimelineRow, 'stretches'>[], now: number): Window | undefined => {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const { stretches } of rows) {
    for (const stretch of stretches) {
      start = Math.min(start, stretch.start)
      end = Math.max(end, stretch.end ?? now)
    }
  }
  if (start > end) return undefined
  const air = Math.max(LEAST_MILLISECONDS, end - start) * AIR
  return { start: start - air, end: Math.max(end, start + LEAST_MILLISECONDS) + air }
}

/** Around a moment, within what there is; a factor under 1 comes nearer. */
export const zoomed = ({ start, end }: Window, around: number, factor: number, whole: Window): Window => {
  const length = Math.min(whole.end - whole.start, Math.max(LEAST_MILLISECONDS, (end - start) * factor))
  const share = (around - start) / (end - start)
  return within(around - share * length, length, whole)
}

export const moved = ({ start, end }: Window, milliseconds: number, whole: Window): Window =>
  within(start + milliseconds, end - start, whole)

const within = (wanted: number, length: number, whole: Window): Window => {
  const start = Math.max(whole.start, Math.min(wanted, whole.end - length))
  return { start, end: start + length }
}

/** For each row the rows that waited for it. */
export const childrenOf = (rows: readonly Pick<TimelineRow, 'id' | 'parents'>[]): ReadonlyMap<string, readonly string[]> => {
  const children = new Map<string, string[]>()
  for (const { id, parents } of rows) for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), id])
  return children
}
