import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { colorSchemes, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'
import { openWorkshop } from './workshop.ts'

describeUnless(missingPages(), 'the parts of pages', () => {
  let site: Site
  let workshop: Awaited<ReturnType<typeof openWorkshop>>
  beforeAll(async () => {
    site = await openSite()
    await site.rest.createRun({ name: 'crimson-otter' })
    workshop = await openWorkshop(site.server.url)
  })
  afterAll(async () => {
    await workshop?.close()
    await site?.close()
  })

  const heading = async (page: Page) => (await page.locator('h1').textContent())?.trim()
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())

  const openParts = async (options: BrowserContextOptions = {}) => {
    const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    const page = await context.newPage()
    await page.goto(`${workshop.url}/dev/parts`)
    await page.getByRole('region', { name: 'Messages, dark' }).waitFor()
    return page
  }
  const message = (page: Page) => page.locator('.toasts')

  test('a toast can be undone by its key, is heard, and closed by Escape', async () => {
    const page = await openParts()
    await page.getByRole('button', { name: 'Cancel run' }).first().click()
    await message(page).getByText('Cancelled tidy-finch').waitFor()
    expect(await page.locator('[aria-live=polite]').textContent()).toBe('Cancelled tidy-finch. Press Z to undo.')
    await page.keyboard.press('z')
    await message(page).getByText('Put back tidy-finch').waitFor()
    await page.getByRole('button', { name: 'Fail', exact: true }).first().click()
    await message(page).getByText('Not saved: the name is taken.').waitFor()
    await page.keyboard.press('Escape')
    await message(page).waitFor({ state: 'detached' })
    await closePage(page)
  })

  test('the slash leads to the filter of the page, in which letters are letters', async () => {
    const page = await openParts()
    await page.keyboard.press('/')
    await page.keyboard.type('g v?')
    await expect.poll(() => page.locator('[data-shortcut=filter]').first().inputValue()).toBe('g v?')
    expect(await heading(page)).toBe('Parts')
    await closePage(page)
  })

  test('what scopes a page stands in the top bar, and on a narrow screen below it', async () => {
    const page = await openParts()
    const themes = page.getByRole('radiogroup', { name: 'Themes' })
    expect((await themes.boundingBox())!.y).toBeLessThan(48)
    await themes.getByRole('radio', { name: 'Dark' }).check()
    await page.getByRole('region', { name: 'Messages, light' }).waitFor({ state: 'detached' })
    await page.setViewportSize({ width: 700, height: 900 })
    await expect.poll(async () => (await themes.boundingBox())!.y).toBeGreaterThan(48)
    await page.keyboard.press('g')
    await page.keyboard.press('v')
    await expect.poll(() => heading(page)).toBe('Variables')
    expect(await themes.count()).toBe(0)
    await closePage(page)
  })

  test('a section that breaks leaves the rest standing, and may be tried again', async () => {
    const page = await openParts()
    const broken = page.getByRole('region', { name: 'A section that broke, light' })
    await broken.getByText('The list has no beginning.').waitFor()
    await broken.getByRole('button', { name: 'Try again' }).click()
    await broken.getByText('The list has no beginning.').waitFor()
    await broken.getByRole('button', { name: 'Try again' }).click()
    await broken.getByText('Mended.').waitFor()
    await closePage(page)
  })

  test('a menu opens by the arrow, is walked by keys and letters, and gives the focus back', async () => {
    const page = await openParts()
    const button = page.getByRole('button', { name: 'Actions' }).first()
    await button.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('menu', { name: 'Actions' }).waitFor()
    await page.keyboard.press('Home')
    await expect.poll(() => focused(page)).toMatch(/^Retry run/)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused(page)).toBe('Copy id')
    await page.keyboard.press('s')
    await expect.poll(() => focused(page)).toBe('Set state Failed')
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('Actions')
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false')
    await closePage(page)
  })

  test('what opens has the focus at once: a key pressed before the next picture is drawn is its own', async () => {
    const page = await openParts()
    const focusedAtOnce = (name: string) =>
      page
        .getByRole('button', { name })
        .first()
        .evaluate(button => {
          ;(button as HTMLElement).click()
          return document.activeElement?.textContent?.trim() ?? ''
        })
    expect(await focusedAtOnce('Actions')).toBe('Newest first')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await focusedAtOnce('Tag:')).not.toMatch(/^Tag/)
    await closePage(page)
  })

  test('of two that float, the second stays when the browser tells late that the first is closed', async () => {
    const page = await openParts()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find or do' }).waitFor()
    await page.evaluate(() => {
      document.querySelector<HTMLDialogElement>('dialog[open]')!.close()
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))
    })
    const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
    await sheet.waitFor()
    await sheet.getByRole('button', { name: 'Close' }).click()
    await sheet.waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await sheet.waitFor()
    await closePage(page)
  })

  test('a dialog asks with the safe answer first, and gives the focus back', async () => {
    const page = await openParts()
    const button = page.getByRole('button', { name: 'Delete 2 runs' }).nth(1)
    await button.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /^Delete 2 runs/ }).waitFor()
    await expect.poll(() => focused(page)).toBe('Keep them')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Delete 2 runs')
    await closePage(page)
  })

  test('a form from a schema keeps what is secret, and says at its place what is wrong', async () => {
    const page = await openParts()
    const form = page.getByRole('region', { name: 'A form from a schema, light' })
    const told = async () => JSON.parse((await form.locator('output').textContent())!)
    const before = await told()
    const kept = { headers: { 'x-from': 'castellan' }, token: '***', secrets: { pin: '***' } }
    expect(before).toEqual({ name: 'crm-audit', url: 'https://crm.example/hook', verify: false, ...kept })
    await form.getByRole('button', { name: 'Replace Token' }).press('Enter')
    await page.keyboard.type('new-token')
    await expect.poll(told).toEqual({ ...before, token: 'new-token' })
    await form.getByRole('button', { name: 'Keep the one there is' }).press('Enter')
    await expect.poll(told).toEqual(before)
    await form.getByLabel('Timeout').fill('0')
    await form.getByLabel('Name', { exact: true }).fill('')
    await form.getByText('At least 1.').waitFor()
    await form.getByRole('button', { name: 'Add to Headers' }).press('Enter')
    await page.keyboard.type('x-level')
    await page.keyboard.press('Tab')
    await page.keyboard.type('high')
    await form.getByLabel('Recipients').fill('a@x.example\nb@x.example')
    await form.getByLabel('Method').selectOption('GET')
    await form.getByLabel('Credentials').selectOption('production')
    await expect.poll(told).toEqual({
      ...kept,
      ...{ url: before.url, verify: false, method: 'GET', timeout: 0, to: ['a@x.example', 'b@x.example'] },
      headers: { 'x-from': 'castellan', 'x-level': 'high' },
      credentials: { $ref: { block_document_id: '1' } },
    })
    await form.getByRole('button', { name: 'Try the form' }).click()
    await form.getByText('Name is needed.').waitFor()
    await closePage(page)
  })

  test('a wizard is walked by keys, and says what a step still needs; a field of tokens takes, offers and drops them', async () => {
    const page = await openParts()
    const wizard = page.getByRole('region', { name: 'A wizard, light' })
    await wizard.getByRole('button', { name: 'Next: where' }).click()
    const field = wizard.getByRole('combobox', { name: 'Names' })
    await field.focus()
    await page.keyboard.press('Backspace')
    await wizard.getByRole('button', { name: 'Remove nightly' }).waitFor({ state: 'detached' })
    await wizard.getByRole('button', { name: 'Next: review' }).press('Enter')
    await wizard.getByRole('alert').getByText('Choose one.').waitFor()
    await field.focus()
    await page.keyboard.type('nightly')
    await wizard.getByRole('option', { name: 'nightly-backup' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => wizard.getByRole('option', { selected: true }).textContent()).toBe('nightly-backup')
    await page.keyboard.press('Enter')
    await page.keyboard.type('my own,')
    await wizard.getByRole('button', { name: 'Remove nightly-backup' }).waitFor()
    await wizard.getByRole('button', { name: 'Remove my own' }).waitFor()
    await wizard.getByRole('button', { name: 'Next: review' }).press('Enter')
    await wizard.getByText('Saved').waitFor()
    await closePage(page)
  })

  const combinations = colorSchemes.flatMap(colorScheme => screens.map(viewport => ({ colorScheme, viewport, width: viewport.width })))
  test.each(combinations)(
    'axe finds nothing to say about the parts, the palette and the sheet: $colorScheme, $width wide',
    async ({ colorScheme, viewport }) => {
      const page = await openParts({ colorScheme, viewport, reducedMotion: 'reduce' })
      const found: Record<string, string[]> = {}
      const look = async (name: string) => {
        found[name] = await violationsOf(page)
      }
      await look('parts')
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      await page.getByRole('button', { name: 'Actions' }).first().click()
      await page.getByRole('menu').waitFor()
      await look('menu')
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'hidden' })
      await page
        .getByRole('button', { name: /^State:/ })
        .first()
        .click()
      await page.getByRole('dialog', { name: 'State' }).waitFor()
      await look('filter')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Find or do' }).fill('otter')
      await page.getByText(/^1 result in/).waitFor()
      await look('palette')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor()
      await look('sheet')
      expect({ overflow, ...found }).toEqual({ overflow: 0, parts: [], menu: [], filter: [], palette: [], sheet: [] })
      await closePage(page)
    },
  )
})
