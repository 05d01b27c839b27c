import {
  artifactDataByIds,
  type artifactOrders,
  artifactsByIds,
  countArtifacts,
  countArtifactVersions,
  findLatestArtifact,
  type ListedArtifact,
  listArtifacts,
} from '../../core/artifacts/index.ts'
import { flowRunsByIds } from '../../core/flow-runs/index.ts'
import { taskRunsByIds } from '../../core/task-runs/index.ts'
import { asks, builder, type GraphqlContext } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { noneIfMissing } from './errors.ts'
import { FlowRun } from './flow-runs.ts'
import { TaskRun } from './task-runs.ts'

const SMALL_BYTES = 4_096

/** Lists leave the data out; a field that asks for it loads it. */
export const Artifact = builder.objectRef<ListedArtifact & { readonly data?: unknown }>('Artifact').implement({
  description: 'Something that a run has made to be looked at. Those of one key are versions of each other.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    key: t.exposeString('key', { nullable: true, description: 'What it shares with its other versions; null for one that is alone.' }),
    isLatest: t.exposeBoolean('isLatest', { description: 'Whether it is the latest version of its key.' }),
    versionCount: t.int({
      description: 'How many versions there are of its key, itself included.',
      extensions: asks(countArtifactVersions),
      resolve: ({ key }, _args, { loaders }) => (key ? loaders.artifactVersions.load(key) : 1),
    }),
    type: t.exposeString('type', {
      nullable: true,
      description: 'How its data is to be read: markdown, table, link, image, progress or result, or a kind that its maker has thought of.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'What its maker says about it, in Markdown.' }),
    data: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'Of markdown and link: Markdown. Of a table: a text that is JSON, a list of rows or an object of columns. Of an image: its address. Of progress: 0 to 100.',
      extensions: asks(artifactDataByIds),
      resolve: async (artifact, _args, { loaders }) =>
        'data' in artifact ? artifact.data : ((await loaders.artifactData.load(artifact.id))?.data ?? null),
    }),
    progress: t.float({
      nullable: true,
      description: 'Of progress, how far it is, 0 to 100; null for other kinds. For lists, which need no other data.',
      extensions: asks(artifactDataByIds),
      async resolve({ id, type }, _args, { loaders }) {
        if (type !== 'progress') return null
        const data = (await loaders.artifactData.load(id))?.data
        return typeof data === 'number' ? data : null
      },
    }),
    smallData: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The data where it is small, at most 4,096 bytes of JSON; else null. For lists, which tell what it says in a line.',
      extensions: asks(artifactDataByIds),
      resolve: async ({ id, dataSize }, _args, { loaders }) =>
        dataSize <= SMALL_BYTES ? ((await loaders.artifactData.load(id))?.data ?? null) : null,
    }),
    dataSize: t.exposeInt('dataSize', { description: 'Of the data, in bytes of JSON.' }),
    metadata: t.field({ type: 'JSON', nullable: true, description: 'Texts by name.', resolve: artifact => artifact.metadata }),
    flowRun: t.field({
      type: FlowRun,
      nullable: true,
      description: 'The flow run that has made it.',
      extensions: asks(flowRunsByIds),
      resolve: async ({ flowRunId }, _args, { loaders }) => (flowRunId ? ((await loaders.flowRuns.load(flowRunId)) ?? null) : null),
    }),
    flowRunId: t.expose('flowRunId', { type: 'UUID', nullable: true, description: 'Id of that flow run.' }),
    taskRun: t.field({
      type: TaskRun,
      nullable: true,
      description: 'The task run that has made it; null when none has, or it has not been reported of yet.',
      extensions: asks(taskRunsByIds),
      resolve: async ({ taskRunId }, _args, { loaders }) => (taskRunId ? ((await loaders.taskRuns.load(taskRunId)) ?? null) : null),
    }),
    taskRunId: t.expose('taskRunId', { type: 'UUID', nullable: true, description: 'Id of that task run.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

export const ArtifactFilter = builder.inputType('ArtifactFilter', {
  description: 'Which artifacts are meant. Parts are joined by "and"; the same filter serves lists and subscriptions.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    keys: t.stringList({ description: 'Versions of any of these keys.' }),
    keyContains: t.string({ description: 'Whose key contains this, in either case.' }),
    types: t.stringList({ description: 'Of any of these kinds.' }),
    flowRunIds: t.field({ type: ['UUID'], description: 'Made in any of these flow runs.' }),
    taskRunIds: t.field({ type: ['UUID'], description: 'Made by any of these task runs.' }),
    isLatest: t.boolean({ description: 'Only the latest version of each key, or only all others.' }),
  }),
})

const ArtifactOrder = builder.enumType('ArtifactOrder', {
  description: 'How artifacts are ordered.',
  values: {
    CREATED_DESC: { description: 'Newest first.' },
    CREATED_ASC: { description: 'Oldest first.' },
    UPDATED_DESC: { description: 'Last changed first.' },
    KEY_ASC: { description: 'By key; those without one are left out.' },
  } satisfies Record<(typeof artifactOrders)[number], { description: string }>,
})

const ArtifactConnection = connectionType('Artifact', Artifact, countArtifacts)

const listArgs = (orderBy: (typeof artifactOrders)[number]) =>
  builder.args(t => ({
    ...pageArgs(),
    filter: t.field({ type: ArtifactFilter, description: 'Which.' }),
    orderBy: t.field({ type: ArtifactOrder, defaultValue: orderBy, description: 'In which order.' }),
  }))

interface ListArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly filter?: typeof ArtifactFilter.$inferInput | null | undefined
  readonly orderBy?: (typeof artifactOrders)[number] | null | undefined
}

async function list({ ctx }: GraphqlContext, { filter, orderBy, ...page }: ListArgs) {
  const cursor = eventCursor(ctx)
  return {
    cursor,
    page: await listArtifacts(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined }),
    count: () => countArtifacts(ctx, { filter }),
  }
}

builder.queryFields(t => ({
  artifacts: t.field({
    type: ArtifactConnection,
    description:
      'Artifacts of the workspace: with `filter: {isLatest: true}` the latest of each key, with `filter: {keys: […]}` its versions.',
    args: listArgs('CREATED_DESC'),
    extensions: asks(listArtifacts),
    resolve: (_root, args, context) => list(context, args),
  }),
  artifact: t.field({
    type: Artifact,
    nullable: true,
    description: 'One artifact; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(artifactsByIds),
    resolve: async (_root, { id }, { loaders }) => (await loaders.artifacts.load(id)) ?? null,
  }),
  latestArtifact: t.field({
    type: Artifact,
    nullable: true,
    description: 'The latest version of a key; null when there is none.',
    args: { key: t.arg.string({ required: true, description: 'The key.' }) },
    extensions: asks(findLatestArtifact),
    resolve: (_root, { key }, { ctx }) => findLatestArtifact(ctx, { key }).catch(noneIfMissing),
  }),
}))

const narrowed = (asked: readonly string[] | null | undefined, id: string) => asked?.filter(one => one === id) ?? [id]

builder.objectField(FlowRun, 'artifacts', t =>
  t.field({
    type: ArtifactConnection,
    description: 'What it has made to be looked at, its task runs included.',
    args: listArgs('CREATED_ASC'),
    extensions: asks(listArtifacts),
    resolve: (run, { filter, ...args }, context) =>
      list(context, { ...args, filter: { ...filter, flowRunIds: narrowed(filter?.flowRunIds, run.id) } }),
  }),
)

builder.objectField(TaskRun, 'artifacts', t =>
  t.field({
    type: ArtifactConnection,
    description: 'What it has made to be looked at.',
    args: listArgs('CREATED_ASC'),
    extensions: asks(listArtifacts),
    resolve: (run, { filter, ...args }, context) =>
      list(context, { ...args, filter: { ...filter, taskRunIds: narrowed(filter?.taskRunIds, run.id) } }),
  }),
)
