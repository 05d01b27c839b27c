import { follow, request } from '../../client.ts'
import { FlowRunLogAppendedDocument, FlowRunLogsDocument, type LogLineFragment } from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createTail } from '../../live/tail.ts'

const PAGE_LINES = 200
const MOST_LINES = 5_000

export const liveLogs = (id: string) => {
  const tail = createTail<LogLineFragment>(MOST_LINES)
  let earlier: string | null = null

  const fetchPage = async (after: string | null) => {
    const { logs } = await request(FlowRunLogsDocument, { id, first: PAGE_LINES, after })
    earlier = logs.pageInfo.hasNextPage ? (logs.pageInfo.endCursor ?? null) : null
    return logs
  }

  const source: LiveSource<readonly LogLineFragment[], LogLineFragment> = {
    async load() {
      const logs = await fetchPage(null)
      return { snapshot: logs.nodes, cursor: logs.logCursor }
    },
    follow: (after, sink) =>
      follow(FlowRunLogAppendedDocument, { id }, after, {
        next: ({ logAppended: { cursor, logs, gap } }) => sink.next({ cursor, changes: logs, hasGap: gap != null }),
        failed: sink.failed,
      }),
    reset: tail.reset,
    apply: tail.append,
  }

  return {
    source,
    read: () => ({ lines: tail.read(), hasEarlier: earlier !== null && tail.read().length < MOST_LINES }),
    async loadEarlier() {
      if (earlier !== null) tail.prepend((await fetchPage(earlier)).nodes)
    },
  }
}
