// What a page asks its server for, apart from the files it is made of.
import type { Request } from 'playwright-core'
import { closePage, type Site, untilSettled } from './site.ts'

const IDLE_MILLISECONDS = 10_000
const QUARTER_HOUR = 900_000

export interface Asked {
  /** What was asked until the page stood still: a line for each request, of the operations in it. */
  onLoad: string[]
  /** What was asked in the ten seconds after, in which nothing happened. */
  idle: string[]
}

/** At the end of a quarter of an hour charts move on, and ask for what has become of it: what happens over it is done again. */
export async function withinQuarterHour<Found>(look: () => Promise<Found>): Promise<Found> {
  for (;;) {
    const end = Math.ceil(Date.now() / QUARTER_HOUR) * QUARTER_HOUR
    const found = await look()
    if (Date.now() < end) return found
  }
}

export const countRequests = (site: Site, path: string): Promise<Asked> => withinQuarterHour(() => countOnce(site, path))

async function countOnce(site: Site, path: string): Promise<Asked> {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', request => isData(request) && asked.push(operationsOf(request)))
  await page.goto(site.server.url + path)
  await untilSettled(page)
  const onLoad = asked.splice(0)
  await page.waitForTimeout(IDLE_MILLISECONDS)
  await closePage(page)
  return { onLoad, idle: asked }
}

const isData = (request: Request) => ['fetch', 'xhr', 'eventsource'].includes(request.resourceType())

/** Of one request, with a plus between them. */
export const operationsOf = (request: Request): string => {
  const body = (request.postDataJSON() ?? []) as { query: string } | { query: string }[]
  const names = [body].flat().map(({ query }) => query.match(/(?:query|mutation|subscription) (\w+)/)?.[1])
  return names.length > 0 ? names.join(' + ') : new URL(request.url()).pathname
}
