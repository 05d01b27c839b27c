import { countFlowRunsByState, countFlowRunsByTime, type RunsInBucket } from '../../core/flow-runs/index.ts'
import { type StateType as StateTypeName, stateTypes } from '../../core/states/index.ts'
import { asks, builder } from './builder.ts'
import { eventCursor } from './cursors.ts'
import { filterArg } from './flow-runs.ts'
import { StateType } from './states.ts'

export const StateCount = builder.objectRef<{ type: StateTypeName; count: number }>('StateCount').implement({
  description: 'How many runs are in states of one kind.',
  fields: t => ({
    type: t.field({ type: StateType, description: 'The kind.', resolve: row => row.type }),
    count: t.exposeInt('count', { description: 'How many runs.' }),
  }),
})

const FlowRunStateCounts = builder
  .objectRef<{ cursor: string; counts: { type: StateTypeName; count: number }[] }>('FlowRunStateCounts')
  .implement({
    description: 'Runs by the kind of their state: one row for each kind, zeros included.',
    fields: t => ({
      counts: t.field({ type: [StateCount], description: 'In the order of StateType.', resolve: row => row.counts }),
      eventCursor: t.field({
        type: 'Cursor',
        description: 'Where the log stood when they were counted: a subscription `after` it continues them exactly.',
        resolve: row => row.cursor,
      }),
    }),
  })

export const everyType = (counts: ReadonlyMap<StateTypeName | null, number>) =>
  stateTypes.map(type => ({ type, count: counts.get(type) ?? 0 }))

export const FlowRunHistoryBucket = builder.objectRef<RunsInBucket>('FlowRunHistoryBucket').implement({
  description: 'The runs expected to start in one stretch of time, by the state they are in now.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Where it begins.' }),
    end: t.expose('end', { type: 'DateTime', description: 'Where it ends, and the next begins.' }),
    counts: t.field({
      type: [StateCount],
      description: 'One row for each kind of state in the order of StateType, zeros included.',
      resolve: ({ counts }) => everyType(new Map(counts.map(({ type, count }) => [type, count]))),
    }),
    lateCount: t.exposeInt('lateCount', { description: 'How many of the scheduled ones are late.' }),
  }),
})

const FlowRunHistory = builder.objectRef<{ cursor: string; buckets: readonly RunsInBucket[] }>('FlowRunHistory').implement({
  description: 'Runs over time.',
  fields: t => ({
    buckets: t.field({ type: [FlowRunHistoryBucket], description: 'Oldest first, without a hole.', resolve: row => [...row.buckets] }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood when they were counted: a subscription `after` it continues them exactly.',
      resolve: row => row.cursor,
    }),
  }),
})

export const FlowRunCountFilter = builder.inputType('FlowRunCountFilter', {
  description: 'Which runs are counted where counts come from roll-ups. Parts are joined by "and".',
  fields: t => ({
    flowIds: t.field({ type: ['UUID'], description: 'Of any of these flows.' }),
    tag: t.string({ description: 'Carrying this tag.' }),
    isSubflow: t.boolean({ description: 'Subflows only, or none of them.' }),
  }),
})

builder.queryFields(t => ({
  flowRunStateCounts: t.field({
    type: FlowRunStateCounts,
    description: 'How many runs are in which kind of state.',
    args: { filter: t.arg(filterArg) },
    extensions: asks(countFlowRunsByState),
    async resolve(_root, { filter }, { ctx }) {
      const { counts, asOf } = await countFlowRunsByState(ctx, { filter })
      return { cursor: eventCursor(ctx, asOf), counts: everyType(counts as ReadonlyMap<StateTypeName | null, number>) }
    },
  }),
  flowRunHistory: t.field({
    type: FlowRunHistory,
    description:
      'How many runs were, or are, expected to start in each stretch of a time range. Whole days of any time zone can be asked for: give the local midnight as start and 86400 as bucket size.',
    args: {
      start: t.arg({ type: 'DateTime', required: true, description: 'Where the first stretch begins: a full quarter of an hour.' }),
      end: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Where the range ends: a full quarter of an hour. The last stretch may go on behind it.',
      }),
      bucketSize: t.arg({
        type: 'Duration',
        required: true,
        description: 'How long a stretch is, in seconds: a multiple of 900. At most 500 stretches.',
      }),
      filter: t.arg({ type: FlowRunCountFilter, description: 'Which runs. Default: all.' }),
    },
    extensions: asks(countFlowRunsByTime),
    async resolve(_root, args, { ctx }) {
      const { buckets, asOf } = await countFlowRunsByTime(ctx, args)
      return { cursor: eventCursor(ctx, asOf), buckets }
    },
  }),
}))
