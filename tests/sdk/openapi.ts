// The OpenAPI document of the SDK's own server, and answers held against it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { runPython, sdkEnvironment } from './sdk.ts'

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: unknown
}

interface Response {
  content?: Record<string, { schema: Schema }>
}

export interface OpenApi {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>
  components: { schemas: Record<string, Schema> }
}

export interface Answer {
  /** `POST /flows/{}`: parameters of a path without their names. */
  readonly route: string
  readonly status: number
  readonly body: unknown
}

const script = fileURLToPath(new URL('flows/openapi.py', import.meta.url))

export async function readPeerDocument(): Promise<OpenApi> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-openapi-'))
  try {
    const { output } = await runPython([script], sdkEnvironment(home, { apiUrl: '' }), home)
    const told = output.split('\n').find(line => line.startsWith('REPORT '))
    if (!told) throw new Error(`The document could not be made:\n${output}`)
    return JSON.parse(told.slice('REPORT '.length))
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** `GET /flows/:id` and `GET /flows/{id}` are one route. */
export const routeOf = (method: string, path: string): string => `${method.toUpperCase()} ${path.replaceAll(/:\w+|\{\w+\}/g, '{}')}`

export const routesOf = ({ paths }: OpenApi): string[] =>
  Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map(method => routeOf(method, path)))

/**
 * Answers why an answer is not one of the document's, or undefined. An object must have every property the document names for it and no other: the
 * package's server writes all of them.
 */
export function checkAgainst(document: OpenApi): (answer: Answer) => string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats })
  ajv.addSchema({ ...document, components: { schemas: closed(document.components.schemas) } }, 'peer')
  const pointers = new Map(
    Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { responses }]) => [routeOf(method, path), { path, method, responses }] as const),
    ),
  )
  return ({ route, status, body }) => {
    const { path, method, responses } = pointers.get(route)!
    // Which of the two a creation answers is written in the package's code; its document knows only one.
    const known = [status, status === 201 ? 200 : status].map(String).find(code => code in responses)
    if (known === undefined) return `${status} is not one of ${Object.keys(responses).join(', ')}`
    if (!responses[known]!.content) return body === undefined ? undefined : 'a body, where there is none'
    const pointer = ['paths', path, method, 'responses', known, 'content', 'application/json', 'schema']
    const fits = ajv.getSchema(`peer#/${pointer.map(escapePointer).join('/')}`)!
    return fits(body) ? undefined : ajv.errorsText(fits.errors, { dataVar: 'body' })
  }
}

const escapePointer = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

const closed = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      schema.properties ? { additionalProperties: false, ...schema, required: Object.keys(schema.properties) } : schema,
    ]),
  )

const formats = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: /^\w+:/,
  duration: true,
  'time-delta': true,
  path: true,
  password: true,
} as const
