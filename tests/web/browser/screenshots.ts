// `npm run screenshots [-- folder]`: every page in light and dark, on a desk's and a phone's screen, empty and full; what floats over
// them; and the parts they are made of.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from '../../../scripts/build.js'
import { fill } from './fill.ts'
import { colorSchemes, emptyPages, fullPages, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site, untilSettled, untilShown } from './site.ts'
import { openWorkshop } from './workshop.ts'

const TALLEST_PIXELS = 3000
const looks = colorSchemes.flatMap(colorScheme =>
  screens.map(viewport => ({ colorScheme, viewport, suffix: `${colorScheme}-${viewport.width}` })),
)

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
  await photographWhatFloats(site)
  await photographParts(site)
} finally {
  await site.close()
}
console.log(folder)

async function photograph({ open }: Site, filling: 'empty' | 'full', pages: Record<string, string>): Promise<void> {
  for (const { colorScheme, viewport, suffix } of looks) {
    for (const [name, path] of Object.entries(pages)) {
      const page = await open(path, { colorScheme, viewport, reducedMotion: 'reduce' })
      await untilLive(page)
      await untilSettled(page)
      if (viewport.width < 640) await stretch(page)
      await page.screenshot({ path: join(folder, `${name}-${filling}-${suffix}.png`) })
      await closePage(page)
    }
  }
}

async function photographWhatFloats({ open }: Site): Promise<void> {
  for (const { colorScheme, viewport, suffix } of looks) {
    const page = await open('/dashboard', { colorScheme, viewport, reducedMotion: 'reduce' })
    await untilLive(page)
    await untilSettled(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor()
    await page.screenshot({ path: join(folder, `shortcuts-${suffix}.png`) })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find or do' }).fill('load')
    await page.getByText(/results in/).waitFor()
    await page.screenshot({ path: join(folder, `palette-${suffix}.png`) })
    await closePage(page)
  }
}

/** Both themes stand on this page. */
async function photographParts({ browser, server }: Site): Promise<void> {
  const workshop = await openWorkshop(server.url)
  for (const viewport of screens) {
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce' })
    await page.goto(`${workshop.url}/dev/parts`)
    await untilLive(page)
    await untilShown(page)
    await page.evaluate(async () => void (await document.fonts.ready))
    await page.screenshot({ path: join(folder, `parts-${viewport.width}.png`), fullPage: true })
    await closePage(page)
  }
  await workshop.close()
}

async function untilLive(page: Page): Promise<void> {
  await page.locator('header').getByText('Live', { exact: true }).waitFor()
}

/** A phone's screen as long as its page, so that the bar at its foot hides nothing. */
async function stretch(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: page.viewportSize()!.width, height: Math.min(height, TALLEST_PIXELS) })
}
