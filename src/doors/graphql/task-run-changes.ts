import type { TaskRunRecord } from '../../core/orchestration/index.ts'
import type { StateRecord, TaskRunStateRecord } from '../../core/states/index.ts'
import { taskRunStateChangeOf, taskRunStateChanges } from '../../core/task-runs/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { builder } from './builder.ts'
import { afterDescription, Delivery, follow, follows, frameType, latestPer } from './live.ts'
import { PreviousState, State } from './states.ts'
import { TaskRun, TaskRunFilter } from './task-runs.ts'

interface Change {
  readonly run: TaskRunRecord
  readonly state: TaskRunStateRecord
  readonly previousState: Pick<StateRecord, 'type' | 'name'> | null
  readonly occurred: Instant
}

const TaskRunStateChange = builder.objectRef<Change>('TaskRunStateChange').implement({
  description: 'A task run entered a state.',
  fields: t => ({
    taskRun: t.field({
      type: TaskRun,
      description: 'The task run, as it is when this is sent: it may have gone on since, and this may have been reported late.',
      resolve: change => change.run,
    }),
    state: t.field({ type: State, description: 'The state it entered.', resolve: change => change.state }),
    previousState: t.field({
      type: PreviousState,
      nullable: true,
      description: 'The one it left, as was told; null for its first.',
      resolve: change => change.previousState,
    }),
    occurredAt: t.expose('occurred', { type: 'DateTime', description: 'When.' }),
  }),
})

const TaskRunStateChanges = frameType('TaskRunStateChanges', 'changes', TaskRunStateChange, 'State changes of task runs, as they came.')

builder.subscriptionFields(t => ({
  taskRunStateChanged: t.field({
    type: TaskRunStateChanges,
    description: 'State changes of task runs, in the order they were committed. Clients report theirs in any order: times tell it.',
    args: {
      filter: t.arg({ type: TaskRunFilter, description: 'Which changes.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      delivery: t.arg({ type: Delivery, defaultValue: 'EVERY', description: 'How much of them.' }),
    },
    extensions: follows(taskRunStateChanges),
    subscribe: (_root, args, context) =>
      follow(context, args, {
        log: 'events',
        continues: taskRunStateChanges,
        stream: ctx => ctx.house.events,
        async items(ctx, events: readonly LogEvent[], { filter, delivery }) {
          const told = events.map(taskRunStateChangeOf).filter(change => change !== undefined)
          const changes = await taskRunStateChanges(ctx, { changes: told, filter })
          return delivery === 'LATEST_PER_OBJECT' ? latestPer(changes, change => change.run.id) : changes
        },
      }),
    resolve: frame => frame,
  }),
}))
