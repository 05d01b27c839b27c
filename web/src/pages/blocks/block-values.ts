import { fieldsOf, type Schema } from '../../parts/schema-form/schema-fields.ts'

/** What the server shows in the place of a secret. */
export const MASK = '********'

interface ShownField {
  name: string
  label: string
  /** The mask where it is secret, empty where there is nothing. */
  text: string
  /** Of the block that stands there. */
  blockId?: string
}

/** What a block holds, by the fields of its schema, then what no schema knows of. */
export const shownFields = (schema: Schema, data: Readonly<Record<string, unknown>>): ShownField[] => {
  const known = fieldsOf(schema)
  const others = Object.keys(data).filter(name => !known.some(field => field.name === name))
  return [...known, ...others.map(name => ({ name, label: name }))].map(({ name, label }) => {
    const blockId = blockIdOf(data[name])
    return { name, label, text: blockId === undefined ? textOf(data[name]) : 'another block', ...(blockId !== undefined && { blockId }) }
  })
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

const blockIdOf = (value: unknown): string | undefined => {
  const { $ref } = (typeof value === 'object' && value !== null ? value : {}) as { $ref?: { block_document_id?: unknown } }
  return typeof $ref?.block_document_id === 'string' ? $ref.block_document_id : undefined
}

/** How a flow gets it. */
export const loadSnippet = (slug: string, name: string): string =>
  `from prefect.blocks.core import Block\n\nblock = Block.load("${slug}/${name}")`
