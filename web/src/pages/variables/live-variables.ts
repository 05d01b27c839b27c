import { follow, request } from '../../client.ts'
import { VariableEventsDocument, VariablesDocument, type VariablesQuery } from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import type { VariablesChoice } from './variables-choice.ts'

const PAGE = 100

type Page = VariablesQuery['variables']

export interface ShownVariables {
  variables: Page['nodes']
  totalCount: Page['totalCount']
  hasMore: boolean
  choice: VariablesChoice
}

/** Variables change seldom and their events do not carry them: each change reads again as much of the list as is shown. */
export const liveVariables = (choiceNow: () => VariablesChoice) => {
  let pages = 1
  let shown: ShownVariables | undefined

  const source: LiveSource<ShownVariables, never> = {
    async load() {
      const choice = choiceNow()
      const filter = { nameContains: choice.name, tags: [...choice.tags] }
      const { variables: first } = await request(VariablesDocument, { filter, first: PAGE, after: null })
      let last = first
      const variables = [...first.nodes]
      for (let read = 1; read < pages && last.pageInfo.hasNextPage; read += 1) {
        const next = await request(VariablesDocument, { filter, first: PAGE, after: last.pageInfo.endCursor ?? null })
        last = next.variables
        variables.push(...last.nodes)
      }
      return {
        snapshot: { variables, totalCount: first.totalCount, hasMore: last.pageInfo.hasNextPage, choice },
        cursor: first.eventCursor,
      }
    },
    follow: (after, sink) =>
      follow(VariableEventsDocument, {}, after, {
        next: ({ eventOccurred: { cursor, events, gap } }) => sink.next({ cursor, changes: [], hasGap: gap != null || events.length > 0 }),
        failed: sink.failed,
      }),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }

  return {
    source,
    read: () => shown,
    wantMore() {
      pages += 1
    },
  }
}
