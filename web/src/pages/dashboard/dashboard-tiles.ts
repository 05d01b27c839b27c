import { merged, type StateBucket, sumOf, totalOf } from '../../charts/state-buckets.ts'
import type { DashboardFrameFragment } from '../../generated/graphql.ts'
import type { StateType } from '../../parts/states.ts'
import { formatCount, formatDuration } from '../../parts/words.ts'
import { bucketOf } from './frames.ts'

export interface TileWords {
  /** What stands in the runs that it counts. */
  states: readonly string[]
  label: string
  mark?: { type: StateType; name?: string }
  number: string
  unit?: string
  isZero: boolean
  change?: string
  isBad?: boolean
  context: string
  before?: string
  bars?: readonly number[]
  rates?: readonly (number | null)[]
  /** Whether it counts what was expected in the range; else whenever it was expected. */
  isOfRange: boolean
}

const ended = ['COMPLETED', 'FAILED', 'CRASHED'] as const
const MOST_BARS = 28

/** `before` names the stretch that numbers are compared with: "on previous 24h". */
export const tilesOf = (frame: DashboardFrameFragment, before: string, now: number): TileWords[] => {
  const buckets = frame.buckets.map(({ counts }) => bucketOf(counts))
  const [total, previous, current] = [totalOf(buckets), bucketOf(frame.previous.counts), bucketOf(frame.current.counts)]
  const passed = frame.buckets.filter(({ start }) => Date.parse(start) <= now).length
  const factor = Math.max(1, Math.ceil(passed / MOST_BARS))
  const sparks = merged(buckets.slice(0, passed), factor)
  const barsOf = (type: StateType) => sparks.map(bucket => bucket[type] ?? 0)
  const lates = frame.buckets.slice(0, passed).map(({ lateCount }) => ({ SCHEDULED: lateCount }))
  const counted = (type: StateType, label: string, words: Partial<TileWords>) => ({
    states: [type],
    label,
    mark: { type },
    ...numbered(total[type] ?? 0),
    context: before,
    bars: barsOf(type),
    isOfRange: true,
    ...words,
  })
  const running = current.RUNNING ?? 0
  return [
    counted('FAILED', 'Failed', comparison(total.FAILED ?? 0, previous.FAILED ?? 0, before)),
    counted('CRASHED', 'Crashed', comparison(total.CRASHED ?? 0, previous.CRASHED ?? 0, before)),
    {
      states: ['Late'],
      label: 'Late',
      mark: { type: 'SCHEDULED', name: 'Late' },
      ...numbered(frame.current.lateCount),
      ...(frame.averageLateness === null
        ? { context: 'all on time' }
        : { change: formatDuration(Math.floor(frame.averageLateness)), context: 'on average' }),
      bars: merged(lates, factor).map(({ SCHEDULED = 0 }) => SCHEDULED),
      isOfRange: false,
    },
    counted('RUNNING', 'Running', {
      ...numbered(running),
      context: runningContext(running, running - (total.RUNNING ?? 0), current.PENDING ?? 0),
      isOfRange: false,
    }),
    counted('COMPLETED', 'Completed', { ...growth(total.COMPLETED ?? 0, previous.COMPLETED ?? 0, before) }),
    rateTile(total, previous, sparks, before),
  ]
}

export const numbered = (count: number) => ({ number: formatCount(count), isZero: count === 0 })

/** More of what is bad is bad; less of it is not news. */
export const comparison = (count: number, before: number, words: string): Partial<TileWords> =>
  count === before
    ? { context: `same as ${words.slice(3)}` }
    : { change: signed(count - before), isBad: count > before, context: words, before: formatCount(before) }

const FEWEST_FOR_PERCENT = 20

export const growth = (count: number, before: number, words: string): Partial<TileWords> => {
  const percent = before < FEWEST_FOR_PERCENT ? 0 : Math.round((count / before - 1) * 100)
  return percent === 0
    ? { ...comparison(count, before, words), isBad: false }
    : { change: `${signed(percent)} %`, context: words, before: formatCount(before) }
}

const runningContext = (running: number, earlier: number, pending: number): string => {
  if (earlier > 0) return `${formatCount(earlier)} expected before`
  if (pending > 0) return `${formatCount(pending)} being prepared`
  return running > 0 ? 'at work now' : 'nothing at work'
}

export const rateTile = (total: StateBucket, previous: StateBucket, sparks: readonly StateBucket[], before: string): TileWords => {
  const [rate, was] = [rateOf(total), rateOf(previous)]
  const points = rate === null || was === null ? undefined : Math.round((rate - was) * 10) / 10
  const all = sumOf(total, ended)
  return {
    states: ended,
    label: 'Success rate',
    number: rate === null ? '–' : rate.toFixed(rate === 100 ? 0 : 1),
    ...(rate === null ? {} : { unit: '%' }),
    isZero: rate === null,
    ...(points === undefined
      ? { context: all === 0 ? 'no run has ended' : `of ${formatCount(all)} ended` }
      : points === 0
        ? { context: `same as ${before.slice(3)}` }
        : { change: signed(points), isBad: points < 0, context: 'points' }),
    rates: sparks.map(bucket => {
      const rate = rateOf(bucket)
      return rate === null ? null : rate / 100
    }),
    isOfRange: true,
  }
}

/** 99.96 % of runs completed is not "100 %": the last digit is cut, never rounded up. */
const rateOf = (bucket: StateBucket): number | null => {
  const all = sumOf(bucket, ended)
  return all === 0 ? null : Math.floor(((bucket.COMPLETED ?? 0) / all) * 1000) / 10
}

const signed = (by: number): string => `${by < 0 ? '−' : '+'}${by % 1 === 0 ? formatCount(Math.abs(by)) : Math.abs(by).toFixed(1)}`
