import { formatDuration } from '../../parts/words.ts'
import type { Point } from './list-points.ts'

export interface Plot {
  /** In pixels, without the labels. */
  width: number
  height: number
  /** Milliseconds since the epoch. */
  from: number
  to: number
  /** Seconds, a power of what the eye reads: the lowest and the highest line. */
  shortest: number
  longest: number
}

interface Timed {
  startedAt: number
  seconds: number
}

/** Durations people name: lines are drawn at those. */
const NAMED_SECONDS = [0.01, 0.1, 1, 10, 60, 600, 3_600, 36_000, 86_400, 864_000, 8_640_000]
const SHORTEST_SPAN_MILLISECONDS = 10_000

/** The stretch of time and of durations that holds all points. */
export const plotOf = (points: readonly Timed[], size: { width: number; height: number }, until: number): Plot => {
  const starts = points.map(({ startedAt }) => startedAt)
  const seconds = points.map(({ seconds }) => Math.max(seconds, NAMED_SECONDS[0]!))
  const to = Math.max(until, ...starts)
  const from = Math.min(to - SHORTEST_SPAN_MILLISECONDS, ...starts)
  const [low, high] = seconds.length === 0 ? [1, 3_600] : [Math.min(1, ...seconds), Math.max(10, ...seconds)]
  return {
    ...size,
    from: from - (to - from) * 0.01,
    to: to + (to - from) * 0.01,
    shortest: NAMED_SECONDS.findLast(named => named <= low) ?? NAMED_SECONDS[0]!,
    longest: NAMED_SECONDS.find(named => named >= high) ?? NAMED_SECONDS.at(-1)!,
  }
}

export const xOf = ({ width, from, to }: Plot, at: number): number => ((at - from) / (to - from)) * width

export const timeAt = ({ width, from, to }: Plot, x: number): number => from + (Math.max(0, Math.min(x, width)) / width) * (to - from)

export const yOf = ({ height, shortest, longest }: Plot, seconds: number): number => {
  const share = Math.log(Math.max(seconds, shortest) / shortest) / Math.log(longest / shortest)
  return height - Math.min(1, share) * height
}

const MOST_LINES = 5

/** The names of durations that are drawn as lines: whole, so that they need no second unit. */
export const durationName = (seconds: number): string => formatDuration(seconds).replace(/ 00[a-z]$/, '')

/** Durations at which a line is drawn, the shortest first. */
export const durationLines = ({ shortest, longest }: Plot): number[] => {
  const lines = NAMED_SECONDS.filter(seconds => seconds >= shortest && seconds <= longest)
  const step = Math.ceil(lines.length / MOST_LINES)
  return lines.filter((_, index) => (lines.length - 1 - index) % step === 0)
}

const MINUTE = 60_000
const TIME_STEPS = [1 / 12, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 43_200].map(
  minutes => minutes * MINUTE,
)

/** Round times of the day by a clock so far ahead of UTC, at most one for every so many pixels. */
export const timeLines = ({ from, to, width }: Plot, pixels: number, aheadOfUtc: number): number[] => {
  const step = TIME_STEPS.find(step => (to - from) / step <= width / pixels) ?? TIME_STEPS.at(-1)!
  const first = Math.ceil((from + aheadOfUtc) / step) * step - aheadOfUtc
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}

const REACH_PIXELS = 14

/** Which point is meant by a place in the plot, if any. */
export const pointAt = <P extends Timed>(plot: Plot, points: readonly P[], x: number, y: number): P | undefined => {
  let nearest: P | undefined
  let best = REACH_PIXELS ** 2
  for (const point of points) {
    const distance = (xOf(plot, point.startedAt) - x) ** 2 + (yOf(plot, point.seconds) - y) ** 2
    if (distance <= best) [nearest, best] = [point, distance]
  }
  return nearest
}

export interface DrawnPoint extends Point {
  seconds: number
  isMatch: boolean
}

/** The tokens of what is drawn. */
export const SCATTER_COLORS = {
  completed: 'completed-area',
  running: 'running',
  failed: 'failed',
  crashed: 'crashed',
  cancelled: 'cancelled',
  waiting: 'waiting',
  ink: 'ink',
  canvas: 'canvas',
} as const

type Colors = Record<keyof typeof SCATTER_COLORS, string>

/** In the order in which they cover each other: what went wrong lies on top. */
const layers = ['COMPLETED', 'CANCELLED', 'CANCELLING', 'SCHEDULED', 'PENDING', 'PAUSED', 'RUNNING', 'CRASHED', 'FAILED']

export const drawScatter = (
  context: CanvasRenderingContext2D,
  plot: Plot,
  points: readonly DrawnPoint[],
  colors: Colors,
  pointed: string | undefined,
): void => {
  const layerOf = ({ isMatch, stateType, id }: DrawnPoint) =>
    (id === pointed ? 100 : 0) + (isMatch ? 10 : 0) + layers.indexOf(stateType ?? '')
  for (const point of points.toSorted((left, right) => layerOf(left) - layerOf(right))) {
    const [x, y] = [xOf(plot, point.startedAt), yOf(plot, point.seconds)]
    context.globalAlpha = point.isMatch ? 1 : 0.5
    drawMark(context, x, y, point, colors)
    if (point.id === pointed) ring(context, x, y, colors.ink)
  }
  context.globalAlpha = 1
}

const drawMark = (context: CanvasRenderingContext2D, x: number, y: number, { stateType, isMatch }: DrawnPoint, colors: Colors) => {
  const fill = (color: string) => {
    context.fillStyle = color
    context.strokeStyle = colors.canvas
    context.lineWidth = isMatch ? 1.5 : 0
    if (isMatch) context.stroke()
    context.fill()
  }
  context.beginPath()
  if (stateType === 'FAILED') {
    context.rect(x - 4, y - 4, 8, 8)
    fill(colors.failed)
  } else if (stateType === 'CRASHED') {
    context.moveTo(x, y - 5)
    context.lineTo(x + 5, y + 4)
    context.lineTo(x - 5, y + 4)
    context.closePath()
    fill(colors.crashed)
  } else if (stateType === 'RUNNING') {
    context.arc(x, y, 3.6, 0, Math.PI * 2)
    context.fillStyle = colors.canvas
    context.fill()
    context.strokeStyle = colors.running
    context.lineWidth = 1.8
    context.stroke()
  } else {
    context.arc(x, y, 2.8, 0, Math.PI * 2)
    context.fillStyle = stateType === 'COMPLETED' ? colors.completed : stateType?.startsWith('CANCEL') ? colors.cancelled : colors.waiting
    context.fill()
  }
}

const ring = (context: CanvasRenderingContext2D, x: number, y: number, color: string) => {
  context.beginPath()
  context.arc(x, y, 8, 0, Math.PI * 2)
  context.strokeStyle = color
  context.lineWidth = 1.5
  context.stroke()
}
