import { type Instant, parseInstant } from '../../kernel/clock.ts'
import { isTerminal, type StoredState } from './state.ts'

/** The reasons why a run that has not ended may not run, by kind. Other concepts add kinds of their own. */
interface Reasons {
  readonly WaitingForFirstState: { readonly since: Instant }
  readonly WaitingForTime: { readonly scheduledTime: Instant }
  readonly Late: { readonly scheduledTime: Instant; readonly isMarked: boolean }
  readonly WaitingForRetry: { readonly attempt: number; readonly mostAttempts: number | null; readonly until: Instant }
  readonly WaitingForTaskWorker: { readonly taskKey: string; readonly since: Instant }
  readonly Resuming: { readonly since: Instant }
  readonly PendingInfrastructure: Preparation
  readonly PendingTask: Preparation
  readonly WaitingForFlowRun: { readonly flowRunId: string; readonly until: Instant | null }
  readonly Paused: Pause
  readonly Suspended: Pause
  readonly Cancelling: { readonly since: Instant; readonly by: string }
}

interface Preparation {
  readonly stateName: string
  readonly since: Instant
}

export interface Pause {
  readonly since: Instant
  /** When it fails unless it is resumed. */
  readonly until: Instant | null
  readonly by: string
  readonly keyset: Readonly<Record<string, unknown>> | null
}

export type ReasonKind = keyof Reasons
export type Reason<Kind extends ReasonKind> = { readonly kind: Kind } & Reasons[Kind]
export type WhyNotRunning = { readonly [Kind in ReasonKind]: Reason<Kind> }[ReasonKind]

/** Of a flow run, or of a task run, which names its task and the flow run around it. */
export interface NotRunningFacts {
  readonly state: StoredState | null
  readonly created: Instant
  readonly runCount: number
  readonly retries: number | null
  readonly task?: { readonly taskKey: string; readonly flowRunId: string | null }
}

/** Null while it runs, and when it has ended. */
export function whyNotRunning(facts: NotRunningFacts, now: Instant): WhyNotRunning | null {
  const { state } = facts
  if (state === null) return { kind: 'WaitingForFirstState', since: facts.created }
  if (state.type === 'RUNNING' || isTerminal(state)) return null
  const { timestamp: since, actorName: by } = state
  if (state.type === 'SCHEDULED') return whyScheduled(facts, state, now)
  if (state.type === 'CANCELLING') return { kind: 'Cancelling', since, by }
  if (state.type === 'PENDING') return { kind: facts.task ? 'PendingTask' : 'PendingInfrastructure', stateName: state.name, since }
  return whyPaused(facts, state)
}

function whyScheduled({ runCount, retries, task }: NotRunningFacts, state: StoredState, now: Instant): WhyNotRunning {
  const { timestamp: since, name, details } = state
  const scheduledTime = instantOf(details.scheduled_time) ?? since
  if (name === 'AwaitingRetry') {
    return { kind: 'WaitingForRetry', attempt: runCount + 1, mostAttempts: retries === null ? null : retries + 1, until: scheduledTime }
  }
  if (name === 'Resuming') return { kind: 'Resuming', since }
  if (name !== 'Late' && scheduledTime > now) return { kind: 'WaitingForTime', scheduledTime }
  if (task && details.deferred) return { kind: 'WaitingForTaskWorker', taskKey: task.taskKey, since: Math.max(since, scheduledTime) }
  return { kind: 'Late', scheduledTime, isMarked: name === 'Late' }
}

function whyPaused({ task }: NotRunningFacts, { timestamp: since, name, details, actorName: by }: StoredState): WhyNotRunning {
  const until = instantOf(details.pause_timeout)
  if (task?.flowRunId && name === 'NotReady') return { kind: 'WaitingForFlowRun', flowRunId: task.flowRunId, until }
  const keyset = details.run_input_keyset ?? null
  return { kind: details.pause_reschedule ? 'Suspended' : 'Paused', since, until, by, keyset }
}

const instantOf = (text: string | null | undefined): Instant | null => (text && parseInstant(text)) || null
