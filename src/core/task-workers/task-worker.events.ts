import type { CommandEnv } from '../../kernel/context.ts'
import type { EventDraft, LogEvent } from '../../kernel/event-log.ts'
import { flowRunAround, TASK_RUN_PREFIX, type TaskRunRecord } from '../orchestration/index.ts'

const RELEASED = 'task-run.released'

/** A task run that was claimed may be claimed again. The peer has no such event: the name is our own. */
export const taskRunReleased = ({ ids, now }: Pick<CommandEnv, 'ids' | 'now'>, run: TaskRunRecord): EventDraft => ({
  id: ids.uuid(),
  workspaceId: run.workspaceId,
  occurred: now,
  received: now,
  event: RELEASED,
  resource: { 'prefect.resource.id': TASK_RUN_PREFIX + run.id, 'prefect.resource.name': run.name },
  related: flowRunAround(run),
  payload: { taskWorker: run.claimedBy },
  follows: null,
})

/** Whether an event may mean that there is a task run to claim. */
export const maybeOffers = ({ event, resource, payload }: LogEvent): boolean =>
  event === RELEASED ||
  (event.startsWith(TASK_RUN_PREFIX) &&
    (resource['prefect.state-type'] ?? (payload['validated_state'] as { type?: unknown } | undefined)?.type) === 'SCHEDULED')
