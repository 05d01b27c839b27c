import { Deployment } from '../../../core/deployments/index.ts'
import type { Condition } from '../../../kernel/filters.ts'
import { allTagsPart, filterOf, flag, idPart, joined, namePart } from './parts.ts'

const hasDeployments: Condition = { is: 'referredBy', entity: Deployment, property: 'flowId', where: [] }

export const flowFilter = filterOf({
  id: idPart,
  deployment: joined({ is_null_: flag }, ({ is_null_ }) => [
    typeof is_null_ === 'boolean' ? [is_null_ ? { is: 'neither', of: [[hasDeployments]] } : hasDeployments] : [],
  ]),
  name: namePart,
  tags: allTagsPart,
})
