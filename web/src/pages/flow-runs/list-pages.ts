import { request } from '../../client.ts'
import { type FlowRunFilter, FlowRunIdsDocument } from '../../generated/graphql.ts'
import type { Action, Which } from './list-actions.ts'

/** As many as one mutation takes. */
const MOST_AT_ONCE = 200

/**
 * The ids of the runs that are meant, page by page. By their place in the list, not by what still matches: a run which the action left as it
 * was is not met again, and one that came after the first page is not met at all.
 */
export async function* pagesOf(which: Which, { from }: Action): AsyncGenerator<readonly string[]> {
  if ('ids' in which) {
    for (let start = 0; start < which.ids.length; start += MOST_AT_ONCE) yield which.ids.slice(start, start + MOST_AT_ONCE)
    return
  }
  const filter = narrowed(which.filter, from)
  let after: string | undefined
  do {
    const { flowRuns } = await request(FlowRunIdsDocument, { first: MOST_AT_ONCE, after, filter })
    if (flowRuns.nodes.length > 0) yield flowRuns.nodes.map(({ id }) => id)
    after = flowRuns.pageInfo.hasNextPage ? (flowRuns.pageInfo.endCursor ?? undefined) : undefined
  } while (after !== undefined)
}

// Three running ones among a million that have ended are asked for, not searched.
const narrowed = (filter: FlowRunFilter, from: Action['from']): FlowRunFilter =>
  from === undefined || filter.stateTypes ? filter : { ...filter, stateTypes: [...from] }
