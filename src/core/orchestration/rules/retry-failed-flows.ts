import { MICROSECONDS_PER_SECOND, toIso } from '../../../kernel/clock.ts'
import { only, type Rule } from '../rule.ts'

/** A failure with retries left becomes a new attempt, in the same process, after the delay. */
export const retryFailedFlows: Rule = {
  name: 'retry-failed-flows',
  from: only('RUNNING'),
  to: only('FAILED'),
  decide({ run, to, now }) {
    const { retries, retry_delay } = run.empiricalPolicy
    if (retries === null || retries === undefined || run.runCount > retries) return undefined
    const due = now + Math.round((retry_delay ?? 0) * MICROSECONDS_PER_SECOND)
    return {
      is: 'reject',
      reason: 'Retrying',
      state: { type: 'SCHEDULED', name: 'AwaitingRetry', message: to.message, data: to.data, details: { scheduled_time: toIso(due) } },
      policy: { ...run.empiricalPolicy, resuming: false, pause_keys: [], retry_type: 'in_process' },
    }
  },
  prepare: ({ run }) => ({ ...run.empiricalPolicy, retry_type: null }),
}
