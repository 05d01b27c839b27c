import { type FlowRunDuration, flowRunDurations, MOST_DURATIONS } from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import { asks, builder } from './builder.ts'
import { filterArg } from './flow-runs.ts'
import { StateType } from './states.ts'

const FlowRunDurationRef = builder.objectRef<FlowRunDuration>('FlowRunDuration').implement({
  description: 'When a run started, how long it ran, and how it stands: a point of a chart.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Id of the run.' }),
    name: t.exposeString('name', { description: 'Name of the run.' }),
    flowName: t.string({
      description: 'Name of its flow.',
      extensions: asks(flowsByIds),
      resolve: async (run, _args, { loaders }) => (await loaders.flows.load(run.flowId))!.name,
    }),
    stateType: t.field({ type: StateType, nullable: true, description: 'Kind of its state.', resolve: run => run.stateType }),
    stateName: t.exposeString('stateName', { nullable: true, description: 'Name of its state.' }),
    version: t.exposeInt('version', { description: 'How many states it has had.' }),
    startTime: t.expose('startTime', { type: 'DateTime', description: 'When it first ran.' }),
    duration: t.expose('duration', { type: 'Duration', description: 'Time spent running up to now.' }),
  }),
})

builder.queryFields(t => ({
  flowRunDurations: t.field({
    type: [FlowRunDurationRef],
    description: 'How long runs took: the newest of those that have started, newest first.',
    args: {
      filter: t.arg(filterArg),
      most: t.arg.int({ defaultValue: MOST_DURATIONS, description: `How many, 1 to ${MOST_DURATIONS}.` }),
    },
    extensions: asks(flowRunDurations),
    resolve: async (_root, { filter, most }, { ctx }) => [...(await flowRunDurations(ctx, { filter, most: most ?? undefined }))],
  }),
}))
