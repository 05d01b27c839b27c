import { bucketsFrom, type StateBucket, totalOf } from '../../charts/state-buckets.ts'
import type { DashboardFrameFragment } from '../../generated/graphql.ts'
import { comparison, growth, numbered, rateTile, type TileWords } from './dashboard-tiles.ts'
import { bucketOf } from './frames.ts'

type TaskRuns = NonNullable<DashboardFrameFragment['taskRuns']>

export type TaskRunWords = Pick<TileWords, 'label' | 'mark' | 'number' | 'unit' | 'isZero' | 'change' | 'isBad' | 'context'>

/** Whether there is anything to tell: flows without tasks need no zeros. */
export const hasTaskRuns = ({ counts, previous, current }: TaskRuns): boolean =>
  [counts, previous, current].some(of => of.some(({ count }) => count > 0))

/** In the order of the tiles of flow runs. `before` names the stretch that numbers are compared with. */
export function taskRunWordsOf({ counts, previous: was, current }: TaskRuns, before: string): TaskRunWords[] {
  const [total, previous, now] = [bucketOf(counts), bucketOf(was), bucketOf(current)]
  const of = (type: 'FAILED' | 'CRASHED' | 'COMPLETED') => [total[type] ?? 0, previous[type] ?? 0] as const
  const counted = (type: 'FAILED' | 'CRASHED' | 'COMPLETED', label: string): TaskRunWords => ({
    label,
    mark: { type },
    ...numbered(of(type)[0]),
    context: before,
    ...(type === 'COMPLETED' ? growth : comparison)(...of(type), before),
  })
  return [
    counted('FAILED', 'Failed'),
    // Tasks crash with their process only: where none did, the word is not needed.
    ...(of('CRASHED').some(count => count > 0) ? [counted('CRASHED', 'Crashed')] : []),
    { label: 'Running', mark: { type: 'RUNNING' }, ...numbered(now.RUNNING ?? 0), context: 'now' },
    counted('COMPLETED', 'Completed'),
    rateTile(total, previous, [], before),
  ]
}

export const activityOf = ({ activity }: TaskRuns): StateBucket[] => bucketsFrom(activity.counts, activity.bucketCount)

export const allOf = (taskRuns: TaskRuns): number => Object.values(totalOf(activityOf(taskRuns))).reduce((sum, count) => sum + count, 0)
