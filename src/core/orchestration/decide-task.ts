import { parseInstant } from '../../kernel/clock.ts'
import type { ProposedState, TaskRunStateRecord } from '../states/index.ts'
import type { DecisionEnv } from './decide.ts'
import { type Judgement, judge, keptBy } from './judge.ts'
import type { CachedResult, CachedResultRecord, EnclosingRun, TaskRunFacts, TaskRunRecord } from './records.ts'
import type { TaskRule, TaskTransition } from './rule.ts'
import { cacheResults, LONGEST_CACHE_KEY } from './rules/cache-results.ts'
import { transformTask } from './transforms.ts'

/** What a decision about a task run rests on. */
export interface TaskCase extends TaskRunFacts {
  readonly flowRun: EnclosingRun | null
  readonly cached: readonly CachedResult[]
}

export interface TaskDecision extends Pick<Judgement<TaskRule>, 'status' | 'reason' | 'delaySeconds'> {
  readonly written: { readonly run: TaskRunRecord; readonly state: TaskRunStateRecord } | null
  readonly intended: ProposedState
  /** What others of the same key may take over from now on. */
  readonly lent: CachedResultRecord | null
}

export interface TaskDecisionEnv extends DecisionEnv {
  readonly random: () => number
  /** The id that a cached result will have. */
  readonly cachedResultId: string
}

/** Decides one proposed transition of a task run. Pure, as `decide`. */
export function decideTask(facts: TaskCase, intended: ProposedState, policy: readonly TaskRule[], env: TaskDecisionEnv): TaskDecision {
  const { run, state: from, flowRun, cached } = facts
  const { now, stateId, random } = env
  const asked: TaskTransition = { run, from, to: intended, flowRun, cached, random, now, stateId }
  const { status, reason, delaySeconds, to, own } = judge(asked, policy)
  const written = to && write(facts, { ...asked, to }, own, env)
  const lent = written && own.includes(cacheResults) ? lentBy(written.state, env) : null
  return { status, reason, delaySeconds, intended, written, lent }
}

function write({ run, state: from }: TaskCase, transition: TaskTransition, own: readonly TaskRule[], env: DecisionEnv) {
  const withRun = (run: TaskRunRecord) => ({ ...transition, run })
  const written = transformTask(keptBy('prepare', own, run, withRun), from, transition.to, env)
  return { ...written, run: keptBy('settle', own.toReversed(), written.run, withRun) }
}

function lentBy({ id, workspaceId, details }: TaskRunStateRecord, { cachedResultId }: TaskDecisionEnv): CachedResultRecord | null {
  const { cache_key: cacheKey, cache_expiration: expiration } = details
  if (!cacheKey || cacheKey.length > LONGEST_CACHE_KEY) return null
  return { id: cachedResultId, workspaceId, cacheKey, expiration: (expiration && parseInstant(expiration)) || null, taskRunStateId: id }
}
