import { z } from 'zod'
import { type Condition, containing, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'

/** Which artifacts are meant. Parts are joined by "and"; inside a list any one is enough. */
export const artifactFilter = z.object({
  ids: z.array(uuid).nullish(),
  keys: z.array(z.string()).nullish(),
  keyContains: z.string().nullish(),
  types: z.array(z.string()).nullish(),
  flowRunIds: z.array(uuid).nullish(),
  taskRunIds: z.array(uuid).nullish(),
  /** Only the latest version of each key, or only the others. */
  isLatest: z.boolean().nullish(),
})

export type ArtifactFilter = z.output<typeof artifactFilter>

export const artifactConditions = (filter: ArtifactFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('key', filter?.keys),
  ...containing('key', filter?.keyContains),
  ...oneOf('type', filter?.types),
  ...oneOf('flowRunId', filter?.flowRunIds),
  ...oneOf('taskRunId', filter?.taskRunIds),
  ...oneOf('isLatest', typeof filter?.isLatest === 'boolean' ? [filter.isLatest] : null),
]
