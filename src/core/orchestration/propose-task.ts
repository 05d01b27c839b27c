import type { CommandEnv } from '../../kernel/context.ts'
import type { ProposedState, TaskRunStateRecord } from '../states/index.ts'
import type { Batch } from './batch.ts'
import { decideTask, type TaskDecision } from './decide-task.ts'
import type { TaskRunFacts, TaskRunRecord } from './records.ts'
import type { TaskRule } from './rule.ts'
import { taskRunStateChanged } from './task-run-events.ts'

export interface TaskRunAnswer {
  readonly run: TaskRunRecord
  readonly state: TaskRunStateRecord | null
}

export interface TaskTransitionAnswer extends TaskRunAnswer, Pick<TaskDecision, 'status' | 'reason' | 'delaySeconds'> {
  readonly isWritten: boolean
}

/** Decides, and writes what was decided with its event. */
export function proposeTask(
  env: CommandEnv,
  batch: Batch,
  found: TaskRunFacts,
  state: ProposedState,
  policy: readonly TaskRule[],
): TaskTransitionAnswer {
  const { run } = found
  const flowRun = run.flowRunId === null ? null : (batch.enclosingRun(run.workspaceId, run.flowRunId) ?? null)
  const cached = state.details.cache_key ? batch.cachedResults(run.workspaceId, state.details.cache_key) : []
  const decision = decideTask({ ...found, flowRun, cached }, state, policy, {
    now: env.now,
    stateId: env.ids.uuid(),
    actor: env.actor,
    random: env.ids.random,
    cachedResultId: env.ids.uuid(),
  })
  const { status, reason, delaySeconds, written, lent } = decision
  if (written === null) return { run, state: found.state, status, reason, delaySeconds, isWritten: false }
  batch.enterTaskRunState(written.run, written.state)
  if (lent) batch.lendResult(lent, written.state)
  batch.emit(taskRunStateChanged(found, decision))
  return { status, reason, delaySeconds, isWritten: true, ...written }
}
