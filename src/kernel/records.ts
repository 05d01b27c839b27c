import { helper, type InferEntity, Utils } from '@mikro-orm/core'

/** An entity's properties as a plain record: what may be missing is null, never left out. */
export type RecordOf<Entity> = {
  readonly [Key in keyof InferEntity<Entity> & string]-?: Exclude<InferEntity<Entity>[Key], undefined>
}

/** Operations answer plain records, never managed entities: nobody outside a transaction can change a row by assigning to it. */
export function toRecord<T>(output: T): T {
  if (Array.isArray(output)) return output.map(toRecord) as T
  if (!Utils.isEntity(output)) return output
  const entity = output as Record<string, unknown>
  return Object.fromEntries(helper(output).__meta.props.map(({ name }) => [name, entity[name]])) as T
}

/** The same keys, each with what `change` makes of its value. */
export const mapValues = <Key extends string, Value, Changed>(
  record: Readonly<Record<Key, Value>>,
  change: (value: Value) => Changed,
): Record<Key, Changed> =>
  Object.fromEntries(Object.entries<Value>(record).map(([key, value]) => [key, change(value)])) as Record<Key, Changed>
