import type { Instant } from '../../kernel/clock.ts'
import type { TaskRollupDelta } from '../../kernel/storage.ts'
import type { StateType } from '../states/index.ts'
import { bucketOf, fold, NO_STATE, scopes } from './rollup.rules.ts'

/** What roll-ups know of a task run. */
export interface CountedTaskRun {
  readonly workspaceId: string
  readonly tags: readonly string[]
  readonly stateType: StateType | null
  readonly sortTime: Instant
}

/** What a write does to them: from the task run as it was to the task run as it is; null where there is none. */
export function taskRollupDeltas(before: CountedTaskRun | null, after: CountedTaskRun | null): TaskRollupDelta[] {
  if (before && after && isCountedAlike(before, after)) return []
  return [...(before ? deltasOf(before, -1) : []), ...(after ? deltasOf(after, 1) : [])]
}

export const foldTaskRollups = (deltas: readonly TaskRollupDelta[]): TaskRollupDelta[] => fold(deltas, taskRollupKey)

/** The scope last: a tag may hold anything. */
export const taskRollupKey = ({ workspaceId, bucket, stateType, scope }: Omit<TaskRollupDelta, 'count'>): string =>
  `${workspaceId} ${bucket} ${stateType} ${scope}`

const isCountedAlike = (a: CountedTaskRun, b: CountedTaskRun): boolean =>
  a.stateType === b.stateType &&
  bucketOf(a.sortTime) === bucketOf(b.sortTime) &&
  a.tags.join('\0') === b.tags.join('\0') &&
  a.workspaceId === b.workspaceId

const deltasOf = ({ workspaceId, stateType, sortTime, tags }: CountedTaskRun, count: number): TaskRollupDelta[] =>
  [scopes.all, ...[...new Set(tags)].map(scopes.ofTag)].map(scope => ({
    workspaceId,
    scope,
    stateType: stateType ?? NO_STATE,
    bucket: bucketOf(sortTime),
    count,
  }))
