import { Ajv2020 } from 'ajv/dist/2020.js'

/** Where the parts of a pause's question and answer are kept: keys of the run's inputs. */
export interface Keyset {
  readonly schema: string
  readonly response: string
  readonly description?: string
}

/** Undefined when the pause asked for nothing. */
export function keysetOf(details: Readonly<Record<string, unknown>>): Keyset | undefined {
  const { schema, response, description } = (details['run_input_keyset'] ?? {}) as Partial<Keyset>
  if (typeof schema !== 'string' || typeof response !== 'string') return undefined
  return { schema, response, ...(typeof description === 'string' ? { description } : {}) }
}

/** A question as it can be shown; null where its schema is missing or none. The SDK keeps the description as JSON or as it is. */
export function questionOf(schemaText: string | undefined, descriptionText: string | undefined) {
  const schema = schemaText === undefined ? undefined : parse(schemaText)
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return null
  const described = descriptionText === undefined ? null : (parse(descriptionText) ?? descriptionText)
  return { schema: schema as Readonly<Record<string, unknown>>, description: typeof described === 'string' ? described : null }
}

/** Why an answer does not fit the question, as one sentence; undefined when it fits. Formats are not checked, as the peer does not. */
export function misfitOf(schemaText: string, answer: unknown): string | undefined {
  const schema = parse(schemaText)
  if (typeof schema !== 'object' || schema === null) return 'Run input schema is not valid JSON.'
  try {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true, logger: false })
    const fits = ajv.compile(schema)
    return fits(answer) ? undefined : `Reason: ${ajv.errorsText(fits.errors, { dataVar: 'run_input' })}`
  } catch (error) {
    return `Invalid schema: ${(error as Error).message}`
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
