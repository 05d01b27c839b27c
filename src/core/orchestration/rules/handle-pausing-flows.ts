import { abort, anyStateOrNone, only, type Rule, rejectToCurrent } from '../rule.ts'

/** Only a running flow pauses, each pause once; to suspend, it must be one that can be started again from its deployment. */
export const handlePausingFlows: Rule = {
  name: 'handle-pausing-flows',
  from: anyStateOrNone,
  to: only('PAUSED'),
  decide({ run, from, to }) {
    const verb = to.name === 'Suspended' ? 'suspend' : 'pause'
    if (from === null) return abort(`Cannot ${verb} flows with no state.`)
    if (from.type !== 'RUNNING') return rejectToCurrent(`Cannot ${verb} flows that are not currently running.`)
    const key = to.details.pause_key
    if (key && run.empiricalPolicy.pause_keys?.includes(key)) return rejectToCurrent(`This ${verb} has already fired.`)
    if (!to.details.pause_reschedule) return undefined
    if (run.parentTaskRunId !== null) return abort(`Cannot ${verb} subflows.`)
    return run.deploymentId === null ? abort(`Cannot ${verb} flows without a deployment.`) : undefined
  },
  settle: ({ run, to, stateId }) => ({
    ...run.empiricalPolicy,
    pause_keys: [...(run.empiricalPolicy.pause_keys ?? []), to.details.pause_key ?? stateId],
  }),
}
