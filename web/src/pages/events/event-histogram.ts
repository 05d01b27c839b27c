/** How many events happened in each span of time up to now. */
export interface Histogram {
  /** Milliseconds since the epoch. */
  readonly start: number
  readonly spanMilliseconds: number
  readonly counts: readonly number[]
}

/** The spans of a range, the last of which is under way. */
export const spansUpTo = (now: number, spanMilliseconds: number, count: number): { start: number; end: number } => {
  const end = (Math.floor(now / spanMilliseconds) + 1) * spanMilliseconds
  return { start: end - count * spanMilliseconds, end }
}

export const emptyHistogram = (start: number, spanMilliseconds: number, count: number): Histogram => ({
  start,
  spanMilliseconds,
  counts: Array.from({ length: count }, () => 0),
})

export const withEvents = (histogram: Histogram, occurred: readonly string[]): Histogram => {
  if (occurred.length === 0) return histogram
  const counts = [...histogram.counts]
  for (const time of occurred) {
    const span = Math.floor((Date.parse(time) - histogram.start) / histogram.spanMilliseconds)
    if (span >= 0 && span < counts.length) counts[span] = (counts[span] ?? 0) + 1
  }
  return { ...histogram, counts }
}

/** Moved on so that `now` is in the last span; what falls off at the old end is forgotten. */
export const movedTo = (histogram: Histogram, now: number): Histogram => {
  const { start, spanMilliseconds, counts } = histogram
  const steps = Math.floor((now - start) / spanMilliseconds) - counts.length + 1
  if (steps <= 0) return histogram
  return {
    ...histogram,
    start: start + steps * spanMilliseconds,
    counts: counts.map((_, index) => counts[index + steps] ?? 0),
  }
}
