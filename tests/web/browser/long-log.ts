// A log as long as they get, and how a page bears it.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

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

export interface Scrolling {
  pixelsPerFrame: number
  /** Between one picture and the next. */
  p50: number
  p95: number
  /** What the page's main thread worked for each: unlike the others it does not grow while other programs use the machine. Not known but on Linux. */
  busy: number | undefined
}

/** Scrolls a log by so much in each frame. */
export async function scroll(page: Page, pixelsPerFrame: number, frames = 120): Promise<Scrolling> {
  const before = await busyMilliseconds(page)
  const gaps = await page.evaluate(
    async ([pixels, frames]) => {
      const box = document.querySelector('[role=log]')!
      const gaps: number[] = []
      let last = performance.now()
      for (let frame = 0; frame < frames; frame += 1) {
        box.scrollTop += pixels
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        gaps.push(now - last)
        last = now
      }
      return gaps.sort((left, right) => left - right)
    },
    [pixelsPerFrame, frames] as const,
  )
  const after = await busyMilliseconds(page)
  const at = (share: number) => Math.round(gaps[Math.floor(share * frames)]! * 10) / 10
  // Processes of other pages come and go meanwhile.
  const worked = [...after].reduce((sum, [pid, time]) => sum + (before.has(pid) ? time - before.get(pid)! : 0), 0)
  const busy = after.size === 0 ? undefined : Math.round((worked / frames) * 10) / 10
  return { pixelsPerFrame, p50: at(0.5), p95: at(0.95), busy }
}

/** Time on a processor of the main thread of each process that draws a page. */
async function busyMilliseconds(page: Page): Promise<Map<number, number>> {
  const browser = await page.context().browser()!.newBrowserCDPSession()
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo')
  await browser.detach()
  const times = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => [id, schedstat(id)] as const)
  return new Map(times.filter((entry): entry is readonly [number, number] => entry[1] !== undefined))
}

function schedstat(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return undefined
  }
}

export const scrollingLine = ({ pixelsPerFrame, p50, p95, busy }: Scrolling): string =>
  `${pixelsPerFrame} pixels a frame: p50 ${p50} / p95 ${p95} ms between frames, main thread busy ${busy} ms for each`
