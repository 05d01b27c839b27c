import { type LogEvent, resourceIdOf } from '../../kernel/event-log.ts'
import { RETENTION_RESOURCE } from '../retention/index.ts'

const prefixes = ['prefect.flow-run.', 'prefect.task-run.', 'prefect.flow.']

/** Whether a dashboard may look different after an event: a run, a task run or a flow came, changed or went. */
export function changesDashboard(event: LogEvent): boolean {
  const id = resourceIdOf(event)
  return id === RETENTION_RESOURCE || prefixes.some(prefix => id.startsWith(prefix))
}
