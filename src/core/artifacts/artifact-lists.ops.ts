import { z } from 'zod'
import { matches, missing, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage, sliceInput } from '../../kernel/paging.ts'
import type { Order } from '../../kernel/storage.ts'
import { Artifact, type ArtifactRecord, type ListedArtifact, listedProperties } from './artifact.entity.ts'
import type { ArtifactNews } from './artifact.events.ts'
import { type ArtifactFilter, artifactConditions, artifactFilter } from './artifact.filter.ts'

const filterInput = z.object({ filter: artifactFilter.nullish() })
const byIds = z.object({ ids: z.array(uuid).max(1000) })

const listOrders = {
  CREATED_DESC: by('created', 'desc'),
  CREATED_ASC: by('created', 'asc'),
  UPDATED_DESC: by('updated', 'desc'),
  KEY_ASC: by('key', 'asc'),
} as const satisfies Record<string, readonly Order[]>

export const artifactOrders = Object.keys(listOrders) as (keyof typeof listOrders)[]

/** Ordered by key, only those that have one. */
export const listArtifacts = query('artifact.list', {
  input: filterInput.extend({ ...pageInput, orderBy: z.enum(artifactOrders).default('CREATED_DESC') }),
  needs: 'artifact:read',
  run: (ctx, { first, after, filter, orderBy }) =>
    readPage<ListedArtifact>(ctx.read, {
      entity: Artifact,
      where: [...artifactConditions(filter), ...(orderBy === 'KEY_ASC' ? missing('key', false) : [])],
      orderBy: listOrders[orderBy],
      properties: listedProperties,
      first,
      after,
    }),
})

export const countArtifacts = query('artifact.count', {
  input: filterInput.extend(countInput),
  needs: 'artifact:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: Artifact, where: [...artifactConditions(filter), ...also] }, mostCounted(countAll)),
})

/** How many versions there are of each of some keys. */
export const countArtifactVersions = query('artifact.count-versions', {
  input: z.object({ keys: z.array(z.string()).max(200) }),
  needs: 'artifact:read',
  run: async (ctx, { keys }) => (await ctx.read.countBy({ entity: Artifact, where: oneOf('key', keys), property: 'key' })).counts,
})

const sliceOrders = {
  ID_DESC: [['id', 'desc']],
  CREATED_DESC: by('created', 'desc'),
  UPDATED_DESC: by('updated', 'desc'),
  KEY_ASC: by('key', 'asc'),
  KEY_DESC: by('key', 'desc'),
} as const satisfies Record<string, readonly Order[]>

export const artifactSliceOrders = Object.keys(sliceOrders) as (keyof typeof sliceOrders)[]

/** Whole artifacts, counted from the start of an order. */
export const sliceArtifacts = query('artifact.slice', {
  input: filterInput.extend({ ...sliceInput, ...alsoInput, orderBy: z.enum(artifactSliceOrders).default('ID_DESC') }),
  needs: 'artifact:read',
  run: async (ctx, { limit, offset, orderBy, filter, also = [] }) =>
    (await ctx.read.select({
      entity: Artifact,
      where: [...artifactConditions(filter), ...also],
      orderBy: sliceOrders[orderBy],
      limit,
      offset,
    })) as unknown as ArtifactRecord[],
})

/** In the order asked; undefined where there is none. */
export const artifactsByIds = query('artifact.by-ids', {
  input: byIds,
  needs: 'artifact:read',
  run: (ctx, { ids }) => readByIds<ListedArtifact>(ctx.read, Artifact, ids, listedProperties),
})

/** What lists leave out. */
export const artifactDataByIds = query('artifact.data-by-ids', {
  input: byIds,
  needs: 'artifact:read',
  run: (ctx, { ids }) => readByIds<Pick<ArtifactRecord, 'id' | 'data'>>(ctx.read, Artifact, ids, ['id', 'data']),
})

export interface ArtifactChange extends ArtifactNews {
  /** As it is now; null when it is gone. */
  readonly artifact: ListedArtifact | null
}

/** Completes news read from the log. What of the filter is not known of one that is gone does not keep it from being told. */
export const artifactChanges = query('artifact.changes', {
  input: filterInput.extend({ news: z.array(z.custom<ArtifactNews>()) }),
  needs: 'artifact:read',
  async run(ctx, { news, filter }): Promise<ArtifactChange[]> {
    const ids = news.flatMap(({ artifactId }) => artifactId ?? [])
    const artifacts = await readByIds<ListedArtifact>(ctx.read, Artifact, ids, listedProperties)
    const byId = new Map(ids.map((id, index) => [id, artifacts[index]]))
    return news.flatMap(one => {
      const artifact = (one.artifactId !== null && byId.get(one.artifactId)) || null
      return matches(artifactConditions(artifact ? filter : knownOf(one, filter)), artifact ?? { ...one, id: one.artifactId })
        ? [{ ...one, artifact }]
        : []
    })
  },
})

/** What of a filter can be said of artifacts that are gone: of one of them all but whether it was the latest, of all of a run's only that. */
function knownOf({ artifactId, flowRunId }: ArtifactNews, filter: ArtifactFilter | null | undefined): ArtifactFilter {
  if (artifactId !== null) return { ...filter, isLatest: null }
  return flowRunId === null ? {} : { flowRunIds: filter?.flowRunIds }
}
