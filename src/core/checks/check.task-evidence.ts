import { oneOf } from '../../kernel/filters.ts'
import type { Reader } from '../../kernel/storage.ts'
import { FlowRun } from '../flow-runs/index.ts'
import { TaskRun, TaskRunState } from '../task-runs/index.ts'
import { beginningOfEvents, eventsOf, pages, workspacesOf } from './check.evidence.ts'
import type { CheckedEvent, CheckedTaskRun, CheckedTaskRunState, TaskRunEvidence } from './check.rules.ts'

const runProperties = ['id', 'workspaceId', 'flowRunId', 'tags', 'stateId', 'stateType', 'stateName', 'stateTimestamp', 'sortTime']
const stateProperties = ['id', 'workspaceId', 'taskRunId', 'timestamp', 'type', 'name']

/** Task runs with all that belongs to them, across workspaces, page by page. */
export async function* readTaskRuns(read: Reader): AsyncGenerator<readonly TaskRunEvidence[], void, undefined> {
  const eventsMissingBefore = await beginningOfEvents(read)
  for await (const runs of pages<CheckedTaskRun>(read, {
    entity: TaskRun,
    where: [],
    orderBy: [['id', 'asc']],
    properties: runProperties,
  })) {
    const states = await statesOf(read, runs)
    const events = await eventsById(read, states)
    const own = Map.groupBy(states, state => state.taskRunId)
    const flowRuns = await workspacesOf(
      read,
      FlowRun,
      runs.flatMap(({ flowRunId }) => flowRunId ?? []),
    )
    yield runs.map(run => ({
      run,
      states: own.get(run.id) ?? [],
      events,
      eventsMissingBefore,
      flowRunWorkspaceId: run.flowRunId === null ? run.workspaceId : flowRuns.get(run.flowRunId),
    }))
  }
}

async function statesOf(read: Reader, runs: readonly CheckedTaskRun[]): Promise<CheckedTaskRunState[]> {
  const found: CheckedTaskRunState[] = []
  const where = oneOf(
    'taskRunId',
    runs.map(({ id }) => id),
  )
  for await (const page of pages<CheckedTaskRunState>(read, {
    entity: TaskRunState,
    where,
    orderBy: [
      ['taskRunId', 'asc'],
      ['timestamp', 'asc'],
      ['id', 'asc'],
    ],
    properties: stateProperties,
  }))
    found.push(...page)
  return found
}

async function eventsById(read: Reader, states: readonly CheckedTaskRunState[]): Promise<ReadonlyMap<string, CheckedEvent>> {
  const byWorkspace = [...Map.groupBy(states, state => state.workspaceId)]
  const events: CheckedEvent[] = []
  for (const [workspaceId, own] of byWorkspace) events.push(...(await eventsOf(read, workspaceId, own)))
  return new Map(events.map(event => [event.id, event]))
}
