import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type ArtifactRecord,
  artifactSliceOrders,
  countArtifacts,
  createArtifact,
  deleteArtifact,
  findArtifact,
  findLatestArtifact,
  sliceArtifacts,
  updateArtifact,
} from '../../core/artifacts/index.ts'
import type { Condition } from '../../kernel/filters.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { artifactsAsked, latestArtifactsAsked } from './filters/across.ts'
import { sliceOf, sortOf } from './slices.ts'
import { idParameter, optional, time } from './wire.ts'

const newArtifact = z
  .strictObject({
    key: optional(z.string()),
    type: optional(z.string()),
    description: optional(z.string()),
    data: z.unknown().optional(),
    metadata_: optional(jsonObject),
    flow_run_id: optional(uuid),
    task_run_id: optional(uuid),
  })
  .transform(({ metadata_, flow_run_id, task_run_id, ...rest }) => ({
    ...rest,
    metadata: metadata_,
    flowRunId: flow_run_id,
    taskRunId: task_run_id,
  }))

const change = z
  .strictObject({ data: z.unknown().optional(), description: optional(z.string()), metadata_: optional(jsonObject) })
  .transform(({ metadata_, ...rest }) => ({ ...rest, metadata: metadata_ }))

const byKey = z.object({ key: z.string() })

type Asked = z.ZodType<readonly Condition[]>

export function artifactRoutes(app: FastifyInstance): void {
  app.post('/artifacts/', async (request, reply) =>
    reply.code(201).send(toWire(await createArtifact(request.ctx, newArtifact.parse(request.body)))),
  )

  app.get('/artifacts/:id', async request => toWire(await findArtifact(request.ctx, idParameter(request.params))))

  app.get('/artifacts/:key/latest', async request => toWire(await findLatestArtifact(request.ctx, byKey.parse(request.params))))

  app.patch('/artifacts/:id', async (request, reply) => {
    await updateArtifact(request.ctx, { ...idParameter(request.params), change: change.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/artifacts/:id', async (request, reply) => {
    await deleteArtifact(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })

  const slice = (request: FastifyRequest, asked: Asked) =>
    sliceArtifacts(request.ctx, {
      ...sliceOf(request),
      also: [...asked.parse(request.body ?? {})],
      orderBy: sortOf(request, artifactSliceOrders, 'ID_DESC'),
    })
  const count = async (request: FastifyRequest, asked: Asked) =>
    (await countArtifacts(request.ctx, { also: [...asked.parse(request.body ?? {})], countAll: true })).value

  app.post('/artifacts/filter', async request => (await slice(request, artifactsAsked)).map(toWire))
  app.post('/artifacts/count', request => count(request, artifactsAsked))
  app.post('/artifacts/latest/filter', async request => (await slice(request, latestArtifactsAsked)).map(latestToWire))
  app.post('/artifacts/latest/count', request => count(request, latestArtifactsAsked))
}

const toWire = (artifact: ArtifactRecord) => ({
  id: artifact.id,
  created: time(artifact.created),
  updated: time(artifact.updated),
  key: artifact.key,
  type: artifact.type,
  description: artifact.description,
  data: artifact.data,
  metadata_: artifact.metadata,
  flow_run_id: artifact.flowRunId,
  task_run_id: artifact.taskRunId,
})

/** All versions of a key as one thing, which shows its latest; here it is told from that one by nothing. */
const latestToWire = (artifact: ArtifactRecord) => ({ ...toWire(artifact), latest_id: artifact.id })
