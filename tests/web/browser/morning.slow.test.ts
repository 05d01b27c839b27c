import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { fill } from './fill.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'an operator in the morning', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
    await fill(site.rest)
  })
  afterAll(() => site?.close())

  test('sees which run failed, where and why and who was told, and runs it again: in a few clicks', async () => {
    const page = await site.open('/dashboard')
    await page
      .getByRole('region', { name: 'Runs by state' })
      .getByRole('link', { name: /^Failed/ })
      .click()
    await page.getByRole('link', { name: 'crimson-otter' }).click()
    await page.locator('.strip').getByText('load-orders-of-the-shop-and-of-every-market failed twice: ConnectionError').waitFor()
    const told = page.getByRole('region', { name: 'Who was told' })
    await told.getByText('gave up').waitFor()
    await page.getByRole('button', { name: 'Go to log line 247' }).click()
    await expect.poll(() => page.locator('.line.marked .message').textContent()).toMatch(/^Finished in state Failed/)
    await page.getByRole('button', { name: 'Retry run' }).click()
    await page.locator('main .pill').getByText('Awaiting retry').waitFor()
    await told.getByRole('link', { name: /crm-audit/ }).click()
    await page.getByText('is a loopback address').first().waitFor()
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })

  test('reads names that are too long for their place by resting the pointer on them', async () => {
    const page = await site.open('/flows')
    const titleOf = async (name: string) => {
      const cell = page.locator('td.name', { hasText: name })
      await cell.hover()
      return cell.getAttribute('title')
    }
    const long = 'a-flow-with-a-name-so-long-that-no-column-can-hold-it-whole'
    await expect.poll(() => titleOf(long)).toBe(long)
    expect(await titleOf('load-orders')).toBeNull()
    await closePage(page)
  })

  test('comes from a deployment’s name to its runs', async () => {
    const page = await site.open('/dashboard')
    await page.getByRole('link', { name: 'crimson-otter' }).first().click()
    await page.getByRole('link', { name: 'production', exact: true }).click()
    await page.getByRole('button', { name: 'Deployment: production' }).waitFor()
    await page.getByRole('link', { name: 'crimson-otter' }).waitFor()
    await closePage(page)
  })
})
