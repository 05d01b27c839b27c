// How long a committed transition takes to the page. Server, browser and caller share one machine and its clock.
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { closePage, openSite } from './site.ts'

export interface Spread {
  p50: number
  p95: number
  max: number
}

export interface DomLatency {
  page: 'dashboard' | 'runs' | 'run'
  transitions: number
  /** From the timestamp of the state, which the server takes before it commits, to the change of the DOM: the longest span that can be meant. */
  fromTimestamp: Spread
  /** From when the caller had its answer; below zero where the page was first. */
  fromAnswer: Spread
}

const BY_STANDING_RUNS = 50
// A dashboard gets ten pictures a second at most: a transition made as soon as the one before is seen would measure that.
const DASHBOARD_PACE_MILLISECONDS = 120

/** Makes transitions one after the other, each when the one before it is seen: on the dashboard a moment later, in the list of runs and on the page of a run at once. */
export async function* measureDomLatency(transitions: number): AsyncGenerator<DomLatency> {
  const site = await openSite()
  try {
    for (let index = 0; index < BY_STANDING_RUNS; index += 1) await site.rest.createRun({ name: `standing-${index}`, type: 'COMPLETED' })
    const measure = async (
      name: DomLatency['page'],
      pathOf: (id: string) => string,
      selector: string,
      paceMilliseconds = 0,
    ): Promise<DomLatency> => {
      const id = await site.rest.createRun({ name: `watched-on-${name}` })
      const page = await site.open(pathOf(id))
      await page.getByText('Live', { exact: true }).waitFor()
      await page.locator(selector).first().waitFor()
      await watchFor(page, selector)
      const [fromTimestamp, fromAnswer]: [number[], number[]] = [[], []]
      for (let index = 0; index < transitions; index += 1) {
        const word = `${name}-${index}`
        const stampedAt = await site.rest.setState(id, index % 2 === 0 ? 'RUNNING' : 'PAUSED', { name: word })
        const answeredAt = Date.now()
        const seenAt = await seen(page, word)
        fromTimestamp.push(seenAt - stampedAt)
        fromAnswer.push(seenAt - answeredAt)
        await pause(paceMilliseconds)
      }
      await closePage(page)
      return { page: name, transitions, fromTimestamp: spreadOf(fromTimestamp), fromAnswer: spreadOf(fromAnswer) }
    }
    yield await measure('dashboard', () => '/dashboard', 'tbody .label', DASHBOARD_PACE_MILLISECONDS)
    yield await measure('runs', () => '/runs', 'tbody .label')
    yield await measure('run', id => `/runs/flow-run/${id}`, 'main .pill')
  } finally {
    await site.close()
  }
}

export const latencyLine = ({ page, transitions, fromTimestamp, fromAnswer }: DomLatency): string =>
  `commit to DOM, ${page}, ${transitions} transitions: ${spreadLine(fromTimestamp)} from the state's timestamp, ${spreadLine(fromAnswer)} from the answer`

const spreadLine = ({ p50, p95, max }: Spread) => `p50 ${p50} / p95 ${p95} / max ${max} ms`

interface Watch {
  seenAt: Map<string, number>
  waiting: Map<string, (at: number) => void>
}

const watchFor = (page: Page, selector: string) =>
  page.evaluate(selector => {
    const watch: Watch = { seenAt: new Map(), waiting: new Map() }
    Object.assign(window, { watch })
    new MutationObserver(() => {
      const now = Date.now()
      for (const element of document.querySelectorAll(selector)) {
        const word = element.textContent?.trim() ?? ''
        if (watch.seenAt.has(word)) continue
        watch.seenAt.set(word, now)
        watch.waiting.get(word)?.(now)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, selector)

const seen = (page: Page, word: string): Promise<number> =>
  page.evaluate(word => {
    const { watch } = window as unknown as { watch: Watch }
    return watch.seenAt.get(word) ?? new Promise<number>(resolve => watch.waiting.set(word, resolve))
  }, word)

function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1)! }
}
