import { styleText } from 'node:util'

export interface Plan {
  readonly fingerprint: string | null
  readonly steps: readonly Step[]
  readonly problems: readonly Problem[]
}

interface Step {
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNCHANGED'
  readonly policyId: string | null
  readonly name: string | null
  readonly line: number | null
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

interface Problem {
  readonly line: number
  readonly column: number
  readonly path: string
  readonly message: string
}

const signs = {
  CREATE: ['+', 'green', 'to create'],
  UPDATE: ['~', 'yellow', 'to change'],
  DELETE: ['-', 'red', 'to delete'],
  UNCHANGED: ['=', 'dim', 'unchanged'],
} as const

/** What changes, policy by policy and field by field. */
export const planLines = ({ steps }: Plan): string[] =>
  steps
    .filter(({ action }) => action !== 'UNCHANGED')
    .flatMap(step => [headOf(step), ...step.changes.filter(isNews(step)).map(change => `    ${changeOf(step, change)}`), ''])

/** Its name stands above. */
const isNews =
  ({ action }: Step) =>
  ({ field }: Step['changes'][number]): boolean =>
    action === 'UPDATE' || field !== 'name'

function headOf({ action, name, policyId, line }: Step): string {
  const [sign, colour] = signs[action]
  const where = line === null ? '' : `  line ${line}`
  return styleText(colour, `${sign} ${name ?? `(no name${policyId ? `, ${policyId}` : ''})`}`, { stream: process.stdout }) + where
}

function changeOf({ action }: Step, { field, before, after }: Step['changes'][number]): string {
  if (action === 'CREATE') return `${field}: ${written(after)}`
  return action === 'DELETE' ? `${field}: ${written(before)}` : `${field}: ${written(before)} → ${written(after)}`
}

const written = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.join(', ')}]`
    : value === null
      ? 'none'
      : typeof value === 'string'
        ? JSON.stringify(value)
        : String(value)

/** `1 to create, 2 unchanged` */
export function summaryOf({ steps }: Plan): string {
  const counts = Object.entries(signs).flatMap(([action, [, , words]]) => {
    const count = steps.filter(step => step.action === action).length
    return count > 0 ? `${count} ${words}` : []
  })
  if (steps.length === 0) return 'Nothing to do: the file has no policies.'
  return steps.every(({ action }) => action === 'UNCHANGED') ? `Nothing to do: ${counts}.` : `${counts.join(', ')}.`
}

export const problemLines = (problems: readonly Problem[], file: string): string[] =>
  problems.map(({ line, column, path, message }) => `${file}:${line}:${column}: ${path === '' ? '' : `${path} `}${message}`)
