import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { flowRunsByIds } from '../flow-runs/index.ts'
import { Artifact, type ArtifactRecord, listedProperties } from './artifact.entity.ts'
import { artifactEvents, collectionEvents } from './artifact.events.ts'
import { artifactKey, artifactMetadata, refuseLargeData, sizeOf } from './artifact.rules.ts'

const type = z.string().max(255)

/**
 * A new artifact, the latest version of its key if it has one. The kinds that the SDK makes are markdown, table, link, image, progress and result; others are
 * kept too. NOT_FOUND without the flow run; INVALID when the data is too large.
 */
export const createArtifact = mutation('artifact.create', {
  input: z.object({
    key: artifactKey.nullish(),
    type: type.nullish(),
    description: z.string().nullish(),
    data: z.unknown().optional(),
    metadata: artifactMetadata.nullish(),
    flowRunId: uuid.nullish(),
    taskRunId: uuid.nullish(),
  }),
  needs: 'artifact:write',
  async run(ctx, { key = null, type = null, description = null, data = null, metadata = null, flowRunId = null, taskRunId = null }) {
    const dataSize = sizeOf(data)
    refuseLargeData(ctx.house.settings, dataSize)
    if (flowRunId && !(await flowRunsByIds(ctx, { ids: [flowRunId] }))[0]) throw notFound('Flow run', flowRunId)
    const former = key === null ? undefined : await latestOf(ctx, key, listedProperties)
    const now = ctx.clock.now()
    const own = { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, isLatest: key !== null, created: now, updated: now }
    const artifact = ctx.em.create(Artifact, { ...own, key, type, description, data, dataSize, metadata, flowRunId, taskRunId })
    ctx.emit(artifactEvents.created(ctx, artifact))
    if (key !== null) ctx.emit(collectionEvents[former ? 'updated' : 'created'](ctx, { ...artifact, key }))
    return artifact as ArtifactRecord
  },
})

/** Progress goes on, a report is completed: what is left out stays. */
export const updateArtifact = mutation('artifact.update', {
  input: z.object({
    id: uuid,
    change: z.object({
      data: z.unknown().optional(),
      description: z.string().nullish(),
      metadata: artifactMetadata.nullish(),
    }),
  }),
  needs: 'artifact:write',
  async run(ctx, { id, change }): Promise<ArtifactRecord> {
    const artifact = await find(ctx, id)
    const dataSize = change.data === undefined ? artifact.dataSize : sizeOf(change.data)
    refuseLargeData(ctx.house.settings, dataSize)
    Object.assign(artifact, present(change), { dataSize, updated: ctx.clock.now() })
    ctx.emit(artifactEvents.updated(ctx, artifact))
    return artifact
  },
})

/** Of the latest version: the one before it is the latest then. */
export const deleteArtifact = mutation('artifact.delete', {
  input: z.object({ id: uuid }),
  needs: 'artifact:write',
  async run(ctx, { id }): Promise<ArtifactRecord> {
    const artifact = await find(ctx, id)
    ctx.em.remove(artifact)
    ctx.emit(artifactEvents.deleted(ctx, artifact))
    if (artifact.key && artifact.isLatest) await tellOfNext(ctx, { ...artifact, key: artifact.key })
    return artifact
  },
})

async function tellOfNext(ctx: MutationCtx, gone: ArtifactRecord & { readonly key: string }): Promise<void> {
  await ctx.em.flush()
  const next = await latestOf(ctx, gone.key, listedProperties)
  ctx.emit(next ? collectionEvents.updated(ctx, { ...next, key: gone.key }) : collectionEvents.deleted(ctx, gone))
}

export const findArtifact = query('artifact.find', {
  input: z.object({ id: uuid }),
  needs: 'artifact:read',
  run: (ctx, { id }): Promise<ArtifactRecord> => find(ctx, id),
})

/** The latest version of a key. */
export const findLatestArtifact = query('artifact.find-latest', {
  input: z.object({ key: z.string() }),
  needs: 'artifact:read',
  async run(ctx, { key }): Promise<ArtifactRecord> {
    const latest = await latestOf(ctx, key)
    if (!latest) throw notFound('Artifact', key)
    return latest
  },
})

async function find(ctx: Ctx, id: string) {
  const artifact = await ctx.em.findOne(Artifact, { id })
  if (!artifact) throw notFound('Artifact', id)
  return artifact
}

/** With its data, which may be large, unless it is asked for less. */
async function latestOf(ctx: Ctx, key: string, properties?: readonly string[]): Promise<ArtifactRecord | undefined> {
  const [latest] = await ctx.read.select({
    entity: Artifact,
    where: [
      { is: 'oneOf', property: 'key', values: [key] },
      { is: 'oneOf', property: 'isLatest', values: [true] },
    ],
    orderBy: [
      ['created', 'desc'],
      ['id', 'desc'],
    ],
    limit: 1,
    ...(properties ? { properties } : {}),
  })
  return latest as ArtifactRecord | undefined
}
