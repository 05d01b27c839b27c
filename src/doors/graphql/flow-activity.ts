import { countFlowRunsByFlow, newestFlowRunsByFlow } from '../../core/flow-runs/index.ts'
import type { StateType as StateTypeName } from '../../core/states/index.ts'
import { asks, builder } from './builder.ts'
import { eventCursor } from './cursors.ts'
import { FlowRun } from './flow-runs.ts'
import { Flow } from './flows.ts'
import type { CountedActivity } from './loaders.ts'
import { StateType } from './states.ts'

export interface CountInBucket {
  readonly bucket: number
  readonly type: StateTypeName
  readonly count: number
}

export const BucketCount = builder.objectRef<CountInBucket>('BucketCount').implement({
  description: 'How many runs in states of one kind were expected in one bucket.',
  fields: t => ({
    bucket: t.exposeInt('bucket', { description: 'Which bucket, counted from 0.' }),
    type: t.field({ type: StateType, description: 'The kind of the state they are in now.', resolve: row => row.type }),
    count: t.exposeInt('count', { description: 'How many runs.' }),
  }),
})

const FlowActivity = builder.objectRef<CountedActivity>('FlowActivity').implement({
  description: 'What a flow did in a range of time, and does now.',
  fields: t => ({
    counts: t.field({ type: [BucketCount], description: 'Oldest first, those of zero left out.', resolve: row => [...row.counts] }),
    runningCount: t.exposeInt('runningCount', { description: 'How many runs are running now, whenever they were expected.' }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood when they were counted: a subscription `after` it continues them exactly.',
      resolve: (row, _args, { ctx }) => eventCursor(ctx, row.asOf),
    }),
  }),
})

builder.objectFields(Flow, t => ({
  activity: t.field({
    type: FlowActivity,
    description: 'Its runs over time. Asked of the flows of a page with the same range, it is one reading.',
    args: {
      start: t.arg({ type: 'DateTime', required: true, description: 'Where the first bucket begins: a full quarter of an hour.' }),
      end: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Where the range ends: a full quarter of an hour. The last bucket may go on behind it.',
      }),
      bucketSize: t.arg({
        type: 'Duration',
        required: true,
        description: 'How long a bucket is, in seconds: a multiple of 900. At most 500 buckets.',
      }),
    },
    extensions: asks(countFlowRunsByFlow),
    resolve: (flow, range, { loaders }) => loaders.flowActivities.load({ flowId: flow.id, ...range }),
  }),
  lastRun: t.field({
    type: FlowRun,
    nullable: true,
    description: 'Of the runs that should have started by now the newest; null when there is none.',
    extensions: asks(newestFlowRunsByFlow),
    resolve: async (flow, _args, { loaders }) => (await loaders.newestFlowRuns.load(flow.id)) ?? null,
  }),
}))
