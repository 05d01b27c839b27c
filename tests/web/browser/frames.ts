// What moving a page costs: the time between its pictures, and what its main thread works for each.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

export interface Frames {
  /** Between one picture and the next, in milliseconds. */
  p50: number
  p95: number
  /** What the page's main thread worked for each: unlike the others it does not grow while other programs use the machine. Not known but on Linux. */
  busy: number | undefined
}

/** Moves something on a page once for each picture. `move` is run in the page, and knows nothing of what stands around it. */
export async function measureFrames<Argument>(
  page: Page,
  move: (argument: Argument) => void,
  argument: Argument,
  frames = 120,
): Promise<Frames> {
  const before = await busyMilliseconds(page)
  await page.evaluate(`window.moveOnce = ${move}`)
  const gaps = await page.evaluate(
    async ({ argument, frames }) => {
      const { moveOnce } = window as unknown as { moveOnce: (argument: unknown) => void }
      const gaps: number[] = []
      let last = performance.now()
      for (let frame = 0; frame < frames; frame += 1) {
        moveOnce(argument)
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        gaps.push(now - last)
        last = now
      }
      return gaps.sort((left, right) => left - right)
    },
    { argument: argument as unknown, frames },
  )
  const worked = await workedSince(page, before)
  const at = (share: number) => Math.round(gaps[Math.floor(share * frames)]! * 10) / 10
  return { p50: at(0.5), p95: at(0.95), busy: worked === undefined ? undefined : Math.round((worked / frames) * 10) / 10 }
}

export const framesLine = ({ p50, p95, busy }: Frames): string =>
  `p50 ${p50} / p95 ${p95} ms between frames, main thread busy ${busy} ms for each`

/** What main threads have worked since, in milliseconds; not known but on Linux. */
export async function workedSince(page: Page, before: ReadonlyMap<number, number>): Promise<number | undefined> {
  const after = await busyMilliseconds(page)
  // Processes of other pages come and go meanwhile.
  const worked = [...after].reduce((sum, [pid, time]) => sum + (before.has(pid) ? time - before.get(pid)! : 0), 0)
  return after.size === 0 ? undefined : worked
}

/** Time on a processor of the main thread of each process that draws a page. */
export async function busyMilliseconds(page: Page): Promise<Map<number, number>> {
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
