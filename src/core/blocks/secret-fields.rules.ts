export type BlockData = Readonly<Record<string, unknown>>

/** A secret and where it stands: keys of objects and places in lists. */
export type PlacedSecret = readonly [path: readonly (string | number)[], value: unknown]

/** What a secret is shown as. */
export const MASK = '********'

export interface SplitData {
  /** The data with a mask in the place of each secret. */
  readonly shown: BlockData
  readonly secrets: readonly PlacedSecret[]
}

/** Takes the secrets out of data. `fields` names them: `token`, `child.token`, and `headers.*` for all that is below. Null is no secret. */
export function splitSecrets(data: BlockData, fields: readonly string[]): SplitData {
  const secrets: PlacedSecret[] = []
  const taken = new Set<string>()
  const take: Replace = (path, value) => {
    const key = JSON.stringify(path)
    if (!taken.has(key)) secrets.push([path, value])
    taken.add(key)
    return MASK
  }
  const shown = outermostFirst(fields).reduce<unknown>((rest, steps) => replaceAt(rest, steps, [], take), data)
  return { shown: shown as BlockData, secrets }
}

/** Where two name the same place, the one that takes the whole of it comes first. */
const outermostFirst = (fields: readonly string[]): string[][] =>
  fields
    .map(field => field.split('.'))
    .toSorted((one, other) => one.length - other.length || Number(one.at(-1) === '*') - Number(other.at(-1) === '*'))

/** Puts them back. */
export const joinSecrets = (shown: BlockData, secrets: readonly PlacedSecret[]): BlockData =>
  secrets.reduce<unknown>((rest, [path, value]) => putAt(rest, path, value), shown) as BlockData

export interface KeptSecrets {
  readonly secrets: readonly PlacedSecret[]
  /** Where a mask stands and there is no secret that it could mean. */
  readonly unknown: readonly PlacedSecret[0][]
}

/** Where data came back with a mask, the secret is meant that stands there now, also where the fields call it one no longer. */
export function keepSecrets({ shown, secrets }: SplitData, current: readonly PlacedSecret[]): KeptSecrets {
  const byPath = new Map(current.map(([path, value]) => [JSON.stringify(path), value]))
  const own = new Set(secrets.map(([path]) => JSON.stringify(path)))
  const carried = current.filter(([path]) => valueAt(shown, path) === MASK && !own.has(JSON.stringify(path)))
  const isMeant = ([path, value]: PlacedSecret) => value !== MASK || byPath.has(JSON.stringify(path))
  return {
    secrets: [
      ...secrets.map(([path, value]): PlacedSecret => [path, value === MASK ? byPath.get(JSON.stringify(path)) : value]),
      ...carried,
    ],
    unknown: secrets.filter(one => !isMeant(one)).map(([path]) => path),
  }
}

type Replace = (path: PlacedSecret[0], value: unknown) => unknown

function replaceAt(value: unknown, steps: readonly string[], path: PlacedSecret[0], replace: Replace): unknown {
  const [step, ...rest] = steps
  if (value === null || value === undefined) return value
  if (step === undefined) return replace(path, value)
  if (step === '*') return replaceLeaves(value, path, replace)
  if (Array.isArray(value)) return value.map((one, index) => replaceAt(one, steps, [...path, index], replace))
  if (!isObject(value) || !Object.hasOwn(value, step)) return value
  return { ...value, [step]: replaceAt(value[step], rest, [...path, step], replace) }
}

/** All that is below; what is no object is a secret itself. */
function replaceLeaves(value: unknown, path: PlacedSecret[0], replace: Replace): unknown {
  if (value === null || value === undefined) return value
  if (!isObject(value)) return replace(path, value)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaceLeaves(one, [...path, key], replace)]))
}

function putAt(value: unknown, [step, ...rest]: PlacedSecret[0], secret: unknown): unknown {
  if (step === undefined) return secret
  if (Array.isArray(value)) return value.map((one, index) => (index === step ? putAt(one, rest, secret) : one))
  return isObject(value) ? { ...value, [step]: putAt(value[step], rest, secret) } : value
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = (value: unknown, [step, ...rest]: PlacedSecret[0]): unknown => {
  if (step === undefined) return value
  return typeof value === 'object' && value !== null ? valueAt((value as Record<string | number, unknown>)[step], rest) : undefined
}
