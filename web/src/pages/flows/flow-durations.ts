import type { FlowRunPointFragment, FlowRunRowFragment } from '../../generated/graphql.ts'
import { isFinal } from '../../parts/states.ts'

export const MOST_POINTS = 1_000

/** The smallest duration that a share of them does not exceed; undefined of none. */
export const quantile = (durations: readonly number[], share: number): number | undefined =>
  durations.toSorted((one, other) => one - other)[Math.ceil(share * durations.length) - 1]

/** With a run that has just come to its end, or gone on after all. */
export const withRun = (points: readonly FlowRunPointFragment[], run: FlowRunRowFragment): readonly FlowRunPointFragment[] => {
  const others = points.filter(({ id }) => id !== run.id)
  if (!isFinal(run.stateType) || !run.startTime) return others.length === points.length ? points : others
  const { id, name, stateType, startTime, totalRunTime: duration } = run
  return [{ id, name, stateType, startTime, duration }, ...others].slice(0, MOST_POINTS)
}
