import { changesLiveCounts, type LiveCounts as LiveCountsRecord, readLiveCounts } from '../../core/dashboard/index.ts'
import type { Gap } from '../../kernel/cursor.ts'
import { asks, builder } from './builder.ts'
import { eventCursor } from './cursors.ts'
import { afterDescription, GapRef } from './live.ts'
import { followSnapshot } from './live-snapshots.ts'

const LiveCounts = builder.objectRef<LiveCountsRecord>('LiveCounts').implement({
  description: 'How much goes on, and how much goes wrong, at one moment.',
  fields: t => ({
    runningFlowRunCount: t.exposeInt('runningFlowRunCount', { description: 'How many flow runs are RUNNING, subflows left out.' }),
    failingPolicyCount: t.exposeInt('failingPolicyCount', {
      description: 'How many notification policies at work have a newest delivery that went wrong; of the newest 200 at work.',
    }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood at that moment: `liveCountsChanged(after:)` continues from it.',
      resolve: ({ asOf }, _args, { ctx }) => eventCursor(ctx, asOf),
    }),
  }),
})

interface Frame {
  readonly cursor: string
  readonly snapshot: LiveCountsRecord
  readonly gap: Gap | null
}

const LiveCountsChanges = builder.objectRef<Frame>('LiveCountsChanges').implement({
  description: 'The counts as they are now.',
  fields: t => ({
    cursor: t.expose('cursor', { type: 'Cursor', description: 'Pass it as `after` to hear of what happens behind it.' }),
    liveCounts: t.field({ type: LiveCounts, description: 'Absolute values.', resolve: ({ snapshot }) => snapshot }),
    gap: t.field({
      type: GapRef,
      nullable: true,
      description: 'Set when `after` is no place in this log any more. Nothing is lost: the counts are whole.',
      resolve: ({ gap }) => gap,
    }),
  }),
})

builder.queryField('liveCounts', t =>
  t.field({
    type: LiveCounts,
    description: 'The few numbers that are worth standing beside every page.',
    extensions: asks(readLiveCounts),
    resolve: (_root, _args, { ctx }) => readLiveCounts(ctx, {}),
  }),
)

builder.subscriptionField('liveCountsChanged', t =>
  t.field({
    type: LiveCountsChanges,
    description: 'The same, now and again as they may have changed, at most ten times a second.',
    args: { after: t.arg({ type: 'Cursor', description: `${afterDescription} Left out, the first frame comes at once.` }) },
    extensions: asks(readLiveCounts),
    subscribe: (_root, { after }, context) =>
      followSnapshot<LiveCountsRecord>(context, after, {
        continues: readLiveCounts,
        key: 'live-counts',
        isNews: changesLiveCounts,
        read: ctx => readLiveCounts(ctx, {}),
      }),
    resolve: frame => frame,
  }),
)
