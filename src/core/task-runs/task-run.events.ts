import type { Instant } from '../../kernel/clock.ts'
import type { CommandEnv } from '../../kernel/context.ts'
import type { EventDraft, LogEvent } from '../../kernel/event-log.ts'
import { isUuid } from '../../kernel/ids.ts'
import { flowRunAround, TASK_RUN_PREFIX, type TaskRunRecord } from '../orchestration/index.ts'
import { isStateType, type StateType } from '../states/index.ts'

/** A change of a task run that is no change of its state. The peer has no such events: the names are our own. */
const changed =
  (verb: 'updated' | 'deleted') =>
  ({ ids, now }: Pick<CommandEnv, 'ids' | 'now'>, run: TaskRunRecord): EventDraft => ({
    id: ids.uuid(),
    workspaceId: run.workspaceId,
    occurred: now,
    received: now,
    event: `task-run.${verb}`,
    resource: { 'prefect.resource.id': TASK_RUN_PREFIX + run.id, 'prefect.resource.name': run.name },
    related: flowRunAround(run),
    payload: {},
    follows: null,
  })

export const taskRunEvents = { updated: changed('updated'), deleted: changed('deleted') } as const

/** What an event says of a task run's state, whoever decided it. The event's id is the state's. */
export interface TaskRunStateChange {
  readonly stateId: string
  readonly previousState: { readonly type: StateType; readonly name: string } | null
  readonly occurred: Instant
}

/** Undefined when the event tells of no state of a task run. */
export function taskRunStateChangeOf(event: LogEvent): TaskRunStateChange | undefined {
  const resourceId = event.resource['prefect.resource.id'] ?? ''
  const isTaskRun = resourceId.startsWith(TASK_RUN_PREFIX) && isUuid(resourceId.slice(TASK_RUN_PREFIX.length))
  if (!event.event.startsWith('prefect.task-run') || !isTaskRun || !event.payload['validated_state']) return undefined
  return { stateId: event.id, previousState: previousOf(event.payload['initial_state']), occurred: event.occurred }
}

function previousOf(told: unknown): TaskRunStateChange['previousState'] {
  const { type, name } = (told ?? {}) as { type?: unknown; name?: unknown }
  return typeof type === 'string' && isStateType(type) && typeof name === 'string' ? { type, name } : null
}
