import type { FlowRunFactsFragment } from '../../generated/graphql.ts'
import { isFinal, lookOf } from '../../parts/states.ts'
import { formatDuration, formatMoment, formatWhen } from '../../parts/words.ts'

type Told = Pick<
  FlowRunFactsFragment,
  'stateType' | 'stateName' | 'stateTimestamp' | 'runCount' | 'startTime' | 'endTime' | 'totalRunTime' | 'states'
>

/** What became of a run, of a flow or of a task, as one would say it. */
export const sentenceOf = (run: Told, now: number): string => {
  if (!run.stateType) return 'It has no state yet.'
  const label = lookOf(run.stateType, run.stateName ?? undefined).label
  const entered = run.stateTimestamp ? Date.parse(run.stateTimestamp) : undefined
  const since = entered === undefined ? '' : ` since ${formatMoment(entered, now)}`
  const retries = run.runCount > 1 ? ` and ${run.runCount === 2 ? 'one retry' : `${run.runCount - 1} retries`}` : ''
  if (isFinal(run.stateType)) {
    const took = run.startTime && run.endTime ? (Date.parse(run.endTime) - Date.parse(run.startTime)) / 1000 : run.totalRunTime
    return `${label}${entered === undefined ? '' : ` ${formatWhen(entered, now)}`} after ${formatDuration(took)}${retries}.`
  }
  const message = run.states.at(-1)?.message
  return message ? `${label}${since}: ${message}` : `${label}${since}${retries}.`
}

/** "No lines" and "not yet" are not the same. */
export const whyNoLog = ({ startTime, stateType }: Pick<FlowRunFactsFragment, 'startTime' | 'stateType'>): string => {
  if (!startTime) return 'The run has not started, so there is nothing to read yet.'
  return isFinal(stateType) ? 'This run logged nothing.' : 'Running; nothing logged yet.'
}
