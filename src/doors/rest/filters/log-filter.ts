import { z } from 'zod'
import { atLeast, atMost, type Condition, containing, missing, oneOf } from '../../../kernel/filters.ts'
import { filterOf, flag, ids, part, timePart } from './parts.ts'
import { parseTextQuery } from './text-query.ts'

const level = z.int().nullish()

/** A term is looked for in the message and in the logger's name. */
const containingTerm = (term: string): Condition => ({ is: 'anyOf', of: [containing('message', term), containing('name', term)] })

export const logFilter = filterOf({
  level: part({ ge_: level, le_: level }, given => [atLeast('level', given.ge_), atMost('level', given.le_)]),
  timestamp: timePart('timestamp'),
  flow_run_id: part({ any_: ids }, given => [oneOf('flowRunId', given.any_)]),
  task_run_id: part({ any_: ids, is_null_: flag }, given => [oneOf('taskRunId', given.any_), missing('taskRunId', given.is_null_)]),
  text: part({ query: z.string().max(200) }, ({ query }) => {
    const { include, exclude, require } = parseTextQuery(query)
    return [
      include.length > 0 ? [{ is: 'anyOf', of: include.map(term => [containingTerm(term)]) }] : [],
      exclude.length > 0 ? [{ is: 'neither', of: exclude.map(term => [containingTerm(term)]) }] : [],
      require.map(containingTerm),
    ]
  }),
})
