import type { Instant } from '../../kernel/clock.ts'
import { isTerminalType, type ProposedState, type StateRecord, type StateType, type StoredState, stateTypes } from '../states/index.ts'
import type { CachedResult, EmpiricalPolicy, EnclosingRun, FlowRunRecord, TaskRunRecord } from './records.ts'

/** A transition of any run under decision: `to` is what earlier rules have left of the proposal. */
export interface Step {
  readonly from: StoredState | null
  readonly to: ProposedState
  readonly now: Instant
  /** The id that the new state will have. */
  readonly stateId: string
}

/** Of a flow run, as a rule sees it. */
export interface Transition extends Step {
  readonly run: FlowRunRecord
  readonly from: StateRecord | null
}

/** Of a task run. */
export interface TaskTransition extends Step {
  readonly run: TaskRunRecord
  readonly flowRun: EnclosingRun | null
  /** Completed states under the proposal's cache key, newest first. */
  readonly cached: readonly CachedResult[]
  /** From 0 to 1. */
  readonly random: () => number
}

export type Verdict =
  /** Refuse; with a state: write that one instead. `policy` is written with it. */
  | { readonly is: 'reject'; readonly state: ProposedState | null; readonly reason: string; readonly policy?: EmpiricalPolicy }
  | { readonly is: 'wait'; readonly seconds: number; readonly reason: string }
  | { readonly is: 'abort'; readonly reason: string }
  /** Go on with an amended proposal of the same type. */
  | { readonly is: 'amend'; readonly state: ProposedState }

/**
 * One rule. `decide` may refuse or replace. `prepare` and `settle` give the run's new policy (of a task run: the run), before and after the new state
 * has done its own to the run; both are applied only if the transition is still the rule's own when all have spoken. Nothing is written in between, so
 * nothing has to be undone.
 */
export interface Rule<Of extends Step = Transition, Kept = EmpiricalPolicy> {
  readonly name: string
  readonly from: ReadonlySet<StateType | null>
  readonly to: ReadonlySet<StateType>
  decide?(transition: Of): Verdict | undefined
  prepare?(transition: Of): Kept
  settle?(transition: Of): Kept
}

export type TaskRule = Rule<TaskTransition, TaskRunRecord>

/** Of whatever run: it only speaks. */
export type SharedRule = Rule<Step, never>

export const anyState: ReadonlySet<StateType> = new Set(stateTypes)
export const anyStateOrNone: ReadonlySet<StateType | null> = new Set([...stateTypes, null])
export const terminalStates: ReadonlySet<StateType> = new Set(stateTypes.filter(isTerminalType))

export const only = (...types: readonly StateType[]): ReadonlySet<StateType> => new Set(types)

export const applies = (rule: Pick<SharedRule, 'from' | 'to'>, from: StateType | null, to: StateType): boolean =>
  rule.from.has(from) && rule.to.has(to)

/** Keeps the current state. */
export const rejectToCurrent = (reason: string): Verdict => ({ is: 'reject', state: null, reason })
export const abort = (reason: string): Verdict => ({ is: 'abort', reason })
