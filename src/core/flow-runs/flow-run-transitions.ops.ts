import { z } from 'zod'
import type { CommandEnv } from '../../kernel/context.ts'
import { uuid } from '../../kernel/inputs.ts'
import {
  type Batch,
  command,
  coreFlowPolicy,
  type Decision,
  decide,
  type FlowRunRecord,
  minimalFlowPolicy,
  minimalTaskPolicy,
  proposeTask,
  type Rule,
} from '../orchestration/index.ts'
import type { ProposedState, StateRecord } from '../states/index.ts'
import { actionNames, caveatOf, stateFor, whyNot } from './flow-run.actions.ts'
import { flowRunStateChanged } from './flow-run.events.ts'
import { stateInput, toProposal } from './flow-run.inputs.ts'

export interface FlowRunAnswer {
  readonly run: FlowRunRecord
  readonly state: StateRecord | null
}

export interface TransitionAnswer extends FlowRunAnswer {
  readonly status: Decision['status']
  readonly reason: string | null
  readonly delaySeconds: number | null
  readonly isWritten: boolean
}

/** Proposes a state; the rules accept, replace, delay or refuse it. `force` leaves out all rules but those that protect results. */
export const setFlowRunState = command('flow-run.set-state', {
  input: z.object({ flowRunId: uuid, state: stateInput, force: z.boolean().default(false) }),
  needs: 'flow-run:write',
  reads: ({ flowRunId }) => ({ flowRuns: [flowRunId] }),
  apply: (env, batch, { flowRunId, state, force }): TransitionAnswer =>
    propose(env, batch, flowRunId, toProposal(state), force ? minimalFlowPolicy : coreFlowPolicy),
})

export interface ActionAnswer extends TransitionAnswer {
  /** What was accepted but is beyond a server: who must do it. */
  readonly caveat: string | null
}

/** What people do with runs: the state that does it is proposed. A run that it cannot be done with is an answer, ABORT, with the reason. */
export const actOnFlowRun = command('flow-run.act', {
  input: z.object({ flowRunId: uuid, action: z.enum(actionNames), message: z.string().nullish() }),
  needs: 'flow-run:write',
  reads: ({ flowRunId }) => ({ flowRuns: [flowRunId] }),
  apply(env, batch, { flowRunId, action, message }): ActionAnswer {
    const found = batch.flowRun(env.workspace.id, flowRunId)
    const reason = whyNot(action, found.run)
    if (reason !== null) return { ...unchanged(found), status: 'ABORT', reason, caveat: null }
    const answer = propose(env, batch, flowRunId, stateFor(action, env.now, message ?? null), coreFlowPolicy)
    return { ...answer, caveat: answer.status === 'ACCEPT' ? caveatOf(action, found.run) : null }
  },
})

/** Decides, and writes what was decided with its event; a task run that stands for the run in another follows. */
export function propose(env: CommandEnv, batch: Batch, flowRunId: string, state: ProposedState, policy: readonly Rule[]): TransitionAnswer {
  const found = batch.flowRun(env.workspace.id, flowRunId)
  const decision = decide(found, state, policy, { now: env.now, stateId: env.ids.uuid(), actor: env.actor })
  const { status, reason, delaySeconds, written } = decision
  if (written === null) return { ...unchanged(found), status, reason, delaySeconds }
  batch.updateFlowRun(written.run, written.state)
  batch.emit(flowRunStateChanged(found, decision))
  for (const { taskRunId, state } of decision.consequences) follow(env, batch, taskRunId, state)
  return { status, reason, delaySeconds, isWritten: true, ...written }
}

function follow(env: CommandEnv, batch: Batch, taskRunId: string, state: ProposedState): void {
  const found = batch.taskRunIfThere(taskRunId)
  if (found?.run.workspaceId === env.workspace.id) proposeTask(env, batch, found, state, minimalTaskPolicy)
}

const unchanged = ({ run, state }: FlowRunAnswer) => ({ run, state, delaySeconds: null, isWritten: false })
