import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { badgeOf, rowsOf } from './reading.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'a page', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
    await site.rest.createRun({ name: 'first' })
  })
  afterAll(() => site.close())

  const open = async (): Promise<Page> => {
    const page = await site.open('/dashboard')
    await expect.poll(() => badgeOf(page)).toBe('Live')
    return page
  }

  test('stands still when it is told to, says how much waits, and goes on', async () => {
    const page = await open()
    const before = await rowsOf(page)
    await page.keyboard.press('.')
    await expect.poll(() => badgeOf(page)).toBe('Paused by you')
    await site.rest.setState(await site.rest.createRun({ name: 'held-back' }), 'RUNNING')
    await expect.poll(() => badgeOf(page)).toMatch(/^Paused by you, \d+ wait$/)
    expect(await rowsOf(page)).toEqual(before)

    await page.locator('.badge').click()
    const dialog = page.getByRole('dialog', { name: 'Connection' })
    await dialog.getByText(/^What you see stands still\. \d+ changes? waits? until you go on\./).waitFor()
    await dialog.getByRole('button', { name: /^Go on/ }).click()
    await expect.poll(() => badgeOf(page)).toBe('Live')
    await expect.poll(() => rowsOf(page)).toEqual(['Running held-back', ...before])
    await closePage(page)
  })

  test('tells how far the server is', async () => {
    const page = await open()
    await page.locator('.badge').click()
    await page.getByText(/^There and back in [\d.]+ ms/).waitFor()
    await closePage(page)
  })

  test('out of sight follows nothing, and when seen again shows what there is', async () => {
    const page = await open()
    const subscribers = async () =>
      (await site.rest.graphql<{ server: { subscribers: number } }>('{ server { subscribers } }')).server.subscribers
    await expect.poll(subscribers).toBeGreaterThan(0)
    const hide = (isHidden: boolean) =>
      page.evaluate(hidden => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
    await hide(true)
    await expect.poll(subscribers).toBe(0)
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await site.rest.createRun({ name: 'unseen' })
    expect((await rowsOf(page))[0]).not.toBe('Pending unseen')
    expect(asked).toEqual([])
    await hide(false)
    await expect.poll(async () => (await rowsOf(page))[0]).toBe('Pending unseen')
    await expect.poll(subscribers).toBeGreaterThan(0)
    await site.rest.createRun({ name: 'seen' })
    await expect.poll(async () => (await rowsOf(page))[0]).toBe('Pending seen')
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })
})
