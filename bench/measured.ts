// One figure of a scenario, as it is printed, kept and held against what was promised.
import type { Bar } from './bars.ts'
import type { MachineState } from './machine.ts'

export interface Measured {
  what: string
  value: number
  unit: string
  /** What was promised; null where nothing is. */
  bar: { least: number } | { most: number } | null
  /** What else was seen, in words. */
  beside: string
  machine: MachineState
}

export const measuredLine = ({ what, value, unit, beside, machine }: Measured): string =>
  `${what}: ${shown(value)} ${unit}${beside && `; ${beside}`}; calibration ${machine.calibrationMilliseconds.toFixed(0)} ms, load ${machine.load.toFixed(1)}`

export const barsOfMeasured = (all: readonly Measured[]): Bar[] =>
  all.flatMap(({ what, value, unit, bar }) => {
    if (bar === null) return []
    const [sign, limit, isMet] = 'least' in bar ? ['>=', bar.least, value >= bar.least] : ['<=', bar.most, value <= bar.most]
    return [{ sentence: `${what} ${sign} ${limit} ${unit}`, found: `${shown(value)} ${unit}`, isMet } as Bar]
  })

const shown = (value: number): string => (value >= 1000 ? value.toFixed(0) : value.toFixed(1))

/** Of values in any order. */
export function at(share: number, values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
