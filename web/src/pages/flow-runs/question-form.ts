// A form for a pause's question: a field for each property it names, and JSON for what no field can hold.

export interface Field {
  name: string
  label: string
  hint?: string
  kind: 'text' | 'number' | 'yes-no' | 'choice' | 'json'
  choices?: readonly string[]
  isRequired: boolean
  /** As it stands in the field: text, or `true` and `false`. */
  start: string
}

type Json = Readonly<Record<string, unknown>>

export const fieldsOf = (schema: Json): Field[] => {
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([name, property]) => {
    const kind = kindOf(property)
    return {
      name,
      label: typeof property.title === 'string' ? property.title : name,
      ...(typeof property.description === 'string' ? { hint: property.description } : {}),
      kind,
      ...(kind === 'choice' ? { choices: (property.enum as unknown[]).map(String) } : {}),
      isRequired: required.has(name),
      start: startOf(kind, property.default ?? (kind === 'choice' && required.has(name) ? (property.enum as unknown[])[0] : undefined)),
    }
  })
}

const kindOf = ({ type, enum: choices }: Json): Field['kind'] => {
  if (Array.isArray(choices) && choices.every(choice => typeof choice === 'string')) return 'choice'
  if (type === 'boolean') return 'yes-no'
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'string' ? 'text' : 'json'
}

const startOf = (kind: Field['kind'], value: unknown): string => {
  if (kind === 'yes-no') return String(value === true)
  if (value === undefined || value === null) return ''
  return kind === 'json' ? JSON.stringify(value) : String(value)
}

/** Why what stands in a field is no value of its kind; undefined when it is one. What is left empty is left out. */
export const wrongIn = ({ kind, isRequired, label }: Field, text: string): string | undefined => {
  if (text.trim() === '') return isRequired && kind !== 'text' ? `${label} is needed.` : undefined
  if (kind === 'number' && !Number.isFinite(Number(text))) return 'This is no number.'
  if (kind !== 'json') return undefined
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return 'This is no JSON: texts stand in double quotes.'
  }
}

export const answerOf = (fields: readonly Field[], texts: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ name, kind, isRequired }) => {
      const text = texts[name] ?? ''
      if (kind === 'yes-no') return [[name, text === 'true']]
      if (text.trim() === '' && !(isRequired && kind === 'text')) return []
      if (kind === 'number') return [[name, Number(text)]]
      return [[name, kind === 'json' ? JSON.parse(text) : text]]
    }),
  )
