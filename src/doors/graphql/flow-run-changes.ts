import { flowRunStateChanges, stateChangeOf } from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import type { StateRecord } from '../../core/states/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { builder } from './builder.ts'
import { FlowRun, FlowRunFilter } from './flow-runs.ts'
import { afterDescription, Delivery, follow, follows, frameType, latestPer } from './live.ts'
import { PreviousState, State } from './states.ts'

interface Change {
  readonly run: FlowRunRecord
  readonly state: StateRecord
  readonly previousState: Pick<StateRecord, 'type' | 'name'> | null
  readonly occurred: Instant
}

const FlowRunStateChange = builder.objectRef<Change>('FlowRunStateChange').implement({
  description: 'A run entered a state.',
  fields: t => ({
    flowRun: t.field({
      type: FlowRun,
      description: 'The run, as it is when this is sent: it may have gone on since.',
      resolve: change => change.run,
    }),
    state: t.field({ type: State, description: 'The state it entered.', resolve: change => change.state }),
    previousState: t.field({
      type: PreviousState,
      nullable: true,
      description: 'The one it left; null for its first.',
      resolve: change => change.previousState,
    }),
    occurredAt: t.expose('occurred', { type: 'DateTime', description: 'When.' }),
  }),
})

const FlowRunStateChanges = frameType('FlowRunStateChanges', 'changes', FlowRunStateChange, 'State changes of flow runs, oldest first.')

builder.subscriptionFields(t => ({
  flowRunStateChanged: t.field({
    type: FlowRunStateChanges,
    description: 'State changes of flow runs, in the order they were committed.',
    args: {
      filter: t.arg({ type: FlowRunFilter, description: 'Which changes.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      delivery: t.arg({ type: Delivery, defaultValue: 'EVERY', description: 'How much of them.' }),
    },
    extensions: follows(flowRunStateChanges),
    subscribe: (_root, args, context) =>
      follow(context, args, {
        log: 'events',
        continues: flowRunStateChanges,
        stream: ctx => ctx.house.events,
        async items(ctx, events: readonly LogEvent[], { filter, delivery }) {
          const changes = await flowRunStateChanges(ctx, {
            changes: events.map(stateChangeOf).filter(change => change !== undefined),
            filter,
          })
          return delivery === 'LATEST_PER_OBJECT' ? latestPer(changes, change => change.run.id) : changes
        },
      }),
    resolve: frame => frame,
  }),
}))
