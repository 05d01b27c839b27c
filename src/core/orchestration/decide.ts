import type { Instant } from '../../kernel/clock.ts'
import type { ProposedState, StateRecord } from '../states/index.ts'
import { type Judgement, judge, keptBy } from './judge.ts'
import type { EmpiricalPolicy, FlowRunFacts, FlowRunRecord } from './records.ts'
import type { Rule } from './rule.ts'
import { transform } from './transforms.ts'

export interface Decision extends Pick<Judgement<Rule>, 'status' | 'reason' | 'delaySeconds'> {
  /** What is to be written; null when the run stays as it is. */
  readonly written: { readonly run: FlowRunRecord; readonly state: StateRecord } | null
  /** What the caller had asked for, for the event. */
  readonly intended: ProposedState
  /** What follows for other runs, whatever their rules would say. */
  readonly consequences: readonly Consequence[]
}

export interface Consequence {
  readonly taskRunId: string
  readonly state: ProposedState
}

export interface DecisionEnv {
  readonly now: Instant
  readonly stateId: string
  readonly actor: { readonly id: string; readonly name: string }
}

/** Decides one proposed transition of a flow run. Pure: the same facts and environment give the same decision. */
export function decide(facts: FlowRunFacts, intended: ProposedState, policy: readonly Rule[], env: DecisionEnv): Decision {
  const { run, state: from } = facts
  const {
    status,
    reason,
    delaySeconds,
    to,
    own,
    policy: replaced,
  } = judge({ run, from, to: intended, now: env.now, stateId: env.stateId }, policy)
  const written = to && write(facts, to, own, replaced ?? run.empiricalPolicy, env)
  return { status, reason, delaySeconds, intended, written, consequences: consequencesOf(written) }
}

/** The state, what it does to its run, and the policies that the rules give the run before and after. */
function write({ run, state: from }: FlowRunFacts, to: ProposedState, own: readonly Rule[], policy: EmpiricalPolicy, env: DecisionEnv) {
  const withPolicy = (empiricalPolicy: EmpiricalPolicy) => ({
    run: { ...run, empiricalPolicy },
    from,
    to,
    now: env.now,
    stateId: env.stateId,
  })
  const written = transform({ ...run, empiricalPolicy: keptBy('prepare', own, policy, withPolicy) }, from, to, env)
  return {
    ...written,
    run: { ...written.run, empiricalPolicy: keptBy('settle', own.toReversed(), written.run.empiricalPolicy, withPolicy) },
  }
}

const nothingFollows: readonly Consequence[] = []

/** The task run that stands for a subflow in its parent is in whatever state the subflow is. */
function consequencesOf(written: Decision['written']): readonly Consequence[] {
  if (!written || written.run.parentTaskRunId === null) return nothingFollows
  const { run, state } = written
  const { type, name, message, data, details } = state
  return [{ taskRunId: run.parentTaskRunId!, state: { type, name, message, data, details: { ...details, child_flow_run_id: run.id } } }]
}
