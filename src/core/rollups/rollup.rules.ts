import { type Instant, MICROSECONDS_PER_SECOND } from '../../kernel/clock.ts'
import type { RollupDelta } from '../../kernel/storage.ts'
import { isTerminalType, type StateType } from '../states/index.ts'

/** The finest that roll-ups know. Every time zone's days begin at the border of a quarter of an hour. */
export const QUARTER_HOUR = 15 * 60 * MICROSECONDS_PER_SECOND

/** Six hours, UTC: what has ended is counted in them once more, for ranges so long that quarters of an hour of each flow are too many rows. */
export const BLOCK = 24 * QUARTER_HOUR

/** The bucket of everything: what a total over all time is read from. */
export const ALL_TIME = -1

export const NO_STATE = 'NONE'

/** What `all` counts under. */
export const ALL_FLOWS = '00000000-0000-0000-0000-000000000000'

export const scopes = {
  all: 'all',
  byFlow: 'flow',
  ofTag: (tag: string) => `all:${tag}`,
  byFlowOfTag: (tag: string) => `tag:${tag}`,
  /** In blocks, and only what has ended: a run is written there once, not with each of its states. */
  byFlowInBlocks: 'flow/6h',
  byFlowOfTagInBlocks: (tag: string) => `tag/6h:${tag}`,
} as const

const isInBlocks = (scope: string): boolean => scope === scopes.byFlowInBlocks || scope.startsWith(scopes.byFlowOfTagInBlocks(''))

/** What roll-ups know of a run. */
export interface CountedRun {
  readonly workspaceId: string
  readonly flowId: string
  readonly parentTaskRunId: string | null
  readonly tags: readonly string[]
  readonly stateType: StateType | null
  readonly stateName: string | null
  readonly sortTime: Instant
}

/** The quarter of an hour that a moment is in; what is before 1970 counts as its first. */
export const bucketOf = (instant: Instant): number => Math.max(0, Math.floor(instant / QUARTER_HOUR))

export const isBorder = (instant: Instant): boolean => instant >= 0 && instant % QUARTER_HOUR === 0

/** What a write does to the roll-ups: from the run as it was to the run as it is; null where there is none. */
export function rollupDeltas(before: CountedRun | null, after: CountedRun | null): RollupDelta[] {
  if (before && after && isCountedAlike(before, after)) return []
  return [...(before ? deltasOf(before, -1) : []), ...(after ? deltasOf(after, 1) : [])]
}

/** All of a transaction's deltas: one row for each counter that changes, those over all time included, in the order of their keys. */
export const foldRollups = (deltas: readonly RollupDelta[]): RollupDelta[] => fold(deltas, rollupKey, ({ scope }) => !isInBlocks(scope))

interface Delta {
  readonly bucket: number
  readonly count: number
}

export function fold<Kind extends Delta>(
  deltas: readonly Kind[],
  keyOf: (delta: Kind) => string,
  isOfTotals: (delta: Kind) => boolean = () => true,
): Kind[] {
  if (deltas.length === 0) return []
  const changed = sumsOf(deltas, keyOf)
  const totals = sumsOf(
    changed.flatMap(([, delta]) => (isOfTotals(delta) ? [{ ...delta, bucket: ALL_TIME }] : [])),
    keyOf,
  )
  return [...totals, ...changed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta)
}

function sumsOf<Kind extends Delta>(deltas: readonly Kind[], keyOf: (delta: Kind) => string): (readonly [key: string, delta: Kind])[] {
  const sums = new Map<string, { readonly delta: Kind; count: number }>()
  for (const delta of deltas) {
    const key = keyOf(delta)
    const sum = sums.get(key)
    if (sum) sum.count += delta.count
    else sums.set(key, { delta, count: delta.count })
  }
  return [...sums].flatMap(([key, { delta, count }]) => (count === 0 ? [] : [[key, { ...delta, count }] as const]))
}

/** The scope last: a tag may hold anything. */
export const rollupKey = (row: Omit<RollupDelta, 'count'>): string =>
  `${row.workspaceId} ${row.bucket} ${row.flowId} ${row.stateType} ${row.isSubflow ? 1 : 0} ${row.isLate ? 1 : 0} ${row.scope}`

const isLate = (run: CountedRun): boolean => run.stateType === 'SCHEDULED' && run.stateName === 'Late'

const isCountedAlike = (a: CountedRun, b: CountedRun): boolean =>
  a.stateType === b.stateType &&
  isLate(a) === isLate(b) &&
  bucketOf(a.sortTime) === bucketOf(b.sortTime) &&
  (a.parentTaskRunId === null) === (b.parentTaskRunId === null) &&
  a.flowId === b.flowId &&
  a.tags.join('\0') === b.tags.join('\0') &&
  a.workspaceId === b.workspaceId

function deltasOf(run: CountedRun, count: number): RollupDelta[] {
  const delta = {
    workspaceId: run.workspaceId,
    bucket: bucketOf(run.sortTime),
    flowId: run.flowId,
    stateType: run.stateType ?? NO_STATE,
    isSubflow: run.parentTaskRunId !== null,
    isLate: isLate(run),
    count,
  }
  const tags = [...new Set(run.tags)]
  const bucket = bucketOf(Math.floor(run.sortTime / BLOCK) * BLOCK)
  const inBlocks =
    run.stateType !== null && isTerminalType(run.stateType) ? [scopes.byFlowInBlocks, ...tags.map(scopes.byFlowOfTagInBlocks)] : []
  return [
    ...[scopes.all, ...tags.map(scopes.ofTag)].map(scope => ({ ...delta, scope, flowId: ALL_FLOWS })),
    ...[scopes.byFlow, ...tags.map(scopes.byFlowOfTag)].map(scope => ({ ...delta, scope })),
    ...inBlocks.map(scope => ({ ...delta, scope, bucket })),
  ]
}
