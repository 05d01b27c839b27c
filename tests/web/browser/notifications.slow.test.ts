import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { colorSchemes, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site, untilShown } from './site.ts'

describeUnless(missingPages(), 'the list of notifications', () => {
  let site: Site
  let channelId: string
  beforeAll(async () => {
    site = await openSite()
    const { createBlockDocument } = await site.rest.graphql<{ createBlockDocument: { blockDocument: { id: string } } }>(
      `mutation { createBlockDocument(input: { name: "crm-audit", blockTypeSlug: "custom-webhook", data: { name: "crm", url: "https://crm.example/hook" } }) {
        blockDocument { id }
      } }`,
    )
    channelId = createBlockDocument.blockDocument.id
  })
  afterAll(() => site?.close())

  const make = async (input: string): Promise<string> => {
    const { createNotificationPolicy } = await site.rest.graphql<{ createNotificationPolicy: { notificationPolicy: { id: string } } }>(
      `mutation { createNotificationPolicy(input: { channelIds: ["${channelId}"], ${input} }) { notificationPolicy { id } } }`,
    )
    return createNotificationPolicy.notificationPolicy.id
  }
  const sentences = (page: Page) => page.getByRole('list', { name: 'Notifications' }).locator('.sentence')
  const texts = (page: Page) => sentences(page).allTextContents()
  const rowOf = (page: Page, words: string) => page.getByRole('list', { name: 'Notifications' }).locator('> li').filter({ hasText: words })

  test('is a lesson while there are none, and follows what happens', async () => {
    const page = await site.open('/notifications')
    await page.getByRole('heading', { name: 'No notifications yet' }).waitFor()
    expect(await page.getByRole('link', { name: 'New notification' }).count()).toBe(1)
    await make('stateTypes: [FAILED], tags: ["daily-etl"]')
    await expect
      .poll(() => texts(page))
      .toEqual(['If a run of any flow with daily-etl tag enters a failed state, send a notification to crm-audit'])
    await make('stateNames: ["TimedOut", "Late"], name: "slow ones"')
    await expect.poll(() => texts(page).then(all => all[0])).toMatch(/^If a run of any flow enters a timed out or late state/)
    await closePage(page)
  })

  test('pauses and resumes by the switch, and narrows to what is chosen and typed', async () => {
    const page = await site.open('/notifications')
    await rowOf(page, 'daily-etl').getByRole('switch').click()
    await rowOf(page, 'daily-etl')
      .getByText(/^paused/)
      .waitFor()
    await page.getByRole('radio', { name: 'Paused 1' }).check()
    await expect.poll(() => sentences(page).count()).toBe(1)
    expect(page.url()).toContain('show=paused')
    await page.getByRole('radio', { name: 'All 2' }).check()
    await page.keyboard.press('Escape')
    await page.getByLabel('State, tag, flow or channel').fill('slow ones')
    await expect.poll(() => texts(page).then(all => all.map(text => text.includes('timed out')))).toEqual([true])
    await page.getByLabel('State, tag, flow or channel').fill('nothing has this')
    await page.getByRole('heading', { name: '0 of 2 notifications match' }).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await rowOf(page, 'daily-etl').getByRole('switch').click()
    await page.getByRole('radio', { name: 'Active 2' }).waitFor()
    await closePage(page)
  })

  test('deletes what nobody takes back, and nothing else', async () => {
    const page = await site.open('/notifications')
    const remove = async () => {
      await rowOf(page, 'daily-etl')
        .getByRole('button', { name: /^Actions/ })
        .click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await expect.poll(() => sentences(page).count()).toBe(1)
    }
    const known = () =>
      site.rest
        .graphql<{ notificationPolicies: { nodes: { isActive: boolean }[] } }>('{ notificationPolicies { nodes { isActive } } }')
        .then(({ notificationPolicies }) => notificationPolicies.nodes.map(({ isActive }) => isActive))
    await remove()
    await expect.poll(known).toEqual([true, false])
    await page.keyboard.press('z')
    await expect.poll(() => sentences(page).count()).toBe(2)
    await expect.poll(known).toEqual([true, true])
    await remove()
    await page.keyboard.press('Escape')
    await expect.poll(known).toEqual([true])
    await closePage(page)
  })

  describe.each(colorSchemes)('in %s', colorScheme => {
    test.each(screens)('axe finds nothing to say, and no page is wider than its screen: $width', async viewport => {
      const page = await site.open('/notifications', { colorScheme, viewport, reducedMotion: 'reduce' })
      await untilShown(page)
      await page.getByRole('list', { name: 'Notifications' }).waitFor()
      expect(await violationsOf(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
      await closePage(page)
    })
  })
})
