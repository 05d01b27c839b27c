import type { Instant } from '../../kernel/clock.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import type { StateType } from '../states/index.ts'
import { estimatedRunTime, estimatedStartTimeDelta } from './flow-run.rules.ts'

/** Runs of one interval that are in one state. Sums are in microseconds. */
export interface HistoryState {
  readonly stateType: StateType | null
  readonly stateName: string | null
  readonly count: number
  readonly runTime: number
  readonly lateness: number
}

export interface HistoryInterval {
  readonly start: Instant
  readonly end: Instant
  readonly states: readonly HistoryState[]
}

type Run = Pick<FlowRunRecord, 'expectedStartTime' | 'stateType' | 'stateName' | 'stateTimestamp' | 'startTime' | 'totalRunTime'>

export const MOST_INTERVALS = 500

/** Sorts runs into intervals by their expected start. A range of more than 500 intervals is cut off behind them. */
export function createHistory(start: Instant, end: Instant, interval: number, now: Instant) {
  const count = end <= start ? 0 : Math.min(Math.ceil((end - start) / interval), MOST_INTERVALS)
  const groups = Array.from({ length: count }, () => new Map<string, { -readonly [Key in keyof HistoryState]: HistoryState[Key] }>())
  return {
    end: start + count * interval,
    add(run: Run): void {
      const group = run.expectedStartTime === null ? undefined : groups[Math.floor((run.expectedStartTime - start) / interval)]
      if (!group) return
      const key = `${run.stateType} ${run.stateName}`
      const state = group.get(key) ?? { stateType: run.stateType, stateName: run.stateName, count: 0, runTime: 0, lateness: 0 }
      state.count++
      state.runTime += Math.max(0, estimatedRunTime(run, now))
      state.lateness += estimatedStartTimeDelta(run, now)
      group.set(key, state)
    },
    get intervals(): readonly HistoryInterval[] {
      return groups.map((group, index) => ({
        start: start + index * interval,
        end: start + (index + 1) * interval,
        states: [...group.values()],
      }))
    },
  }
}

export function createMean() {
  let sum = 0
  let count = 0
  return {
    add(value: number): void {
      sum += value
      count++
    },
    get value(): number | null {
      return count === 0 ? null : sum / count
    },
  }
}
