import { isFinal, type StateType } from '../../parts/states.ts'

export type ActionName = 'retry' | 'cancel' | 'pause' | 'suspend' | 'resume' | 'copy'

export interface RunAction {
  name: ActionName
  /** A verb with its object. */
  label: string
  /** Why it cannot be done now: said, rather than left out, where somebody would look for it. */
  reason?: string
}

interface Run {
  stateType?: StateType | null
  stateName?: string | null
  deployment?: { id: string } | null
  parentTaskRunId?: string | null
}

const needsDeployment = 'It has no deployment, so the server does not know how to start it: run the flow again where its code is.'
const isSubflow = 'It is a subflow: its parent would not wait for it.'

/** What can be done to a run as it is, the likeliest first. */
export const actionsOf = ({ stateType, stateName, deployment, parentTaskRunId }: Run): RunAction[] => {
  const startable = deployment ? {} : { reason: needsDeployment }
  const copy: RunAction = { name: 'copy', label: 'Copy to new run', ...startable }
  if (stateType === 'PAUSED') return [{ name: 'resume', label: 'Resume run' }, { name: 'cancel', label: 'Cancel run' }, copy]
  if (isFinal(stateType)) return [{ name: 'retry', label: stateType === 'COMPLETED' ? 'Run again' : 'Retry run', ...startable }, copy]
  if (stateType === 'CANCELLING') return [{ name: 'cancel', label: 'Cancel run', reason: 'It has been asked to stop already.' }, copy]
  const pausable =
    stateType === 'RUNNING' ? {} : { reason: `It is ${(stateName ?? 'not running').toLowerCase()}: only a running run can be paused.` }
  const suspendable = stateType !== 'RUNNING' ? pausable : parentTaskRunId ? { reason: isSubflow } : startable
  return [
    { name: 'cancel', label: 'Cancel run' },
    { name: 'pause', label: 'Pause run', ...pausable },
    { name: 'suspend', label: 'Suspend run', ...suspendable },
    copy,
  ]
}

/** What the toast says when the server has done it. */
export const doneWords: Record<ActionName, string> = {
  retry: 'Will run again:',
  cancel: 'Asked to stop:',
  pause: 'Paused',
  suspend: 'Suspended',
  resume: 'Resumed',
  copy: 'Made',
}
