import { type LogEvent, resourceIdOf } from '../../kernel/event-log.ts'
import { changedDeliveriesOf, changesPolicies } from '../notifications/index.ts'
import { RETENTION_RESOURCE } from '../retention/index.ts'

const FLOW_RUNS = 'prefect.flow-run.'

/** Whether a dashboard may look different after an event: a run, a task run or a flow came, changed or went. */
export const changesDashboard = (event: LogEvent): boolean => isOf(event, [FLOW_RUNS, 'prefect.task-run.', 'prefect.flow.'])

/** Whether the live counts may be others after an event: a run or a policy came, changed or went, or something was sent or given up. */
export const changesLiveCounts = (event: LogEvent): boolean =>
  isOf(event, [FLOW_RUNS]) || changesPolicies(event) || changedDeliveriesOf(event).length > 0

function isOf(event: LogEvent, prefixes: readonly string[]): boolean {
  const id = resourceIdOf(event)
  return id === RETENTION_RESOURCE || prefixes.some(prefix => id.startsWith(prefix))
}
