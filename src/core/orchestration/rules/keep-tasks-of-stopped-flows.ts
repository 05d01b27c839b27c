import { abort, anyStateOrNone, only, type TaskRule } from '../rule.ts'

const mustRun = 'The enclosing flow must be running to begin task execution.'

/** A task runs only while its flow does; in a paused flow it waits for the same time. */
export const keepTasksOfStoppedFlows: TaskRule = {
  name: 'keep-tasks-of-stopped-flows',
  from: anyStateOrNone,
  to: only('RUNNING'),
  decide({ flowRun }) {
    if (flowRun === null || flowRun.stateType === 'RUNNING') return undefined
    if (flowRun.stateType !== 'PAUSED') return abort(mustRun)
    const { pause_timeout = null, pause_reschedule = false } = flowRun.stateDetails ?? {}
    return {
      is: 'reject',
      reason: `The flow is paused, new tasks can execute after resuming flow run: ${flowRun.id}.`,
      state: { type: 'PAUSED', name: 'NotReady', message: null, data: null, details: { pause_timeout, pause_reschedule } },
    }
  },
}
