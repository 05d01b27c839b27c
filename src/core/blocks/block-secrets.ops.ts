import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { type ResolvedDocument, resolveDocuments } from './block-document.resolve.ts'
import { secretsIn } from './block-document.secrets.ts'
import { BlockSchema, type BlockSchemaRecord } from './block-schema.entity.ts'
import { BlockType, type BlockTypeRecord } from './block-type.entity.ts'
import { joinSecrets } from './secret-fields.rules.ts'

/** Documents with their secrets in the open, and with those that they refer to in their place. In the order asked; undefined where there is none. LOCKED without the key. */
export const openBlockDocuments = query('block-secret.open', {
  input: z.object({ ids: z.array(uuid).max(10_000) }),
  needs: 'block-secret:read',
  run: (ctx, { ids }) => resolveDocuments(ctx, ids, document => joinSecrets(document.data, secretsIn(ctx, document))),
})

export interface OpenedBlock extends ResolvedDocument {
  readonly blockTypeSlug: string
  readonly capabilities: readonly string[]
}

/** One of them, with what says how it is to be used. NOT_FOUND when there is none. */
export const openBlock = query('block-secret.open-one', {
  input: z.object({ id: uuid }),
  needs: 'block-secret:read',
  async run(ctx, { id }): Promise<OpenedBlock> {
    const [document] = await openBlockDocuments(ctx, { ids: [id] })
    if (!document) throw notFound('Block document', id)
    const { slug } = (await ctx.em.findOneOrFail(BlockType, { id: document.blockTypeId })) as BlockTypeRecord
    const { capabilities } = (await ctx.em.findOneOrFail(BlockSchema, { id: document.blockSchemaId })) as BlockSchemaRecord
    return { ...document, blockTypeSlug: slug, capabilities }
  },
})
