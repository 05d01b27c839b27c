import { anyStateOrNone, only, type TaskRule } from '../rule.ts'

/** A task run remembers in which attempt of its flow run it ran. */
export const trackFlowRunAttempt: TaskRule = {
  name: 'track-flow-run-attempt',
  from: anyStateOrNone,
  to: only('RUNNING'),
  settle: ({ run, flowRun }) => (flowRun === null ? run : { ...run, flowRunRunCount: flowRun.runCount }),
}
