import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { auditOf } from '../../kernel/operation.ts'
import { stateInput, toProposal } from '../flow-runs/index.ts'
import {
  type Batch,
  backgroundTaskPolicy,
  command,
  coreTaskPolicy,
  minimalTaskPolicy,
  proposeTask,
  type TaskRunAnswer,
  type TaskRunKey,
  type TaskTransitionAnswer,
} from '../orchestration/index.ts'
import { taskRunEvents } from './task-run.events.ts'
import { type NewTaskRun, newTaskRun, taskRunFrom } from './task-run.inputs.ts'

const keyOf = ({ flowRunId = null, taskKey, dynamicKey }: NewTaskRun): TaskRunKey => ({ flowRunId, taskKey, dynamicKey })

/** A new task run, with its first state if one is given. The same task and dynamic key in the same flow run answer the run that is there, untouched. */
export const createTaskRun = command('task-run.create', {
  input: newTaskRun,
  needs: 'task-run:write',
  reads: input => ({
    taskRunKeys: [keyOf(input)],
    ...(input.id ? { taskRuns: [input.id] } : {}),
    ...(input.flowRunId ? { enclosingRuns: [input.flowRunId] } : {}),
  }),
  apply(env, batch, input): TaskRunAnswer & { isNew: boolean } {
    const flowRun = input.flowRunId ? batch.enclosingRun(env.workspace.id, input.flowRunId) : null
    if (flowRun === undefined) throw notFound('Flow run', input.flowRunId!)
    const existing = existingRun(batch, env.workspace.id, input)
    if (existing) return { ...existing, isNew: false }
    const run = taskRunFrom(env, input, flowRun)
    batch.insertTaskRun(run)
    if (!input.state) return { run, state: null, isNew: true }
    const entered = proposeTask(env, batch, { run, state: null }, toProposal(input.state), policyFor(toProposal(input.state).details, true))
    return { run: entered.run, state: entered.state, isNew: true }
  },
})

function existingRun(batch: Batch, workspaceId: string, input: NewTaskRun) {
  const found = batch.taskRunByKey(keyOf(input)) ?? (input.id ? batch.taskRunIfThere(input.id) : undefined)
  return found?.run.workspaceId === workspaceId ? found : undefined
}

/** Proposes a state; the rules accept, replace, delay or refuse it. A state that says it is deferred is one of a task in the background. */
export const setTaskRunState = command('task-run.set-state', {
  input: z.object({ taskRunId: uuid, state: stateInput, force: z.boolean().default(false) }),
  needs: 'task-run:write',
  reads: ({ taskRunId, state }, { workspace }) => {
    const key = state.details?.['cache_key']
    return {
      taskRuns: [taskRunId],
      flowRunsOfTasks: [taskRunId],
      ...(typeof key === 'string' && key !== '' ? { cacheKeys: [{ workspaceId: workspace.id, key }] } : {}),
    }
  },
  apply(env, batch, { taskRunId, state, force }): TaskTransitionAnswer {
    const proposal = toProposal(state)
    return proposeTask(env, batch, batch.taskRun(env.workspace.id, taskRunId), proposal, policyFor(proposal.details, force))
  },
})

const policyFor = ({ deferred }: { readonly deferred?: boolean | null }, force: boolean) =>
  deferred ? backgroundTaskPolicy : force ? minimalTaskPolicy : coreTaskPolicy

export const renameTaskRun = command('task-run.rename', {
  input: z.object({ id: uuid, name: z.string().min(1).nullish() }),
  needs: 'task-run:write',
  reads: ({ id }) => ({ taskRuns: [id] }),
  apply(env, batch, { id, name }): TaskRunAnswer {
    const found = batch.taskRun(env.workspace.id, id)
    if (!name) return found
    const run = { ...found.run, name, updated: env.now }
    batch.editTaskRun(run)
    batch.emit(taskRunEvents.updated(env, run))
    return { run, state: found.state }
  },
})

/** Deletes a task run with its states. Its log lines are its flow run's, and go with that. */
export const deleteTaskRun = command('task-run.delete', {
  input: z.object({ id: uuid }),
  needs: 'task-run:write',
  reads: ({ id }) => ({ taskRuns: [id] }),
  apply(env, batch, { id }): TaskRunAnswer {
    const found = batch.taskRun(env.workspace.id, id)
    batch.deleteTaskRun(found.run)
    batch.emit(taskRunEvents.deleted(env, found.run))
    batch.audit(auditOf(env, 'task-run.delete', id))
    return found
  },
})
