import { only, type Rule, type Verdict } from '../rule.ts'

/** CANCELLING asks a process to stop. Where no process can be there, the run is cancelled at once. */
export const bypassCancellingWithoutInfrastructure: Rule = {
  name: 'bypass-cancelling-without-infrastructure',
  from: only('SCHEDULED', 'PAUSED'),
  to: only('CANCELLING'),
  decide({ run, from }) {
    if (from!.name === 'Resuming' || (from!.type === 'SCHEDULED' && !run.infrastructurePid)) return cancelled('Scheduled')
    if (from!.type === 'PAUSED' && from!.details.pause_reschedule) return cancelled('Suspended')
    return undefined
  },
}

const cancelled = (kind: string): Verdict => ({
  is: 'reject',
  state: { type: 'CANCELLED', name: 'Cancelled', message: null, data: null, details: {} },
  reason: `${kind} flow run has no infrastructure to terminate.`,
})
