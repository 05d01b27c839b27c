import { MICROSECONDS_PER_SECOND, toIso } from '../../../kernel/clock.ts'
import { around } from '../jitter.ts'
import type { TaskRunRecord } from '../records.ts'
import { only, type TaskRule } from '../rule.ts'

/** A failure with retries left becomes a new attempt after the delay, unless the task has said that it is of no use. */
export const retryFailedTasks: TaskRule = {
  name: 'retry-failed-tasks',
  from: only('RUNNING'),
  to: only('FAILED'),
  decide({ run, to, now, random }) {
    const { retries, retry_jitter_factor: jitter } = run.empiricalPolicy
    if (to.details.retriable === false || retries === null || retries === undefined || run.runCount > retries) return undefined
    const delay = delayOf(run)
    const seconds = jitter && delay > 0 ? around(delay, jitter, random) : delay
    const scheduled_time = toIso(now + Math.round(seconds * MICROSECONDS_PER_SECOND))
    return {
      is: 'reject',
      reason: 'Retrying',
      state: { type: 'SCHEDULED', name: 'AwaitingRetry', message: to.message, data: to.data, details: { scheduled_time } },
    }
  },
}

/** Of a list, each attempt has its own; the last one is that of all later attempts. */
function delayOf({ runCount, empiricalPolicy: { retry_delay: delay } }: TaskRunRecord): number {
  if (typeof delay === 'number') return delay
  return delay?.[Math.max(0, Math.min(runCount - 1, delay.length - 1))] ?? 0
}
