import type { Instant } from '../../kernel/clock.ts'
import type { ProposedState, StateRecord } from '../states/index.ts'
import type { EmpiricalPolicy, FlowRunFacts, FlowRunRecord } from './records.ts'
import { applies, type Rule, type Verdict } from './rule.ts'
import { transform } from './transforms.ts'

export type Status = 'ACCEPT' | 'REJECT' | 'WAIT' | 'ABORT'

export interface Decision {
  readonly status: Status
  readonly reason: string | null
  readonly delaySeconds: number | null
  /** What is to be written; null when the run stays as it is. */
  readonly written: { readonly run: FlowRunRecord; readonly state: StateRecord } | null
  /** What the caller had asked for, for the event. */
  readonly intended: ProposedState
}

export interface DecisionEnv {
  readonly now: Instant
  readonly stateId: string
  readonly actor: { readonly id: string; readonly name: string }
}

/** Decides one proposed transition of a flow run. Pure: the same facts and environment give the same decision. */
export function decide(facts: FlowRunFacts, intended: ProposedState, policy: readonly Rule[], env: DecisionEnv): Decision {
  const { status, reason, delaySeconds, to, own, empiricalPolicy } = judge(facts, intended, policy, env)
  return { status, reason, delaySeconds, intended, written: to && write(facts, to, own, empiricalPolicy, env) }
}

interface Judgement {
  readonly status: Status
  readonly reason: string | null
  readonly delaySeconds: number | null
  /** What is to be written: the proposal, amended or replaced; null when the run stays as it is. */
  readonly to: ProposedState | null
  readonly empiricalPolicy: EmpiricalPolicy
  /** The rules whose transition it still is. */
  readonly own: readonly Rule[]
}

/** Asks the rules in order, until one ends the matter or replaces the proposal by a state of another type, about which the others were not asked. */
function judge({ run, state: from }: FlowRunFacts, intended: ProposedState, policy: readonly Rule[], env: DecisionEnv): Judgement {
  let judged = {
    status: 'ACCEPT' as Status,
    reason: null as string | null,
    delaySeconds: null,
    to: intended,
    empiricalPolicy: run.empiricalPolicy,
    own: [] as readonly Rule[],
  }
  for (const rule of policy) {
    if (judged.to.type !== intended.type) break
    if (!applies(rule, from?.type ?? null, intended.type)) continue
    judged = { ...judged, own: [...judged.own, rule] }
    const verdict = rule.decide?.({ run, from, to: judged.to, now: env.now, stateId: env.stateId })
    if (verdict === undefined) continue
    if (verdict.is === 'abort') return { ...judged, status: 'ABORT', reason: verdict.reason, to: null }
    if (verdict.is === 'wait') return { ...judged, status: 'WAIT', reason: verdict.reason, delaySeconds: verdict.seconds, to: null }
    if (verdict.is === 'amend') judged = { ...judged, to: verdict.state }
    else if (verdict.state === null) return { ...judged, status: 'REJECT', reason: verdict.reason, to: null }
    else judged = replaced(judged, rule, verdict)
  }
  return judged
}

/** Another state stands in the proposal's place. If its type is another too, only the rule that chose it may follow it, and only where it speaks of such states. */
function replaced<J extends Judgement & { to: ProposedState }>(
  judged: J,
  rule: Rule,
  { state, reason, policy }: Extract<Verdict, { is: 'reject' }>,
): J {
  const own = state!.type === judged.to.type ? judged.own : [rule].filter(({ to }) => to.has(state!.type))
  return { ...judged, status: 'REJECT', reason, to: state!, own, empiricalPolicy: policy ?? judged.empiricalPolicy }
}

/** The state, what it does to its run, and the policies that the rules give the run before and after. */
function write({ run, state: from }: FlowRunFacts, to: ProposedState, own: readonly Rule[], policy: EmpiricalPolicy, env: DecisionEnv) {
  const policyAfter = (step: 'prepare' | 'settle', rules: readonly Rule[], before: EmpiricalPolicy): EmpiricalPolicy =>
    rules.reduce(
      (after, rule) => rule[step]?.({ run: { ...run, empiricalPolicy: after }, from, to, now: env.now, stateId: env.stateId }) ?? after,
      before,
    )
  const written = transform({ ...run, empiricalPolicy: policyAfter('prepare', own, policy) }, from, to, env)
  return { ...written, run: { ...written.run, empiricalPolicy: policyAfter('settle', own.toReversed(), written.run.empiricalPolicy) } }
}
