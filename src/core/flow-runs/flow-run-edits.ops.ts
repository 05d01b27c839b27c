import { z } from 'zod'
import { conflict } from '../../kernel/errors.ts'
import { jsonObject, present, uuid } from '../../kernel/inputs.ts'
import { auditOf, inSteps } from '../../kernel/operation.ts'
import { atOnce, command, type FlowRunFacts, type FlowRunRecord } from '../orchestration/index.ts'
import type { StateRecord } from '../states/index.ts'
import { flowRunEvents } from './flow-run.events.ts'
import { refuseLargeParameters } from './flow-run.inputs.ts'

const change = z.object({
  name: z.string().min(1),
  flowVersion: z.string().nullable(),
  parameters: jsonObject,
  empiricalPolicy: jsonObject,
  tags: z.array(z.string()),
  labels: jsonObject,
  infrastructurePid: z.string().nullable(),
  jobVariables: jsonObject,
})

/** Changes what is given of a run, but never its state. Job variables are of no use to a run that has left its schedule: CONFLICT. */
export const updateFlowRun = command('flow-run.update', {
  input: z.object({ id: uuid, change: change.partial() }),
  needs: 'flow-run:write',
  reads: ({ id }) => ({ flowRuns: [id] }),
  apply(env, batch, { id, change }): FlowRunRecord {
    const found = batch.flowRun(env.workspace.id, id)
    if (change.jobVariables) refuseLateJobVariables(found)
    if (change.parameters) refuseLargeParameters(env, change.parameters)
    const tags = change.tags ? { tags: [...new Set(change.tags)] } : {}
    const run = { ...found.run, ...present(change), ...tags, updated: env.now }
    batch.editFlowRun(run)
    batch.emit(flowRunEvents.updated(env, run, found.flowName))
    return run
  },
})

/** Adds tags and takes tags away; the others stay. */
export const tagFlowRun = command('flow-run.tag', {
  input: z.object({ id: uuid, add: z.array(z.string()).default([]), remove: z.array(z.string()).default([]) }),
  needs: 'flow-run:write',
  reads: ({ id }) => ({ flowRuns: [id] }),
  apply(env, batch, { id, add, remove }): FlowRunRecord {
    const found = batch.flowRun(env.workspace.id, id)
    const tags = [...new Set([...found.run.tags.filter(tag => !remove.includes(tag)), ...add])]
    const run = { ...found.run, tags, updated: env.now }
    batch.editFlowRun(run)
    batch.emit(flowRunEvents.updated(env, run, found.flowName))
    return run
  },
})

/** Lays labels over those the run has. */
export const setFlowRunLabels = command('flow-run.set-labels', {
  input: z.object({ id: uuid, labels: jsonObject }),
  needs: 'flow-run:write',
  reads: ({ id }) => ({ flowRuns: [id] }),
  apply(env, batch, { id, labels }): FlowRunRecord {
    const found = batch.flowRun(env.workspace.id, id)
    const run = { ...found.run, labels: { ...found.run.labels, ...labels }, updated: env.now }
    batch.editFlowRun(run)
    batch.emit(flowRunEvents.updated(env, run, found.flowName))
    return run
  },
})

export interface DeletedFlowRun {
  readonly run: FlowRunRecord
  readonly state: StateRecord | null
  readonly isDone: boolean
}

/** Its log lines and task runs go first, some with each step; the run, its states and its inputs go with the last of them. */
const deleteStep = command('flow-run.delete', {
  input: z.object({ id: uuid }),
  needs: 'flow-run:write',
  reads: ({ id }) => ({ flowRuns: [id], linesOfRuns: [id] }),
  apply(env, batch, { id }): DeletedFlowRun {
    const found = batch.flowRun(env.workspace.id, id)
    const { lines, taskRuns } = batch.contentsOf(id)
    const isDone = lines.length < atOnce.lines && taskRuns.length < atOnce.taskRuns
    batch.deleteLines(lines)
    taskRuns.forEach(batch.deleteTaskRun)
    if (isDone) {
      batch.deleteFlowRun(found.run)
      batch.emit(flowRunEvents.deleted(env, found.run, found.flowName))
      batch.audit(auditOf(env, 'flow-run.delete', id))
    }
    return { run: found.run, state: found.state, isDone }
  },
})

/** Deletes a run with all that was written about it. Lines that its process sends afterwards belong to nothing, and go with age. */
export const deleteFlowRun = inSteps(deleteStep)

function refuseLateJobVariables({ run }: FlowRunFacts): void {
  if (run.stateType === null) throw conflict('Flow run state is required to update job variables but none exists')
  if (run.stateType !== 'SCHEDULED') throw conflict(`Job variables for a flow run in state ${run.stateType} cannot be updated`)
  if (run.deploymentId === null) throw conflict('A deployment for the flow run could not be found')
}
