import { oneOf } from '../../kernel/filters.ts'
import type { Reader } from '../../kernel/storage.ts'
import { NotificationIncident } from './notification-group.entity.ts'

interface OfFlow {
  readonly policyId: string
  readonly flowId: string
}

/** Of policies that tell the end of trouble, and flows: `policy flow` of those whose trouble has not ended. */
export async function flowsInTrouble(read: Reader, of: readonly OfFlow[]): Promise<ReadonlySet<string>> {
  if (of.length === 0) return new Set()
  const distinct = (property: keyof OfFlow) => [...new Set(of.map(one => one[property]))]
  const found = await read.select({
    entity: NotificationIncident,
    workspaceId: null,
    where: [...oneOf('policyId', distinct('policyId')), ...oneOf('flowId', distinct('flowId'))],
    orderBy: [['id', 'asc']],
    limit: MOST_FOUND,
    properties: ['id', 'policyId', 'flowId'],
  })
  return new Set(found.map(({ policyId, flowId }) => `${policyId} ${flowId}`))
}

const MOST_FOUND = 10_000
