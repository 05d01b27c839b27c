import type { FlowRunFactsFragment } from '../../generated/graphql.ts'
import { isFinal, lookOf } from '../../parts/states.ts'
import { formatClock, formatDuration } from '../../parts/words.ts'

/** What became of the run, as one would say it. */
export const sentenceOf = (run: FlowRunFactsFragment): string => {
  if (!run.stateType) return 'It has no state yet.'
  const label = lookOf(run.stateType, run.stateName ?? undefined).label
  const at = run.stateTimestamp ? ` at ${formatClock(Date.parse(run.stateTimestamp))}` : ''
  const retries = run.runCount > 1 ? ` and ${run.runCount === 2 ? 'one retry' : `${run.runCount - 1} retries`}` : ''
  if (isFinal(run.stateType)) {
    const took = run.startTime && run.endTime ? (Date.parse(run.endTime) - Date.parse(run.startTime)) / 1000 : run.totalRunTime
    return `${label}${at} after ${formatDuration(took)}${retries}.`
  }
  const message = run.states.at(-1)?.message
  return message ? `${label} since${at.slice(3)}: ${message}` : `${label} since${at.slice(3)}${retries}.`
}

/** "No lines" and "not yet" are not the same. */
export const whyNoLog = ({ startTime, stateType }: Pick<FlowRunFactsFragment, 'startTime' | 'stateType'>): string => {
  if (!startTime) return 'The run has not started, so there is nothing to read yet.'
  return isFinal(stateType) ? 'This run logged nothing.' : 'Running; nothing logged yet.'
}
