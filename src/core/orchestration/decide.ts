import type { Instant } from '../../kernel/clock.ts'
import type { ProposedState, StateRecord } from '../states/index.ts'
import type { EmpiricalPolicy, FlowRunFacts, FlowRunRecord } from './records.ts'
import { applies, type Rule } from './rule.ts'
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
export function decide({ run, state: from }: FlowRunFacts, intended: ProposedState, policy: readonly Rule[], env: DecisionEnv): Decision {
  const entered: Rule[] = []
  let to = intended
  let status: Status = 'ACCEPT'
  let reason: string | null = null
  let empiricalPolicy: EmpiricalPolicy = run.empiricalPolicy
  const stay = (end: Status, why: string, delaySeconds: number | null = null): Decision => ({
    status: end,
    reason: why,
    delaySeconds,
    written: null,
    intended,
  })

  for (const rule of policy) {
    if (!applies(rule, from?.type ?? null, to.type)) continue
    entered.push(rule)
    const verdict = rule.decide?.({ run, from, to, now: env.now })
    if (verdict === undefined) continue
    if (verdict.is === 'abort') return stay('ABORT', verdict.reason)
    if (verdict.is === 'wait') return stay('WAIT', verdict.reason, verdict.seconds)
    if (verdict.is === 'amend') to = verdict.state
    else if (verdict.state === null) return stay('REJECT', verdict.reason)
    else {
      to = verdict.state
      status = 'REJECT'
      reason = verdict.reason
      empiricalPolicy = verdict.policy ?? empiricalPolicy
    }
  }

  for (const rule of entered) {
    if (rule.settle && applies(rule, from?.type ?? null, to.type)) {
      empiricalPolicy = rule.settle({ run: { ...run, empiricalPolicy }, from, to, now: env.now })
    }
  }
  return { status, reason, delaySeconds: null, intended, written: transform({ ...run, empiricalPolicy }, from, to, env) }
}
