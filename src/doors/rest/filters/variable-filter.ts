import { oneOf } from '../../../kernel/filters.ts'
import { allTagsPart, filterOf, ids, namePart, part } from './parts.ts'

export const variableFilter = filterOf({
  id: part({ any_: ids }, ({ any_ }) => [oneOf('id', any_)]),
  name: namePart,
  tags: allTagsPart,
})
