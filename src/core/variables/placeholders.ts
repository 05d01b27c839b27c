import type { Ctx } from '../../kernel/context.ts'
import { invalid, isAppError, issuesOf } from '../../kernel/errors.ts'
import { Variable } from './variable.entity.ts'

export interface Ground {
  /** A variable's value; undefined when there is none of that name. */
  find(name: string): Promise<unknown>
  /** Where the values come from: the input's field, and what it is called in a refusal. */
  readonly field: string
  readonly called: string
}

const UNFILLED = 'unfilled'
const removed = Symbol('left out')

/**
 * Puts values where a form has left what stands for them: `{"__prefect_kind": "json", "value": "[1]"}`, `{"__prefect_kind": "workspace_variable",
 * "variable_name": "limits"}`. One that names no value is left out, as the peer does. Templates are refused unless there is nothing to be filled in.
 */
export async function fillPlaceholders(values: Readonly<Record<string, unknown>>, ground: Ground): Promise<Record<string, unknown>> {
  const filled = await fill(values, ground)
  return filled === removed ? {} : (filled as Record<string, unknown>)
}

/** Why something that stands for a value has none; undefined where an error says something else. */
export const reasonUnfilled = (error: unknown): string | undefined =>
  isAppError(error) ? issuesOf(error).find(({ code }) => code === UNFILLED)?.message : undefined

async function fill(value: unknown, ground: Ground): Promise<unknown> {
  if (Array.isArray(value)) return (await Promise.all(value.map(one => fill(one, ground)))).filter(one => one !== removed)
  if (typeof value !== 'object' || value === null) return value
  if ('__prefect_kind' in value) return fillOne(value as Placeholder, ground)
  const entries = await Promise.all(Object.entries(value).map(async ([key, one]) => [key, await fill(one, ground)] as const))
  return Object.fromEntries(entries.filter(([, one]) => one !== removed))
}

interface Placeholder {
  readonly __prefect_kind: unknown
  readonly value?: unknown
  readonly variable_name?: unknown
  readonly template?: unknown
}

async function fillOne(placeholder: Placeholder, ground: Ground): Promise<unknown> {
  switch (placeholder.__prefect_kind) {
    case 'none':
      if (placeholder.value === undefined) throw unfilled("Missing 'value' key in __prefect object", ground)
      return fill(placeholder.value, ground)
    case 'json': {
      const text = await part(placeholder.value, ground)
      return typeof text === 'string' ? parse(text, ground) : text
    }
    case 'workspace_variable': {
      const name = await part(placeholder.variable_name, ground)
      return name === removed ? name : found(String(name), ground)
    }
    case 'jinja': {
      const template = await part(placeholder.template, ground)
      if (typeof template !== 'string') throw unfilled("Missing 'template' key in __prefect object", ground)
      if (/\{[{%#]/.test(template)) throw unfilled('Invalid jinja: this server renders no templates in parameters', ground)
      return template
    }
    default:
      return placeholder.value ?? null
  }
}

/** What is named by a placeholder may be one itself; a list or a text is taken as it is. */
async function part(value: unknown, ground: Ground): Promise<unknown> {
  if (value === undefined) return removed
  return Array.isArray(value) ? value : fill(value, ground)
}

function parse(text: string, ground: Ground): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unfilled(`Invalid JSON: ${(error as Error).message}`, ground)
  }
}

async function found(name: string, ground: Ground): Promise<unknown> {
  const value = await ground.find(name)
  if (value === undefined) throw unfilled(`Variable '${name}' not found in workspace.`, ground)
  return value
}

const unfilled = (reason: string, { field, called }: Ground) =>
  invalid([{ path: [field], message: `Error hydrating ${called}: ${reason}`, code: UNFILLED }])

export const variablesOf = (ctx: Ctx) => ({ find: async (name: string) => (await ctx.em.findOne(Variable, { name }))?.value })
