// Scenario `graph`: the graph and the timeline of a run of many tasks, in a real browser.
import { missingBrowser } from '../tests/support/browser.ts'
import { type LargeRun, measureLargeRun } from '../tests/web/browser/large-run.ts'

export const INTERACTIVE_MILLISECONDS = 1_000
export const GRAPH_FRAME_P95_MILLISECONDS = 20

/** None, aloud, where there is no browser. */
export async function measureGraphs(taskRuns: number): Promise<LargeRun[]> {
  const missing = missingBrowser()
  if (missing === undefined) return measureLargeRun(taskRuns)
  console.error(`graph is left out: ${missing}.`)
  return []
}
