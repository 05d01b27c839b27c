const LARGEST_VALUE_BYTES = 5000

/** What somebody writes into the field: JSON where it is some, else a text as it stands. The SDK's command line does the same. */
export const readValue = (written: string): unknown => {
  try {
    return JSON.parse(written)
  } catch {
    return written
  }
}

/** The other way: what, written into the field, is this value. */
export const writtenOf = (value: unknown): string =>
  typeof value === 'string' && readValue(value) === value ? value : JSON.stringify(value, null, 2)

export const kindOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return `an object with ${Object.keys(value).length} ${Object.keys(value).length === 1 ? 'key' : 'keys'}`
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as 'string' | 'number' | 'boolean'] ?? 'JSON'
}

export const nameError = (name: string): string | undefined => {
  if (name === '') return 'A variable needs a name.'
  if (!/^[a-z0-9_-]+$/.test(name)) return 'Only lowercase letters, digits, dashes and underscores.'
  return name.length > 255 ? 'At most 255 characters.' : undefined
}

export const valueError = (value: unknown): string | undefined => {
  const size = new TextEncoder().encode(JSON.stringify(value)).length
  return size > LARGEST_VALUE_BYTES ? `At most ${LARGEST_VALUE_BYTES} bytes of JSON; this is ${size}.` : undefined
}

/** How flows and templates ask for it. */
export const snippets = (name: string) => [
  { label: 'Python', text: `from prefect.variables import Variable\n\n${name.replace(/\W/g, '_')} = Variable.get("${name}")` },
  { label: 'Template', text: `{{ prefect.variables.${name} }}` },
  { label: 'Command', text: `prefect variable get ${name}` },
]
