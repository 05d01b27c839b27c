// `npm run screenshots [-- folder]`: every page in light and dark, on a desk's and a phone's screen, empty and full.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../../scripts/build.js'
import { fill } from './fill.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../.cache/screenshots', import.meta.url))
const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

if (!build(process.execPath)) process.exit(1)
const missing = missingPages()
if (missing !== undefined) {
  console.error(`No screenshots: ${missing}.`)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const site = await openSite()
try {
  await photograph(site, 'empty', { dashboard: '/dashboard', variables: '/variables', server: '/server', 'not-found': '/nowhere' })
  const { failed, running } = await fill(site.rest)
  await photograph(site, 'full', {
    dashboard: '/dashboard',
    'dashboard-failed': '/dashboard?state=FAILED',
    'run-failed': `/runs/flow-run/${failed}`,
    'run-running': `/runs/flow-run/${running}`,
    'run-unknown': '/runs/flow-run/00000000-0000-7000-8000-000000000000',
    variables: '/variables',
    server: '/server',
  })
} finally {
  await site.close()
}
console.log(folder)

async function photograph({ open }: Site, filling: 'empty' | 'full', pages: Record<string, string>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of screens) {
      for (const [name, path] of Object.entries(pages)) {
        const page = await open(path, { colorScheme, viewport, reducedMotion: 'reduce' })
        await page.locator('main .skeleton').waitFor({ state: 'detached' })
        await page.getByText('Live', { exact: true }).waitFor()
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot({ path: join(folder, `${name}-${filling}-${colorScheme}-${viewport.width}.png`), fullPage: viewport.width < 640 })
        await closePage(page)
      }
    }
  }
}
