import type { ProposedState } from '../states/index.ts'
import type { EmpiricalPolicy } from './records.ts'
import { applies, type Rule, type Step, type Verdict } from './rule.ts'

export type Status = 'ACCEPT' | 'REJECT' | 'WAIT' | 'ABORT'

export interface Judgement<Own> {
  readonly status: Status
  readonly reason: string | null
  readonly delaySeconds: number | null
  /** What is to be written: the proposal, amended or replaced; null when the run stays as it is. */
  readonly to: ProposedState | null
  /** The policy that goes with a state that stands in the proposal's place. */
  readonly policy: EmpiricalPolicy | null
  /** The rules whose transition it still is. */
  readonly own: readonly Own[]
}

/** Asks the rules in order, until one ends the matter or replaces the proposal by a state of another type, about which the others were not asked. */
export function judge<Of extends Step, Kept>(asked: Of, rules: readonly Rule<Of, Kept>[]): Judgement<Rule<Of, Kept>> {
  const { from, to: intended } = asked
  let judged = {
    status: 'ACCEPT' as Status,
    reason: null as string | null,
    delaySeconds: null,
    to: intended,
    ...nothingOwn<Rule<Of, Kept>>(),
  }
  for (const rule of rules) {
    if (judged.to.type !== intended.type) break
    if (!applies(rule, from?.type ?? null, intended.type)) continue
    judged = { ...judged, own: [...judged.own, rule] }
    const verdict = rule.decide?.(judged.to === intended ? asked : { ...asked, to: judged.to })
    if (verdict === undefined) continue
    if (verdict.is === 'abort') return { ...judged, status: 'ABORT', reason: verdict.reason, to: null }
    if (verdict.is === 'wait') return { ...judged, status: 'WAIT', reason: verdict.reason, delaySeconds: verdict.seconds, to: null }
    if (verdict.is === 'amend') judged = { ...judged, to: verdict.state }
    else if (verdict.state === null) return { ...judged, status: 'REJECT', reason: verdict.reason, to: null }
    else judged = replaced(judged, rule, verdict)
  }
  return judged
}

const nothingOwn = <Own>(): { readonly policy: EmpiricalPolicy | null; readonly own: readonly Own[] } => ({ policy: null, own: [] })

/** Another state stands in the proposal's place. If its type is another too, only the rule that chose it may follow it, and only where it speaks of such states. */
function replaced<Of extends Step, Kept, J extends Judgement<Rule<Of, Kept>> & { to: ProposedState }>(
  judged: J,
  rule: Rule<Of, Kept>,
  { state, reason, policy }: Extract<Verdict, { is: 'reject' }>,
): J {
  const own = state!.type === judged.to.type ? judged.own : [rule].filter(({ to }) => to.has(state!.type))
  return { ...judged, status: 'REJECT', reason, to: state!, own, policy: policy ?? judged.policy }
}

/** What the rules keep of a transition in one of its two moments, one after the other. */
export const keptBy = <Of extends Step, Kept>(
  moment: 'prepare' | 'settle',
  rules: readonly Rule<Of, Kept>[],
  before: Kept,
  transitionWith: (kept: Kept) => Of,
): Kept => rules.reduce((kept, rule) => rule[moment]?.(transitionWith(kept)) ?? kept, before)
