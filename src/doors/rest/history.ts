import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { HistoryInterval } from '../../core/flow-runs/index.ts'
import { seconds } from '../../kernel/clock.ts'
import { instantText } from '../../kernel/inputs.ts'
import { refuse, secondsOf, time } from './wire.ts'

const range = z.object({ history_start: instantText, history_end: instantText, history_interval_seconds: z.number() })

/** The range that a history is asked for, and the width of its intervals. */
export function historyRange(request: FastifyRequest) {
  const { history_start: start, history_end: end, history_interval_seconds: interval } = range.parse(request.body)
  if (interval < 1) throw refuse(422, 'History interval must not be less than 1 second.')
  return { start, end, interval: seconds(interval) }
}

export const intervalToWire = ({ start, end, states }: HistoryInterval) => ({
  interval_start: time(start),
  interval_end: time(end),
  states: states.map(state => ({
    state_type: state.stateType,
    state_name: state.stateName,
    count_runs: state.count,
    sum_estimated_run_time: secondsOf(state.runTime),
    sum_estimated_lateness: secondsOf(state.lateness),
  })),
})
