import type { Query } from '../../web/src/links.ts'

/** A query as it stands behind the `?` of an address. */
export const searchOf = (query: Query): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([word, value]) =>
      value === undefined ? [] : [value].flat().map((one): [string, string] => [word, one]),
    ),
  )
