import { type ConnectedTaskWorker, listTaskWorkers } from '../../core/task-workers/index.ts'
import { asks, builder } from './builder.ts'

const TaskWorker = builder.objectRef<ConnectedTaskWorker>('TaskWorker').implement({
  description: 'A process that is connected and serves tasks in the background.',
  fields: t => ({
    identifier: t.exposeString('identifier', { description: 'As it calls itself: its host and process.' }),
    taskKeys: t.stringList({ description: 'Which tasks it serves.', resolve: worker => [...worker.taskKeys] }),
    connectedAt: t.expose('connectedAt', { type: 'DateTime', description: 'Since when.' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description: 'When it was last seen; without being seen for 30 seconds it is left out.',
    }),
  }),
})

builder.queryField('taskWorkers', t =>
  t.field({
    type: [TaskWorker],
    description: 'The task workers that are connected, to whichever server.',
    args: { taskKeys: t.arg.stringList({ description: 'Those that serve any of these tasks. Default: all.' }) },
    extensions: asks(listTaskWorkers),
    resolve: (_root, { taskKeys }, { ctx }) => listTaskWorkers(ctx, { taskKeys: taskKeys ?? null }),
  }),
)
