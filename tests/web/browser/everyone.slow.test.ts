import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { fill } from './fill.ts'
import { colorSchemes, emptyPages, fullPages, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site, untilSettled } from './site.ts'

const combinations = colorSchemes.flatMap(colorScheme =>
  screens.map(viewport => ({ colorScheme, viewport, name: `${colorScheme}, ${viewport.width} wide` })),
)

describeUnless(missingPages(), 'pages are for everyone', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  const isClean = async (page: Page, pages: Record<string, string>) => {
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(site.server.url + path)
      await untilSettled(page)
      expect({ page: name, violations: await violationsOf(page) }).toEqual({ page: name, violations: [] })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect({ page: name, overflow }).toEqual({ page: name, overflow: 0 })
    }
  }

  describe('with nothing on the server', () => {
    test.each(combinations)('axe finds nothing to say, and no page is wider than its screen: $name', async ({ colorScheme, viewport }) => {
      const page = await site.open('/', { colorScheme, viewport, reducedMotion: 'reduce' })
      await isClean(page, emptyPages)
      await closePage(page)
    })
  })

  describe('with runs in every state', () => {
    let pages: Record<string, string>
    beforeAll(async () => {
      pages = fullPages(await fill(site.rest))
    })

    test.each(combinations)('axe finds nothing to say, and no page is wider than its screen: $name', async ({ colorScheme, viewport }) => {
      const page = await site.open('/', { colorScheme, viewport, reducedMotion: 'reduce' })
      await isClean(page, pages)
      await closePage(page)
    })

    test.each(colorSchemes)('nor with the stronger state colours: %s', async colorScheme => {
      const page = await site.open('/', { colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(() => localStorage.setItem('castellan.states', 'stronger'))
      await isClean(page, { dashboard: pages['dashboard']!, 'run-failed': pages['run-failed']! })
      await closePage(page)
    })

    test.each(colorSchemes)('nor on a page whose data could not be read: %s', async colorScheme => {
      const page = await site.open('/', { colorScheme, reducedMotion: 'reduce' })
      await page.route('**/graphql', route => route.abort())
      for (const path of [
        '/dashboard',
        pages['run-failed']!,
        '/variables',
        '/server',
        '/notifications',
        '/flows',
        pages['flow']!,
        '/events',
      ]) {
        await page.goto(site.server.url + path)
        await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor()
        expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] })
      }
      await page.unroute('**/graphql')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByRole('alert').waitFor({ state: 'detached' })
      await closePage(page)
    })

    test('the keyboard reaches a run from the list, and the list again', async () => {
      const page = await site.open('/dashboard')
      await page.locator('tbody tr').nth(1).waitFor()
      const above = await page.locator('.rows .name:any-link').count()
      for (let row = 0; row < above + 2; row += 1) await page.keyboard.press('j')
      const name = await page.locator('tbody tr .name a').nth(1).textContent()
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(name)
      await page.keyboard.press('Enter')
      await page.locator('main h2.name').getByText(name!, { exact: true }).waitFor()
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
      await page.goBack()
      await page.locator('tbody tr').first().waitFor()
      await page.keyboard.press('Tab')
      await closePage(page)
    })
  })

  test('the pages ask for nothing outside their server, and keep its content security policy', () => {
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
})
