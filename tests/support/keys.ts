import type { entities } from '../../src/core/entities.ts'

/** The properties of an entity's primary key: an order that every table has. */
export const keysOf = ({ meta }: (typeof entities)[number]): string[] =>
  Object.entries(meta.properties as Record<string, { primary?: boolean }>).flatMap(([name, { primary }]) => (primary ? [name] : []))
