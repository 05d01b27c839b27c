import { estimatedRunTime, estimatedStartTimeDelta } from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import type { Types } from './connections.ts'

type Times = Pick<
  FlowRunRecord,
  | 'stateType'
  | 'stateTimestamp'
  | 'expectedStartTime'
  | 'nextScheduledStartTime'
  | 'startTime'
  | 'endTime'
  | 'totalRunTime'
  | 'created'
  | 'updated'
>

/** The times of a run, of a flow or of a task. */
export const runTimes = <Run extends Times>(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Run>) => ({
  expectedStartTime: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When it should have started first.',
    resolve: run => run.expectedStartTime,
  }),
  nextScheduledStartTime: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When it is due, while it is scheduled.',
    resolve: run => run.nextScheduledStartTime,
  }),
  startTime: t.field({ type: 'DateTime', nullable: true, description: 'When it first ran.', resolve: run => run.startTime }),
  endTime: t.field({ type: 'DateTime', nullable: true, description: 'When it ended; null while it has not.', resolve: run => run.endTime }),
  totalRunTime: t.field({
    type: 'Duration',
    description: 'Time spent running, without the stretch under way.',
    resolve: run => run.totalRunTime,
  }),
  estimatedRunTime: t.field({
    type: 'Duration',
    description: 'Time spent running up to now.',
    resolve: (run, _args, { ctx }) => estimatedRunTime(run, ctx.clock.now()),
  }),
  estimatedStartTimeDelta: t.field({
    type: 'Duration',
    description: 'How late it started, or is.',
    resolve: (run, _args, { ctx }) => estimatedStartTimeDelta(run, ctx.clock.now()),
  }),
  created: t.field({ type: 'DateTime', description: 'When it was made.', resolve: run => run.created }),
  updated: t.field({ type: 'DateTime', description: 'When it last changed.', resolve: run => run.updated }),
})
