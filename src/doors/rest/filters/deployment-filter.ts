import { z } from 'zod'
import { Flow } from '../../../core/flows/index.ts'
import { containing, oneOf } from '../../../kernel/filters.ts'
import { absent, filterOf, flag, idPart, namePart, part, tagsPart, texts } from './parts.ts'

export const deploymentFilter = filterOf({
  id: idPart,
  name: namePart,
  flow_or_deployment_name: part({ like_: z.string().nullish() }, ({ like_ }) =>
    like_
      ? [
          [
            {
              is: 'anyOf',
              of: [
                containing('name', like_),
                [{ is: 'related', property: 'flowId', entity: Flow, as: 'flow', where: containing('name', like_) }],
              ],
            },
          ],
        ]
      : [],
  ),
  paused: part({ eq_: flag }, ({ eq_ }) => [typeof eq_ === 'boolean' ? oneOf('isPaused', [eq_]) : []]),
  tags: tagsPart,
  work_queue_name: part({ any_: texts }, absent),
  // Deprecated and without effect at the peer too.
  concurrency_limit: part({ ge_: z.int().nullish(), le_: z.int().nullish(), is_null_: flag }, () => []),
})
