// Scenario `replay`: a thousand changes a second, played into the list of runs in a real browser.
import { missingBrowser } from '../tests/support/browser.ts'
import { type Replay, replayChanges } from '../tests/web/browser/replay.ts'

const CHANGES_A_SECOND = 1_000

export const REPLAY_FRAME_P95_MILLISECONDS = 20
export const REPLAY_HEAP_GROWTH_MEGABYTES = 5

/** None, aloud, where there is no browser. */
export async function measureReplay(seconds: number): Promise<Replay[]> {
  const missing = missingBrowser()
  if (missing === undefined) return [await replayChanges(CHANGES_A_SECOND, seconds)]
  console.error(`replay is left out: ${missing}.`)
  return []
}
