import type { Instant } from '../../kernel/clock.ts'
import type { ProposedState, StateRecord, StateType } from '../states/index.ts'
import { isTerminalType, stateTypes } from '../states/index.ts'
import type { EmpiricalPolicy, FlowRunRecord } from './records.ts'

/** A transition under decision, as a rule sees it: `to` is what earlier rules have left of the proposal. */
export interface Transition {
  readonly run: FlowRunRecord
  readonly from: StateRecord | null
  readonly to: ProposedState
  readonly now: Instant
  /** The id that the new state will have. */
  readonly stateId: string
}

export type Verdict =
  /** Refuse; with a state: write that one instead. `policy` is written with it. */
  | { readonly is: 'reject'; readonly state: ProposedState | null; readonly reason: string; readonly policy?: EmpiricalPolicy }
  | { readonly is: 'wait'; readonly seconds: number; readonly reason: string }
  | { readonly is: 'abort'; readonly reason: string }
  /** Go on with an amended proposal of the same type. */
  | { readonly is: 'amend'; readonly state: ProposedState }

/**
 * One rule. `decide` may refuse or replace. `prepare` and `settle` give the run's new policy, before and after the new state has done its own to the
 * run; both are applied only if the transition is still the rule's own when all have spoken. Nothing is written in between, so nothing has to be undone.
 */
export interface Rule {
  readonly name: string
  readonly from: ReadonlySet<StateType | null>
  readonly to: ReadonlySet<StateType>
  decide?(transition: Transition): Verdict | undefined
  prepare?(transition: Transition): EmpiricalPolicy
  settle?(transition: Transition): EmpiricalPolicy
}

export const anyState: ReadonlySet<StateType> = new Set(stateTypes)
export const anyStateOrNone: ReadonlySet<StateType | null> = new Set([...stateTypes, null])
export const terminalStates: ReadonlySet<StateType> = new Set(stateTypes.filter(isTerminalType))

export const only = (...types: readonly StateType[]): ReadonlySet<StateType> => new Set(types)

export const applies = (rule: Rule, from: StateType | null, to: StateType): boolean => rule.from.has(from) && rule.to.has(to)

/** Keeps the current state. */
export const rejectToCurrent = (reason: string): Verdict => ({ is: 'reject', state: null, reason })
export const abort = (reason: string): Verdict => ({ is: 'abort', reason })
