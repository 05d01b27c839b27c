import { countFlows, ensureFlow, flowsByIds, listFlows } from '../../core/flows/index.ts'
import type { FlowRecord } from '../../core/orchestration/index.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'

export const Flow = builder.objectRef<FlowRecord>('Flow')

builder.objectType(Flow, {
  description: 'A workflow, known by its name.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Unique in the workspace.' }),
    tags: t.stringList({ description: 'Its tags.', resolve: flow => [...flow.tags] }),
    labels: t.field({ type: 'JSON', description: 'Labels given by the SDK.', resolve: flow => flow.labels }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was first seen.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

const FlowFilter = builder.inputType('FlowFilter', {
  description: 'Which flows are meant. Parts are joined by "and".',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    idPrefix: t.string({ description: 'Whose id begins so: 8 to 32 hexadecimal digits, with or without hyphens.' }),
    names: t.stringList({ description: 'Named exactly one of these.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    tags: t.stringList({ description: 'Carrying all of these.' }),
  }),
})

const FlowOrder = builder.enumType('FlowOrder', {
  description: 'How flows are ordered.',
  values: { NAME_ASC: { description: 'By name.' }, CREATED_DESC: { description: 'Newest first.' } },
})

const FlowConnection = connectionType('Flow', Flow, countFlows)

builder.queryFields(t => ({
  flows: t.field({
    type: FlowConnection,
    description: 'Flows of the workspace.',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: FlowFilter, description: 'Which.' }),
      orderBy: t.arg({ type: FlowOrder, defaultValue: 'NAME_ASC', description: 'In which order.' }),
    },
    extensions: asks(listFlows),
    async resolve(_root, { filter, orderBy, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return {
        cursor,
        page: await listFlows(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined }),
        count: () => countFlows(ctx, { filter }),
      }
    },
  }),
  flow: t.field({
    type: Flow,
    nullable: true,
    description: 'One flow; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(flowsByIds),
    resolve: async (_root, { id }, { loaders }) => (await loaders.flows.load(id)) ?? null,
  }),
}))

const CreateFlowInput = builder.inputType('CreateFlowInput', {
  description: 'A flow to be known.',
  fields: t => ({
    name: t.string({ required: true, description: 'Unique in the workspace.' }),
    tags: t.stringList({ description: 'Default: none.' }),
    labels: t.field({ type: 'JSON', description: 'An object. Default: empty.' }),
  }),
})

const CreateFlowPayload = builder.objectRef<{ flow: FlowRecord; isNew: boolean }>('CreateFlowPayload').implement({
  description: 'The flow of that name.',
  fields: t => ({
    flow: t.field({ type: Flow, description: 'The flow.', resolve: payload => payload.flow }),
    isNew: t.exposeBoolean('isNew', { description: 'False when there was one already; it was left as it is.' }),
  }),
})

builder.mutationFields(t => ({
  createFlow: t.field({
    type: CreateFlowPayload,
    description: 'Makes a flow known, or answers the one of that name.',
    args: { input: t.arg({ type: CreateFlowInput, required: true, description: 'The flow.' }) },
    extensions: asks(ensureFlow),
    resolve: (_root, { input }, { ctx }) =>
      ensureFlow(ctx, {
        name: input.name,
        tags: input.tags ?? undefined,
        labels: (input.labels ?? undefined) as Record<string, unknown> | undefined,
      }),
  }),
}))
