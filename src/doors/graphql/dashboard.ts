import {
  changesDashboard,
  type Dashboard as DashboardRecord,
  type DashboardTaskRuns as DashboardTaskRunsRecord,
  type FailingFlow as FailingFlowRecord,
  readDashboard,
  type UsualDuration as UsualDurationRecord,
} from '../../core/dashboard/index.ts'
import { bucketCount, type CountsOfRuns, flowRunCountFilter } from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import type { Gap } from '../../kernel/cursor.ts'
import { asks, builder } from './builder.ts'
import { eventCursor } from './cursors.ts'
import { BucketCount, type CountInBucket } from './flow-activity.ts'
import { everyType, FlowRunCountFilter, FlowRunHistoryBucket, StateCount } from './flow-run-counts.ts'
import { FlowRun } from './flow-runs.ts'
import { Flow } from './flows.ts'
import { afterDescription, GapRef } from './live.ts'
import { followSnapshot } from './live-snapshots.ts'

type Strip = Omit<DashboardRecord['strips'], 'byFlow'> & { readonly counts: readonly CountInBucket[] }
type FailingFlowWithStrip = FailingFlowRecord & { readonly strip: Strip }

const FlowRunCounts = builder.objectRef<CountsOfRuns>('FlowRunCounts').implement({
  description: 'Runs by the kind of their state.',
  fields: t => ({
    counts: t.field({
      type: [StateCount],
      description: 'One row for each kind of state in the order of StateType, zeros included.',
      resolve: ({ counts }) => countsOfEveryType(counts),
    }),
    lateCount: t.exposeInt('lateCount', { description: 'How many of the scheduled ones are late.' }),
  }),
})

const FailingFlow = builder.objectRef<FailingFlowWithStrip>('FailingFlow').implement({
  description: 'A flow whose runs have failed or crashed in a stretch of time.',
  fields: t => ({
    flow: t.field({
      type: Flow,
      nullable: true,
      description: 'The flow; null when it was deleted this moment.',
      extensions: asks(flowsByIds),
      resolve: async ({ flowId }, _args, { loaders }) => (await loaders.flows.load(flowId)) ?? null,
    }),
    failedCount: t.exposeInt('failedCount', { description: 'How many runs are in a FAILED state.' }),
    crashedCount: t.exposeInt('crashedCount', { description: 'How many are in a CRASHED state.' }),
    newestFailure: t.field({
      type: FlowRun,
      nullable: true,
      description: 'The newest of them; null when it is older than the newest hundred failures.',
      resolve: ({ newestFailure }) => newestFailure,
    }),
    activity: t.field({
      type: ActivityStrip,
      description: 'Its runs over the stretch, of at most the last 33 days of it.',
      resolve: ({ strip }) => strip,
    }),
  }),
})

const ActivityStrip = builder.objectRef<Strip>('ActivityStrip').implement({
  description: 'Runs of a stretch in few buckets, at most 34; the last of them may go on behind the stretch.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Where the first bucket begins.' }),
    bucketSize: t.expose('bucketSize', { type: 'Duration', description: 'How long a bucket is, in seconds.' }),
    bucketCount: t.int({ description: 'How many buckets there are.', resolve: bucketCount }),
    counts: t.field({ type: [BucketCount], description: 'Oldest first, those of zero left out.', resolve: ({ counts }) => [...counts] }),
  }),
})

const UsualDuration = builder.objectRef<UsualDurationRecord>('UsualDuration').implement({
  description: 'How long runs of a flow usually take.',
  fields: t => ({
    flowId: t.expose('flowId', { type: 'UUID', description: 'Of which flow.' }),
    duration: t.expose('duration', { type: 'Duration', description: 'Of its newest 21 completed runs half took no longer, in seconds.' }),
  }),
})

const countsOfEveryType = (counts: CountsOfRuns['counts']) => everyType(new Map(counts.map(({ type, count }) => [type, count])))

const DashboardTaskRuns = builder.objectRef<DashboardTaskRunsRecord>('DashboardTaskRuns').implement({
  description:
    'Task runs by the kind of their state. Of a tag: those that carry it themselves. With or without subflows: all of them, wherever they run, since none of them is a subflow.',
  fields: t => ({
    counts: t.field({
      type: [StateCount],
      description: 'Of the stretch: one row for each kind of state in the order of StateType, zeros included.',
      resolve: ({ counts }) => countsOfEveryType(counts),
    }),
    previous: t.field({
      type: [StateCount],
      description: 'Of the stretch before, as long as what has passed of this one.',
      resolve: ({ previous }) => countsOfEveryType(previous),
    }),
    current: t.field({
      type: [StateCount],
      description: 'Of those that have not ended, whenever they were expected. Kinds of states that end a run are 0.',
      resolve: ({ current }) => countsOfEveryType(current),
    }),
    activity: t.field({
      type: ActivityStrip,
      description: 'The stretch in at most 28 buckets, each of whole buckets of the dashboard.',
      resolve: ({ activity }) => activity,
    }),
  }),
})

const Dashboard = builder.objectRef<DashboardRecord>('Dashboard').implement({
  description: 'A stretch of time and the present at one moment: a number that stands here twice is the same.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Where the stretch begins.' }),
    end: t.expose('end', { type: 'DateTime', description: 'Where it ends.' }),
    bucketSize: t.expose('bucketSize', { type: 'Duration', description: 'How long a bucket is, in seconds.' }),
    buckets: t.field({
      type: [FlowRunHistoryBucket],
      description: 'Oldest first, without a hole; in the later frames of a subscription only those that have changed, whole.',
      resolve: ({ buckets }) => [...buckets],
    }),
    previous: t.field({
      type: FlowRunCounts,
      description:
        'The runs of the stretch before, as long as what has passed of this one: what is to come has nothing to be compared with.',
      resolve: ({ previous }) => previous,
    }),
    current: t.field({
      type: FlowRunCounts,
      description: 'The runs that have not ended, whenever they were expected. Kinds of states that end a run are 0.',
      resolve: ({ current }) => current,
    }),
    averageLateness: t.expose('averageLateness', {
      type: 'Duration',
      nullable: true,
      description: 'How late the late runs are on average, of at most 200; null when none is.',
    }),
    taskRuns: t.field({
      type: DashboardTaskRuns,
      nullable: true,
      description: 'The task runs that were expected in the stretch; null where the filter names flows: they are not counted by flow.',
      resolve: ({ taskRuns }) => taskRuns,
    }),
    failingFlows: t.field({
      type: [FailingFlow],
      description: 'Most failures first.',
      resolve: failingWithStrip,
    }),
    running: t.field({
      type: [FlowRun],
      description: 'Running now; those expected first come first.',
      resolve: ({ running }) => [...running],
    }),
    usualDurations: t.field({
      type: [UsualDuration],
      description: 'Of the flows of what runs now; those with fewer than five completed runs are left out.',
      resolve: ({ usualDurations }) => [...usualDurations],
    }),
    upcoming: t.field({
      type: [FlowRun],
      description: 'Scheduled, late ones included; those due first come first.',
      resolve: ({ upcoming }) => [...upcoming],
    }),
    newest: t.field({
      type: [FlowRun],
      description: 'The newest runs of any time, without scheduled ones.',
      resolve: ({ newest }) => [...newest],
    }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood at that moment: `dashboardChanged(after:)` continues from it.',
      resolve: ({ asOf }, _args, { ctx }) => eventCursor(ctx, asOf),
    }),
  }),
})

const failingWithStrip = ({ failingFlows, strips: { byFlow, ...stretch } }: DashboardRecord): FailingFlowWithStrip[] =>
  failingFlows.map(failing => ({ ...failing, strip: { ...stretch, counts: byFlow.get(failing.flowId) ?? [] } }))

interface Frame {
  readonly cursor: string
  readonly dashboard: DashboardRecord
  readonly gap: Gap | null
}

const DashboardChanges = builder.objectRef<Frame>('DashboardChanges').implement({
  description: 'A dashboard as it is now.',
  fields: t => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Pass it as `after` to hear of what happens behind it.',
      resolve: frame => frame.cursor,
    }),
    dashboard: t.field({
      type: Dashboard,
      description: 'Absolute values. The first frame holds every bucket, later ones those that have changed since the one before.',
      resolve: frame => frame.dashboard,
    }),
    gap: t.field({
      type: GapRef,
      nullable: true,
      description: 'Set when `after` is no place in this log any more. Nothing is lost: the frame is whole.',
      resolve: frame => frame.gap,
    }),
  }),
})

const dashboardArgs = builder.args(t => ({
  start: t.field({ type: 'DateTime', required: true, description: 'Where the stretch begins: a full quarter of an hour.' }),
  end: t.field({
    type: 'DateTime',
    required: true,
    description: 'Where it ends: a full quarter of an hour. The last bucket may go on behind it.',
  }),
  bucketSize: t.field({
    type: 'Duration',
    required: true,
    description: 'How long a bucket is, in seconds: a multiple of 900. At most 500 buckets.',
  }),
  filter: t.field({ type: FlowRunCountFilter, description: 'Which runs. Default: all.' }),
  most: t.int({ defaultValue: 8, description: 'How long each list is at most, 1 to 50.' }),
}))

builder.queryField('dashboard', t =>
  t.field({
    type: Dashboard,
    description: 'All that a dashboard shows, read at one moment.',
    args: dashboardArgs,
    extensions: asks(readDashboard),
    resolve: (_root, { most, ...args }, { ctx }) => readDashboard(ctx, { ...args, most: most ?? undefined }),
  }),
)

builder.subscriptionField('dashboardChanged', t =>
  t.field({
    type: DashboardChanges,
    description: 'The same, now and again as it changes, at most ten times a second.',
    args: {
      ...dashboardArgs,
      after: t.arg({ type: 'Cursor', description: `${afterDescription} Left out, the first frame comes at once.` }),
    },
    extensions: asks(readDashboard),
    subscribe: (_root, { after, most, ...args }, context) =>
      followSnapshot<DashboardRecord>(context, after, {
        continues: readDashboard,
        key: JSON.stringify([args.start, args.end, args.bucketSize, most, flowRunCountFilter.nullish().parse(args.filter)]),
        isNews: changesDashboard,
        read: ctx => readDashboard(ctx, { ...args, most: most ?? undefined }),
      }),
    resolve: ({ cursor, snapshot, previous, gap }) => ({
      cursor,
      gap,
      dashboard: { ...snapshot, buckets: changedBuckets(previous?.buckets, snapshot.buckets) },
    }),
  }),
)

function changedBuckets(before: DashboardRecord['buckets'] | undefined, now: DashboardRecord['buckets']): DashboardRecord['buckets'] {
  if (before === undefined) return now
  return now.filter((bucket, index) => JSON.stringify(bucket) !== JSON.stringify(before[index]))
}
