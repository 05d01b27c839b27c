import { z } from 'zod'
import { containing, missing, oneOf } from '../../../kernel/filters.ts'
import { filterOf, flag, ids, noneOfThese, part, texts } from './parts.ts'

const idPart = part({ any_: ids }, ({ any_ }) => [oneOf('id', any_)])
const runPart = (property: string) => part({ any_: ids }, ({ any_ }) => [oneOf(property, any_)])

const criteria = {
  key: part({ any_: texts, like_: z.string().nullish(), exists_: flag }, ({ any_, like_, exists_ }) => [
    oneOf('key', any_),
    containing('key', like_),
    missing('key', typeof exists_ === 'boolean' ? !exists_ : null),
  ]),
  flow_run_id: runPart('flowRunId'),
  task_run_id: runPart('taskRunId'),
  type: part({ any_: texts, not_any_: texts }, ({ any_, not_any_ }) => [oneOf('type', any_), noneOfThese('type', not_any_)]),
}

export const artifactFilter = filterOf({ id: idPart, ...criteria })

/** The same of the latest versions, which the peer calls by another name. */
export const latestArtifactFilter = filterOf({ latest_id: idPart, ...criteria })
