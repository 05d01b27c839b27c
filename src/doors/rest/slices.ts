import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { orDefault, refuse } from './wire.ts'

const sliceBody = z.object({ limit: z.int().nullish(), offset: orDefault(z.int().min(0), () => 0) })
const pageBody = z.object({ limit: z.int().nullish(), page: orDefault(z.int().min(1), () => 1) })

/** `limit` and `offset` of a list. The setting is both the default and the most. */
export function sliceOf(request: FastifyRequest): { readonly limit: number; readonly offset: number } {
  const { limit, offset } = sliceBody.parse(request.body ?? {})
  return { limit: allowed(request, limit), offset }
}

/** The same by page number, counted from 1. */
export function pageOf(request: FastifyRequest) {
  const { limit: asked, page } = pageBody.parse(request.body ?? {})
  const limit = allowed(request, asked)
  return { page, slice: { limit, offset: (page - 1) * limit } }
}

function allowed(request: FastifyRequest, asked: number | null | undefined): number {
  const { apiDefaultLimit } = request.ctx.house.settings
  const limit = asked ?? apiDefaultLimit
  if (limit < 0) throw refuse(422, 'Invalid limit: must be greater than or equal to 0.')
  if (limit > apiDefaultLimit) throw refuse(422, `Invalid limit: must be less than or equal to ${apiDefaultLimit}.`)
  return limit
}

export const pageToWire = (results: readonly unknown[], count: number, { page, slice: { limit } }: ReturnType<typeof pageOf>) => ({
  results,
  count,
  limit,
  pages: limit > 0 ? Math.ceil(count / limit) : 0,
  page,
})

/** The SDK sends null for what it leaves to the server. */
export const sortOf = <const Order extends string>(request: FastifyRequest, orders: readonly Order[], fallback: Order): Order =>
  z.object({ sort: orDefault(z.enum(orders as [Order, ...Order[]]), () => fallback as never) }).parse(request.body ?? {}).sort as Order

/** How many records a bulk change takes at most. */
export const bulkLimit = orDefault(z.int().min(1).max(50), () => 50)
