import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { type Issue, isAppError, issuesOf } from '../../kernel/errors.ts'
import { isChannelKind, parseChannel } from '../channels/index.ts'
import { documentReferencesOf } from './block-references.rules.ts'
import type { BlockFields } from './block-schema.rules.ts'
import type { BlockData } from './secret-fields.rules.ts'

/** What in the data of a block does not fit: of a channel what its sender would refuse, else what its schema does. Blocks that it refers to have been checked themselves. */
export function misfits(data: BlockData, { slug, fields }: { readonly slug: string; readonly fields: BlockFields }): readonly Issue[] {
  return isChannelKind(slug) ? refusedBy(() => parseChannel(slug, data)) : againstSchema(data, fields)
}

function refusedBy(parse: () => unknown): readonly Issue[] {
  try {
    parse()
    return []
  } catch (error) {
    if (isAppError(error)) return issuesOf(error)
    throw error
  }
}

function againstSchema(data: BlockData, fields: BlockFields): readonly Issue[] {
  const held = new Set(documentReferencesOf(data).map(({ name }) => name))
  const own = Object.fromEntries(Object.entries(data).filter(([name]) => !held.has(name)))
  const { required } = fields
  const wanted = Array.isArray(required) ? required.filter(name => !held.has(name)) : []
  const fits = compile({ ...fields, required: wanted })
  return fits === undefined || fits(own) ? [] : (fits.errors ?? []).map(toIssue)
}

/** Undefined for what is no JSON schema: whoever registers one may write what they like. */
function compile(schema: object): ValidateFunction | undefined {
  try {
    return new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true, logger: false }).compile(schema)
  } catch {
    return undefined
  }
}

/** The words of a misfit name what is wanted, never what was found. */
function toIssue({ instancePath, keyword, message, params }: ErrorObject): Issue {
  const path = instancePath.split('/').slice(1)
  const at = keyword === 'required' ? [...path, params['missingProperty'] as string] : path
  return { path: at, message: keyword === 'required' ? 'is required' : (message ?? 'does not fit the schema'), code: keyword }
}
