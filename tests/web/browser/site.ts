// A real server on a SQLite file of its own, and a real browser that looks at it and notes what it must not see.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, missingBrowser } from '../../support/browser.ts'
import { type ServerOptions, startServer, type TestServer } from '../../support/server.ts'
import { postgresPlace, type StoragePlace, sqlitePlace } from '../../support/storages.ts'
import { type Rest, restOf } from './rest.ts'

const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** What a page did that no page may do. */
export interface Misdeeds {
  /** Addresses outside the server that were asked for. */
  foreign: string[]
  /** Violations of the content security policy, errors nobody caught, errors in the console. */
  complaints: string[]
}

export interface Site {
  server: TestServer
  database: StoragePlace
  rest: Rest
  browser: Browser
  misdeeds: Misdeeds
  /** Opens a page of the server, by default on a desk's screen, and waits until it shows something. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Why these suites cannot run here, or undefined. */
export function missingPages(): string | undefined {
  const shell = fileURLToPath(new URL('../../../dist/web/index.html', import.meta.url))
  return missingBrowser() ?? (existsSync(shell) ? undefined : 'the pages are not built: run `npm run build`')
}

export interface SiteOptions extends ServerOptions {
  authString?: string
  /** Default: a SQLite file; with CASTELLAN_TEST_PAGES=postgres a Postgres database, for every suite that does not choose. */
  place?: () => Promise<StoragePlace>
}

const usualPlace = process.env['CASTELLAN_TEST_PAGES'] === 'postgres' ? postgresPlace : sqlitePlace

export async function openSite({ place = usualPlace, authString, ...serverOptions }: SiteOptions = {}): Promise<Site> {
  const database = await place()
  const env = { ...serverOptions.env, ...(authString === undefined ? {} : { CASTELLAN_SERVER_API_AUTH_STRING: authString }) }
  const server = await startServer({ databaseUrl: database.url, ...serverOptions, env })
  const browser = await launchBrowser({ args: quiet })
  const misdeeds: Misdeeds = { foreign: [], complaints: [] }
  return {
    server,
    database,
    browser,
    misdeeds,
    rest: restOf(server.url, authString),
    async open(path, contextOptions = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions })
      const page = await context.newPage()
      await watch(page, server.url, misdeeds)
      await page.goto(new URL(path, server.url).href)
      await untilShown(page)
      return page
    },
    async close() {
      await browser.close()
      await server.dispose()
      await database.dispose()
    },
  }
}

/** Waits until the page has its data, or says what it has not. */
export const untilShown = (page: Page): Promise<void> => page.locator('main > :not(.skeleton, [aria-busy=true])').first().waitFor()

/** Waits until nothing on the page waits: its data is there, its fonts, and what it asked for beside. */
export async function untilSettled(page: Page): Promise<void> {
  await untilShown(page)
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null)
  await page.evaluate(async () => void (await document.fonts.ready))
}

/** Closes a page with its context: its storage, its cookies, its sockets. */
export const closePage = (page: Page): Promise<void> => page.context().close()

/** Notes every misdeed of a page from its first request on. */
export async function watch(page: Page, origin: string, { foreign, complaints }: Misdeeds): Promise<void> {
  const isOwn = (address: string) => {
    const url = new URL(address)
    return ['data:', 'blob:', 'about:'].includes(url.protocol) || url.host === new URL(origin).host
  }
  page.context().on('request', request => isOwn(request.url()) || foreign.push(request.url()))
  page.on('websocket', socket => isOwn(socket.url()) || foreign.push(socket.url()))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // A server that is away is what some tests are about.
    if (message.type() === 'error' && !/net::ERR_|WebSocket connection to|status of 401/.test(message.text()))
      complaints.push(message.text())
  })
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', event =>
      console.error(`Content security policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  )
}
