import type { FastifyInstance } from 'fastify'
import { refuse } from './wire.ts'

const LOWEST = [0, 8, 0] as const

/** The SDK says which API it speaks. Absent or empty means the newest. */
export function checkApiVersion(app: FastifyInstance): void {
  app.addHook('onRequest', async request => {
    const version = request.headers['x-prefect-api-version']
    if (typeof version !== 'string' || version === '') return
    const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number)
    if (!numbers) {
      throw refuse(400, `Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but received ${version}`)
    }
    if (isBelow(numbers, LOWEST)) {
      throw refuse(400, `The request specified API version ${version} but this server requires version ${LOWEST.join('.')} or higher.`)
    }
  })
}

function isBelow(version: readonly number[], lowest: readonly number[]): boolean {
  const index = lowest.findIndex((number, place) => version[place] !== number)
  return index >= 0 && version[index]! < lowest[index]!
}
