// `npm run screenshots [-- folder]`: every page in light and dark, on a desk's and a phone's screen, empty and full.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from '../../../scripts/build.js'
import { fill } from './fill.ts'
import { colorSchemes, emptyPages, fullPages, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

const TALLEST_PIXELS = 3000

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../.cache/screenshots', import.meta.url))
if (!build(process.execPath)) process.exit(1)
const missing = missingPages()
if (missing !== undefined) {
  console.error(`No screenshots: ${missing}.`)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const site = await openSite()
try {
  await photograph(site, 'empty', emptyPages)
  await photograph(site, 'full', fullPages(await fill(site.rest)))
} finally {
  await site.close()
}
console.log(folder)

async function photograph({ open }: Site, filling: 'empty' | 'full', pages: Record<string, string>): Promise<void> {
  for (const colorScheme of colorSchemes) {
    for (const viewport of screens) {
      for (const [name, path] of Object.entries(pages)) {
        const page = await open(path, { colorScheme, viewport, reducedMotion: 'reduce' })
        await page.getByText('Live', { exact: true }).waitFor()
        await page.evaluate(async () => void (await document.fonts.ready))
        if (viewport.width < 640) await stretch(page)
        await page.screenshot({ path: join(folder, `${name}-${filling}-${colorScheme}-${viewport.width}.png`) })
        await closePage(page)
      }
    }
  }
}

/** A phone's screen as long as its page, so that the bar at its foot hides nothing. */
async function stretch(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: page.viewportSize()!.width, height: Math.min(height, TALLEST_PIXELS) })
}
