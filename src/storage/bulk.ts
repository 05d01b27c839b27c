import type { Expired } from '../core/orchestration/index.ts'

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

export const rollupKeyProperties: ReadonlySet<string> = new Set([
  'workspaceId',
  'scope',
  'bucket',
  'flowId',
  'stateType',
  'isSubflow',
  'isLate',
])

export const noneExpired: Expired = { runs: [], linesOfRuns: [], lines: [], events: [] }
