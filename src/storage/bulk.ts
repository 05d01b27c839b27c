import type { DeletedTaskRun, EnclosingRun, Expired, Reads } from '../core/orchestration/index.ts'
import type { Column, Table } from './tables.ts'

/** What entering a state changes of a run. Nothing else is written then: an edit under way elsewhere is not undone, and large JSON is not written again. */
export const stateProperties: ReadonlySet<string> = new Set([
  'empiricalPolicy',
  'stateId',
  'stateType',
  'stateName',
  'stateTimestamp',
  'version',
  'runCount',
  'expectedStartTime',
  'nextScheduledStartTime',
  'startTime',
  'endTime',
  'totalRunTime',
  'sortTime',
  'updated',
])

/** What somebody may change of a run. */
export const editableRunProperties: ReadonlySet<string> = new Set([
  'name',
  'flowVersion',
  'parameters',
  'empiricalPolicy',
  'tags',
  'labels',
  'infrastructurePid',
  'jobVariables',
  'updated',
])

/** All that may change of a task run. */
export const taskRunProperties = (columns: readonly { readonly property: string }[]): ReadonlySet<string> =>
  new Set(columns.map(({ property }) => property).filter(property => !['id', 'workspaceId', 'flowRunId', 'created'].includes(property)))

/** What somebody may change of a flow. */
export const editableFlowProperties: ReadonlySet<string> = new Set(['tags', 'labels', 'updated'])

/** What must be known of a run that goes. */
export const deletedRunProperties: ReadonlySet<string> = new Set([
  'id',
  'workspaceId',
  'flowId',
  'parentTaskRunId',
  'tags',
  'stateType',
  'stateName',
  'sortTime',
  'endTime',
])

/** Of a task worker that is there already, only that it was seen, and what it serves, is written. */
export const onSeen = (worker: Table): string => {
  const seen = ['taskKeys', 'lastSeenAt'].map(property => worker.column(property).name)
  return ` on conflict ("id") do update set ${seen.map(name => `${name} = excluded.${name}`).join(', ')}`
}

/** How many task runs of which tasks are to be looked at: one for each who asks for the task, and one more, which tells when the next is due. */
export function offersAsked(offers: NonNullable<Reads['offers']>) {
  const asked = offers.flatMap(({ workspaceId, taskKeys }) => taskKeys.map(taskKey => ({ workspaceId, taskKey })))
  return [...Map.groupBy(asked, one => JSON.stringify([one.workspaceId, one.taskKey])).values()].map(own => ({
    ...own[0]!,
    count: own.length + 1,
  }))
}

/** In the order of the index that holds what can be claimed alone. */
export const offersOfTaskSql = ([workspaceId, taskKey, count]: readonly [string, string, string]): string =>
  `"workspace_id" = ${workspaceId} and "task_key" = ${taskKey} and "claimable_at" is not null order by "claimable_at", "id" limit ${count}`

/** The same of a task run. */
export const deletedTaskProperties: ReadonlySet<string> = new Set<keyof DeletedTaskRun>([
  'id',
  'workspaceId',
  'stateType',
  'tags',
  'sortTime',
  'endTime',
])

export const noneExpired: Expired = {
  runs: [],
  linesOfRuns: [],
  tasksOfRuns: [],
  backgroundTasks: [],
  lines: [],
  events: [],
  readByAll: Number.POSITIVE_INFINITY,
}

const enclosingProperties = [
  'id',
  'workspaceId',
  'flowId',
  'labels',
  'stateType',
  'runCount',
] as const satisfies readonly (keyof EnclosingRun)[]

/** What is read of a flow run (`r`) and its state (`s`) for the task runs in it. */
export const enclosingColumns = (
  run: Table,
  state: Table,
): { readonly columns: readonly Column[]; readonly details: Column; readonly from: string } => ({
  columns: enclosingProperties.map(property => run.column(property)),
  details: state.column('details'),
  from: `from ${run.name} as r left join ${state.name} as s on s."id" = r."state_id"`,
})
