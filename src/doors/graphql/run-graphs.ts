import {
  type Attempt as AttemptRecord,
  type GraphNode,
  MOST_NODES,
  namedBy,
  type RunGraph,
  readRunGraph,
} from '../../core/run-graphs/index.ts'
import { taskRunsByIds } from '../../core/task-runs/index.ts'
import { asks, builder } from './builder.ts'
import { everyType, StateCount } from './flow-run-counts.ts'
import { StateType } from './states.ts'
import { TaskRun } from './task-runs.ts'

const Attempt = builder.objectRef<AttemptRecord>('Attempt').implement({
  description: 'One stretch of running.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'When it began to run.' }),
    end: t.expose('end', { type: 'DateTime', nullable: true, description: 'When it entered another state; null while it runs.' }),
    endType: t.field({ type: StateType, nullable: true, description: 'Kind of that state.', resolve: attempt => attempt.endType }),
    endName: t.exposeString('endName', { nullable: true, description: 'Name of that state.' }),
  }),
})

const RunGraphNode = builder.objectRef<GraphNode>('RunGraphNode').implement({
  description: 'A task run as it stands in its flow run.',
  fields: t => ({
    id: t.field({ type: 'UUID', description: 'Id of the task run.', resolve: ({ run }) => run.id }),
    name: t.string({
      description: 'Its name; that of the subflow, when it stands for one.',
      resolve: ({ run, subflow }) => subflow?.name ?? run.name,
    }),
    taskKey: t.string({ description: 'Which task it is a call of.', resolve: ({ run }) => run.taskKey }),
    subflowRunId: t.field({
      type: 'UUID',
      nullable: true,
      description: 'The subflow that it stands for.',
      resolve: ({ subflow }) => subflow?.id ?? null,
    }),
    stateType: t.field({ type: StateType, nullable: true, description: 'Kind of its state.', resolve: ({ run }) => run.stateType }),
    stateName: t.string({ nullable: true, description: 'Name of its state.', resolve: ({ run }) => run.stateName }),
    stateTimestamp: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it entered it.',
      resolve: ({ run }) => run.stateTimestamp,
    }),
    runCount: t.int({ description: 'How often it has started running.', resolve: ({ run }) => run.runCount }),
    expectedStartTime: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it should have started first.',
      resolve: ({ run }) => run.expectedStartTime,
    }),
    startTime: t.field({ type: 'DateTime', nullable: true, description: 'When it first ran.', resolve: ({ run }) => run.startTime }),
    endTime: t.field({ type: 'DateTime', nullable: true, description: 'When it ended.', resolve: ({ run }) => run.endTime }),
    totalRunTime: t.field({
      type: 'Duration',
      description: 'Time spent running, without the stretch under way.',
      resolve: ({ run }) => run.totalRunTime,
    }),
    parents: t.field({
      type: ['UUID'],
      description: 'Task runs of the same flow run whose results it takes, or whose end it waited for.',
      resolve: ({ parents }) => [...parents],
    }),
    encapsulating: t.field({
      type: ['UUID'],
      description: 'Task runs inside which it was called.',
      resolve: node => [...node.encapsulating],
    }),
    attempts: t.field({ type: [Attempt], description: 'Each stretch of running, oldest first.', resolve: ({ attempts }) => [...attempts] }),
  }),
})

const RunGraphRef = builder.objectRef<RunGraph>('RunGraph').implement({
  description: 'What happens inside a flow run, and what waits for what: its timeline and its graph of dependencies.',
  fields: t => ({
    nodes: t.field({
      type: [RunGraphNode],
      description: 'Its task runs; those expected first come first.',
      resolve: ({ nodes }) => [...nodes],
    }),
    isWhole: t.exposeBoolean('isWhole', { description: 'False when there are more task runs behind these.' }),
    endCursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The place of the last one: pass it as `after` for those behind it; null of none.',
      resolve: graph => graph.endCursor,
    }),
    totalCount: t.int({
      description: 'How many there are, also those that are not among the nodes.',
      resolve: ({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0),
    }),
    stateCounts: t.field({
      type: [StateCount],
      description: 'How many of all are in which kind of state, in the order of StateType, zeros included.',
      resolve: ({ counts }) => everyType(counts),
    }),
  }),
})

builder.queryField('flowRunGraph', t =>
  t.field({
    type: RunGraphRef,
    description: 'The timeline and the graph of dependencies of a flow run, in one reading. Of one that is not there it has no nodes.',
    args: {
      flowRunId: t.arg({ type: 'UUID', required: true, description: 'Of which flow run.' }),
      most: t.arg.int({ defaultValue: 5000, description: `How many task runs at most, 1 to ${MOST_NODES}.` }),
      after: t.arg({ type: 'Cursor', description: 'Only those behind this place: the `endCursor` of an earlier answer.' }),
      startedSince: t.arg({ type: 'DateTime', description: 'Only task runs that have started then or later.' }),
    },
    extensions: asks(readRunGraph),
    resolve: (_root, { most, ...asked }, { ctx }) => readRunGraph(ctx, { ...asked, most: most ?? undefined }),
  }),
)

const MOST_PARENTS = 50

builder.objectField(TaskRun, 'parents', t =>
  t.field({
    type: [TaskRun],
    description: `The task runs among \`parentIds\` that there are, in their order, at most ${MOST_PARENTS}.`,
    extensions: asks(taskRunsByIds),
    async resolve(run, _args, { loaders }) {
      const found = await loaders.taskRuns.loadMany(namedBy(run.taskInputs).parents.slice(0, MOST_PARENTS))
      return found.flatMap(parent => (parent && !(parent instanceof Error) ? [parent] : []))
    },
  }),
)

builder.objectField(TaskRun, 'parentIds', t =>
  t.field({
    type: ['UUID'],
    description:
      'The runs whose results it takes or whose end it waited for, as its inputs name them: task runs, and subflows by their own ids.',
    resolve: run => [...namedBy(run.taskInputs).parents],
  }),
)
