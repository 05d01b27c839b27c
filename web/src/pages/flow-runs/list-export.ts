import { request } from '../../client.ts'
import { type FlowRunFilter, FlowRunListDocument } from '../../generated/graphql.ts'
import { toCsv } from './list-csv.ts'
import type { Run } from './live-list.ts'
import { saveFile } from './save-file.ts'

const MOST_A_PAGE = 200
/** Who needs more asks the server itself. */
const MOST_EXPORTED = 10_000

/** Reads all that match page by page, and hands them over as a file. Answers how many there were. */
export const exportRuns = async (filter: FlowRunFilter, isAscending: boolean, progress: (done: number) => void): Promise<number> => {
  const runs: Run[] = []
  let after: string | undefined
  do {
    const { flowRuns } = await request(FlowRunListDocument, {
      first: MOST_A_PAGE,
      after,
      filter,
      orderBy: isAscending ? 'EXPECTED_START_TIME_ASC' : 'EXPECTED_START_TIME_DESC',
      withParameters: true,
      withCounts: false,
    })
    runs.push(...flowRuns.nodes)
    progress(runs.length)
    after = flowRuns.pageInfo.hasNextPage ? (flowRuns.pageInfo.endCursor ?? undefined) : undefined
  } while (after !== undefined && runs.length < MOST_EXPORTED)
  saveFile('runs.csv', 'text/csv', toCsv(runs))
  return runs.length
}
