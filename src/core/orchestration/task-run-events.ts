import { toIso } from '../../kernel/clock.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { ProposedState } from '../states/index.ts'
import type { TaskDecision } from './decide-task.ts'
import type { TaskRunFacts, TaskRunRecord } from './records.ts'

export const TASK_RUN_PREFIX = 'prefect.task-run.'
/** The label that tells who decided: a client reports what it did itself, and only that is recorded from events. */
export const ORCHESTRATION = 'prefect.orchestration'
const LONGEST_MESSAGE = 100_000

/** A task run entered a state by the server's decision. The event's id is the state's. */
export function taskRunStateChanged({ state: from }: TaskRunFacts, { intended, written }: TaskDecision): EventDraft {
  const { run, state } = written!
  return {
    id: state.id,
    workspaceId: run.workspaceId,
    occurred: state.timestamp,
    received: state.timestamp,
    event: TASK_RUN_PREFIX + state.name,
    resource: {
      'prefect.resource.id': TASK_RUN_PREFIX + run.id,
      'prefect.resource.name': run.name,
      'prefect.run-count': String(run.runCount),
      'prefect.state-message': (state.message ?? '').slice(0, LONGEST_MESSAGE),
      'prefect.state-name': state.name,
      'prefect.state-timestamp': toIso(state.timestamp),
      'prefect.state-type': state.type,
      [ORCHESTRATION]: 'server',
    },
    related: [
      ...flowRunAround(run),
      ...run.tags.map(tag => ({ 'prefect.resource.id': `prefect.tag.${tag}`, 'prefect.resource.role': 'tag' })),
    ],
    payload: {
      intended: { from: from?.type ?? null, to: intended.type },
      initial_state: from && summary(from),
      validated_state: summary(state),
    },
    follows: from?.id ?? null,
  }
}

/** The flow run that a task run is in, as its events name it. */
export const flowRunAround = ({ flowRunId }: Pick<TaskRunRecord, 'flowRunId'>): EventDraft['related'] =>
  flowRunId === null ? [] : [{ 'prefect.resource.id': `prefect.flow-run.${flowRunId}`, 'prefect.resource.role': 'flow-run' }]

const summary = ({ type, name, message }: Pick<ProposedState, 'type' | 'name' | 'message'>) => ({ type, name, message: message ?? '' })
