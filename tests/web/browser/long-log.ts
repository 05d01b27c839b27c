// A log as long as they get, and how a page bears it.
import type { Page } from 'playwright-core'
import { type Frames, framesLine, measureFrames } from './frames.ts'

const LINES_AT_ONCE = 1_000

export const tracebackOf = (index: number): string =>
  `Encountered an exception during execution:\nTraceback (most recent call last):\n  File "/flows/orders.py", line ${index}, in load\n    rows = read(day)\nConnectionError: the shop closed connection ${index}`

const lineOf = (flowRunId: string, start: number) => (index: number) => ({
  name: index % 3 === 0 ? 'prefect.task_runs' : 'prefect.flow_runs',
  level: index % 5_000 === 4_999 ? 40 : index % 3_000 === 2_999 ? 30 : index % 7 === 0 ? 10 : 20,
  message:
    index % 5_000 === 4_999 ? tracebackOf(index) : `Line ${index + 1}: 184,220 rows in 9 files, see https://example.com/jobs/${index}.`,
  timestamp: new Date(start + index).toISOString(),
  flow_run_id: flowRunId,
})

/** Lines `from` to `to`, counted from 0, a millisecond apart. */
export async function writeLines(url: string, flowRunId: string, start: number, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += LINES_AT_ONCE) {
    const lines = Array.from({ length: Math.min(LINES_AT_ONCE, to - at) }, (_, index) => lineOf(flowRunId, start)(at + index))
    const answer = await fetch(`${url}/api/logs/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lines),
    })
    if (answer.status !== 201) throw new Error(`Log lines were answered with ${answer.status}: ${await answer.text()}`)
  }
}

export interface Scrolling extends Frames {
  pixelsPerFrame: number
}

/** Scrolls a log by so much in each frame. */
export const scroll = async (page: Page, pixelsPerFrame: number): Promise<Scrolling> => ({
  pixelsPerFrame,
  ...(await measureFrames(
    page,
    pixels => {
      document.querySelector('[role=log]')!.scrollTop += pixels
    },
    pixelsPerFrame,
  )),
})

export const scrollingLine = ({ pixelsPerFrame, ...frames }: Scrolling): string => `${pixelsPerFrame} pixels a frame: ${framesLine(frames)}`
