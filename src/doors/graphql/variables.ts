import {
  countVariables,
  createVariable,
  deleteVariable,
  findVariable,
  listVariables,
  updateVariable,
  type VariableRecord,
} from '../../core/variables/index.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { noneIfMissing } from './errors.ts'

const Variable = builder.objectRef<VariableRecord>('Variable').implement({
  description: 'A named JSON value that flows of the workspace share.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Unique in the workspace.' }),
    value: t.field({ type: 'JSON', nullable: true, description: 'Any JSON.', resolve: variable => variable.value }),
    tags: t.stringList({ description: 'Its tags.', resolve: variable => variable.tags }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

const VariableFilter = builder.inputType('VariableFilter', {
  description: 'Which variables are meant. Parts are joined by "and".',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    names: t.stringList({ description: 'Named exactly one of these.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    tags: t.stringList({ description: 'Carrying all of these.' }),
  }),
})

builder.queryFields(t => ({
  variables: t.field({
    type: connectionType('Variable', Variable, countVariables),
    description: 'Variables of the workspace, by name.',
    args: { ...pageArgs(), filter: t.arg({ type: VariableFilter, description: 'Which.' }) },
    extensions: asks(listVariables),
    async resolve(_root, { filter, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return { cursor, page: await listVariables(ctx, { ...paging(page), filter }), count: () => countVariables(ctx, { filter }) }
    },
  }),
  variable: t.field({
    type: Variable,
    nullable: true,
    description: 'One variable; null when there is none of that name.',
    args: { name: t.arg.string({ required: true, description: 'Its name.' }) },
    extensions: asks(findVariable),
    resolve: (_root, { name }, { ctx }) => findVariable(ctx, { name }).catch(noneIfMissing),
  }),
}))

const CreateVariableInput = builder.inputType('CreateVariableInput', {
  description: 'A variable to be made.',
  fields: t => ({
    name: t.string({ required: true, description: 'Letters, digits, underscores and hyphens; unique in the workspace.' }),
    value: t.field({ type: 'JSON', description: 'At most 5000 characters of JSON. Default: null.' }),
    tags: t.stringList({ description: 'Default: none.' }),
  }),
})

const UpdateVariableInput = builder.inputType('UpdateVariableInput', {
  description: 'What is to change; what is left out stays.',
  fields: t => ({
    name: t.string({ required: true, description: 'Which variable.' }),
    newName: t.string({ description: 'Another name.' }),
    value: t.field({ type: 'JSON', description: 'Another value.' }),
    tags: t.stringList({ description: 'Other tags.' }),
  }),
})

const DeleteVariableInput = builder.inputType('DeleteVariableInput', {
  description: 'A variable to be deleted.',
  fields: t => ({ name: t.string({ required: true, description: 'Which variable.' }) }),
})

const payload = (name: string, description: string) =>
  builder.objectRef<{ variable: VariableRecord }>(name).implement({
    description,
    fields: t => ({ variable: t.field({ type: Variable, description: 'The variable.', resolve: answer => answer.variable }) }),
  })

builder.mutationFields(t => ({
  createVariable: t.field({
    type: payload('CreateVariablePayload', 'The variable that was made.'),
    description: 'Makes a variable. CONFLICT when the name is taken.',
    args: { input: t.arg({ type: CreateVariableInput, required: true, description: 'The variable.' }) },
    extensions: asks(createVariable),
    resolve: async (_root, { input }, { ctx }) => ({
      variable: await createVariable(ctx, { name: input.name, value: (input.value ?? null) as never, tags: input.tags ?? undefined }),
    }),
  }),
  updateVariable: t.field({
    type: payload('UpdateVariablePayload', 'The variable as it is now.'),
    description: 'Changes a variable. NOT_FOUND when there is none of that name.',
    args: { input: t.arg({ type: UpdateVariableInput, required: true, description: 'The change.' }) },
    extensions: asks(updateVariable),
    async resolve(_root, { input: { name, newName, value, tags } }, { ctx }) {
      return {
        variable: await updateVariable(ctx, {
          name,
          change: { name: newName ?? undefined, value: value as never, tags: tags ?? undefined },
        }),
      }
    },
  }),
  deleteVariable: t.field({
    type: payload('DeleteVariablePayload', 'The variable as it was.'),
    description: 'Deletes a variable. NOT_FOUND when there is none of that name.',
    args: { input: t.arg({ type: DeleteVariableInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteVariable),
    resolve: async (_root, { input }, { ctx }) => ({ variable: await deleteVariable(ctx, input) }),
  }),
}))
