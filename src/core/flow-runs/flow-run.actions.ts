import { type Instant, toIso } from '../../kernel/clock.ts'
import { type Condition, missing, oneOf } from '../../kernel/filters.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import { type ProposedState, type StateType, terminalTypes } from '../states/index.ts'

/** What people do with runs by proposing a state. Resuming is not among them: it may have a question to answer. */
export const actionNames = ['retry', 'cancel', 'pause', 'suspend'] as const
export type ActionName = (typeof actionNames)[number]

type Subject = Pick<FlowRunRecord, 'stateType' | 'deploymentId' | 'parentTaskRunId'>

interface Action {
  readonly from: readonly StateType[]
  /** Somebody must start it again, and only a deployment says how. */
  readonly needsDeployment?: boolean
  readonly notForSubflows?: boolean
  readonly refusal: string
  state(now: Instant): Partial<ProposedState> & Pick<ProposedState, 'type' | 'name'>
}

const PAUSE_SECONDS = 3600

const pausedUntil = (now: Instant, pause_reschedule: boolean) => ({
  pause_timeout: toIso(now + PAUSE_SECONDS * 1_000_000),
  pause_reschedule,
})

const actions: Readonly<Record<ActionName, Action>> = {
  retry: {
    from: terminalTypes,
    needsDeployment: true,
    refusal: 'It has not ended.',
    state: now => ({ type: 'SCHEDULED', name: 'AwaitingRetry', details: { scheduled_time: toIso(now) } }),
  },
  cancel: {
    from: ['SCHEDULED', 'PENDING', 'RUNNING', 'PAUSED'],
    refusal: 'It has ended, or is being cancelled.',
    state: () => ({ type: 'CANCELLING', name: 'Cancelling' }),
  },
  pause: {
    from: ['RUNNING'],
    refusal: 'It is not running.',
    state: now => ({ type: 'PAUSED', name: 'Paused', details: pausedUntil(now, false) }),
  },
  suspend: {
    from: ['RUNNING'],
    needsDeployment: true,
    notForSubflows: true,
    refusal: 'It is not running.',
    state: now => ({ type: 'PAUSED', name: 'Suspended', details: pausedUntil(now, true) }),
  },
}

/** The runs it can be done with. The rules of orchestration have the last word. */
export const eligible = (name: ActionName): Condition[] => {
  const { from, needsDeployment, notForSubflows } = actions[name]
  return [
    ...oneOf('stateType', from),
    ...missing('deploymentId', needsDeployment ? false : null),
    ...missing('parentTaskRunId', notForSubflows ? true : null),
  ]
}

/** Null for a run that it can be done with. */
export function whyNot(name: ActionName, run: Subject): string | null {
  const { from, needsDeployment, notForSubflows, refusal } = actions[name]
  if (run.stateType === null || !from.includes(run.stateType)) return refusal
  if (needsDeployment && run.deploymentId === null)
    return 'It has no deployment, so the server does not know how to start it: run the flow again where its code is.'
  return notForSubflows && run.parentTaskRunId !== null ? 'It is a subflow: its parent would not wait for it.' : null
}

export const stateFor = (name: ActionName, now: Instant, message: string | null): ProposedState => ({
  data: null,
  details: {},
  message,
  ...actions[name].state(now),
})

/** What the server has no hand in. */
export function caveatOf(name: ActionName, run: Subject): string | null {
  const hasProcess = run.stateType === 'RUNNING' || run.stateType === 'PENDING'
  if (name === 'cancel' && hasProcess && run.deploymentId === null)
    return 'It has no deployment, so no worker ends its process: stop it where it runs.'
  return name === 'pause' ? 'Its process is not interrupted: it hears of the pause when it next asks the server.' : null
}
