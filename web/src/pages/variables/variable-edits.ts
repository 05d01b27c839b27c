import { request } from '../../client.ts'
import { toast } from '../../frame/toasts.svelte.ts'
import { CreateVariableDocument, DeleteVariableDocument, UpdateVariableDocument, type VariablesQuery } from '../../generated/graphql.ts'

export type ShownVariable = VariablesQuery['variables']['nodes'][number]

interface Written {
  name: string
  value: unknown
  tags: readonly string[]
}

export const createVariable = async ({ name, value, tags }: Written): Promise<void> => {
  await request(CreateVariableDocument, { input: { name, value, tags: [...tags] } })
  toast({ text: 'Created', name })
}

export const updateVariable = async (name: string, { name: newName, value, tags }: Written): Promise<void> => {
  await request(UpdateVariableDocument, { input: { name, newName, value, tags: [...tags] } })
  toast({ text: 'Changed', name: newName })
}

/** At once, so that flows do not find it any more; who changes his mind gets one of the same name, value and tags. */
export const deleteVariable = async ({ name, value, tags }: ShownVariable): Promise<void> => {
  try {
    await request(DeleteVariableDocument, { input: { name } })
    toast({ text: 'Deleted', name, undo: () => void putBack({ name, value: value ?? null, tags }) })
  } catch (error) {
    toast({ text: `Not deleted: ${wordsOf(error)}`, isError: true })
  }
}

const putBack = async ({ name, value, tags }: Written): Promise<void> => {
  try {
    await request(CreateVariableDocument, { input: { name, value, tags: [...tags] } })
    toast({ text: 'Put back', name })
  } catch (error) {
    toast({ text: `Not put back: ${wordsOf(error)}`, isError: true })
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'something unexpected happened.')
