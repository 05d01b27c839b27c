import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  type SavedViewRecord,
  updateSavedView,
  type viewedLists,
} from '../../core/saved-views/index.ts'
import { asks, builder } from './builder.ts'

const ViewedList = builder.enumType('ViewedList', {
  description: 'A list that has views.',
  values: { FLOW_RUNS: { description: 'The list of flow runs.' }, EVENTS: { description: 'The feed of events.' } } satisfies Record<
    (typeof viewedLists)[number],
    object
  >,
})

const SavedView = builder.objectRef<SavedViewRecord>('SavedView').implement({
  description: 'What a list is narrowed to, under a name that everybody in the workspace finds it by.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    list: t.field({ type: ViewedList, description: 'Which list.', resolve: view => view.list as (typeof viewedLists)[number] }),
    name: t.exposeString('name', { description: 'Unique among the views of the list.' }),
    query: t.exposeString('query', { description: 'What is asked, as it stands behind the `?` of the list’s address.' }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Whether the list opens on it. One view at most is.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

builder.queryField('savedViews', t =>
  t.field({
    type: [SavedView],
    description: 'The views of a list, by name. A list has 200 at most.',
    args: { list: t.arg({ type: ViewedList, required: true, description: 'Of which list.' }) },
    extensions: asks(listSavedViews),
    resolve: async (_root, args, { ctx }) => [...(await listSavedViews(ctx, args))],
  }),
)

const CreateSavedViewInput = builder.inputType('CreateSavedViewInput', {
  description: 'A view to be made.',
  fields: t => ({
    list: t.field({ type: ViewedList, required: true, description: 'Of which list.' }),
    name: t.string({ required: true, description: 'Unique among the views of the list, 1 to 100 characters.' }),
    query: t.string({ required: true, description: 'What stands behind the `?` of the list’s address, at most 2000 characters.' }),
    isDefault: t.boolean({ description: 'Whether the list opens on it, and no longer on another. Default: false.' }),
  }),
})

const UpdateSavedViewInput = builder.inputType('UpdateSavedViewInput', {
  description: 'What is to change; what is left out stays.',
  fields: t => ({
    id: t.field({ type: 'UUID', required: true, description: 'Which view.' }),
    name: t.string({ description: 'Another name.' }),
    query: t.string({ description: 'Something else that is asked.' }),
    isDefault: t.boolean({ description: 'Whether the list opens on it.' }),
  }),
})

const DeleteSavedViewInput = builder.inputType('DeleteSavedViewInput', {
  description: 'A view to be deleted.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which view.' }) }),
})

const payload = (name: string, description: string) =>
  builder.objectRef<{ savedView: SavedViewRecord }>(name).implement({
    description,
    fields: t => ({ savedView: t.field({ type: SavedView, description: 'The view.', resolve: answer => answer.savedView }) }),
  })

builder.mutationFields(t => ({
  createSavedView: t.field({
    type: payload('CreateSavedViewPayload', 'The view that was made.'),
    description: 'Saves a view for everybody in the workspace. CONFLICT when its list has one of that name.',
    args: { input: t.arg({ type: CreateSavedViewInput, required: true, description: 'The view.' }) },
    extensions: asks(createSavedView),
    resolve: async (_root, { input }, { ctx }) => ({
      savedView: await createSavedView(ctx, { ...input, isDefault: input.isDefault ?? undefined }),
    }),
  }),
  updateSavedView: t.field({
    type: payload('UpdateSavedViewPayload', 'The view as it is now.'),
    description: 'Changes a view. NOT_FOUND when there is none of that id, CONFLICT when the name is taken.',
    args: { input: t.arg({ type: UpdateSavedViewInput, required: true, description: 'The change.' }) },
    extensions: asks(updateSavedView),
    resolve: async (_root, { input: { id, name, query, isDefault } }, { ctx }) => ({
      savedView: await updateSavedView(ctx, {
        id,
        change: { name: name ?? undefined, query: query ?? undefined, isDefault: isDefault ?? undefined },
      }),
    }),
  }),
  deleteSavedView: t.field({
    type: payload('DeleteSavedViewPayload', 'The view as it was.'),
    description: 'Deletes a view. NOT_FOUND when there is none of that id.',
    args: { input: t.arg({ type: DeleteSavedViewInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteSavedView),
    resolve: async (_root, { input }, { ctx }) => ({ savedView: await deleteSavedView(ctx, input) }),
  }),
}))
