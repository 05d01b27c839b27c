import type { FlowRunRowFragment } from '../../generated/graphql.ts'
import { lookOf } from '../../parts/states.ts'
import { formatDuration } from '../../parts/words.ts'

/** Pixels above and below the waterline. */
export const UPPER = 112
export const LOWER = 40

const SHORTEST_SECONDS = 0.1
const LEAST_HEIGHT = 3
const NOT_STARTED_HEIGHT = 18
const MOST_GRID_LINES = 3

const steps = [
  { seconds: 1, label: '1s' },
  { seconds: 10, label: '10s' },
  { seconds: 60, label: '1m' },
  { seconds: 600, label: '10m' },
  { seconds: 3600, label: '1h' },
  { seconds: 36_000, label: '10h' },
  { seconds: 360_000, label: '100h' },
] as const

export interface Bar {
  run: FlowRunRowFragment
  hangs: boolean
  isOutline: boolean
  height: number
  words: string
}

export interface Scale {
  /** Pixels above the line for a duration; logarithmic, since a run of 200 ms and one of two hours both must be seen. */
  heightOf: (seconds: number) => number
  grid: readonly { label: string; y: number }[]
}

/** Reaches to the round duration above the longest run shown. */
export const scaleFor = (longestSeconds: number): Scale => {
  const found = steps.findIndex(({ seconds }) => seconds >= longestSeconds)
  const top = Math.max(1, found < 0 ? steps.length - 1 : found)
  const span = Math.log((steps[top]?.seconds ?? 1) / SHORTEST_SECONDS)
  const heightOf = (seconds: number) =>
    Math.min(UPPER, Math.max(0, Math.round((Math.log(Math.max(seconds, SHORTEST_SECONDS) / SHORTEST_SECONDS) / span) * UPPER)))
  const shown = steps
    .slice(0, top + 1)
    .filter((_, index) => (top - index) % (top > 2 ? 2 : 1) === 0)
    .slice(-MOST_GRID_LINES)
  return { heightOf, grid: shown.map(({ seconds, label }) => ({ label, y: UPPER - heightOf(seconds) })) }
}

export const secondsOf = (run: FlowRunRowFragment, now: number): number => {
  if (!run.startTime) return 0
  const end = run.endTime ? Date.parse(run.endTime) : run.stateType === 'RUNNING' ? now : Date.parse(run.stateTimestamp ?? run.startTime)
  return Math.max(0, (end - Date.parse(run.startTime)) / 1000)
}

export const toBar = (run: FlowRunRowFragment, now: number, { heightOf }: Scale): Bar => {
  const seconds = secondsOf(run, now)
  const hangs = run.stateType === 'FAILED' || run.stateType === 'CRASHED'
  const isOutline = !run.startTime && !hangs
  const label = lookOf(run.stateType ?? 'PENDING', run.stateName ?? undefined).label
  const height = hangs ? heightOf(seconds) * (LOWER / UPPER) : heightOf(seconds)
  return {
    run,
    hangs,
    isOutline,
    height: isOutline ? NOT_STARTED_HEIGHT : Math.max(LEAST_HEIGHT, height),
    words: run.startTime ? `${label}, ${formatDuration(seconds)}` : label,
  }
}
