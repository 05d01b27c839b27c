/** A number as it was spelt: `1.0`, which a round trip through JavaScript's numbers would turn into `1`. */
export interface SpeltNumber {
  readonly rawJSON: string
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown
const { parse, rawJSON, isRawJSON } = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown
  rawJSON(text: string): SpeltNumber
  isRawJSON(value: unknown): value is SpeltNumber
}

/** As `JSON.parse`, but numbers that would be spelt otherwise afterwards keep their spelling: `JSON.stringify` gives it back. */
export const parseVerbatim = (text: string): unknown =>
  parse(text, (_key, value, { source }) => (typeof value === 'number' && String(value) !== source ? rawJSON(source!) : value))

export const isSpeltNumber = (value: unknown): value is SpeltNumber => isRawJSON(value)
