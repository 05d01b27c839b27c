import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { startProxy } from './proxy.ts'
import { badgeOf, tilesOf } from './reading.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the counts beside the pages', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  const start = async () => {
    const id = await site.rest.createRun()
    await site.rest.setState(id, 'RUNNING')
    return id
  }
  const linkOf = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })
  const countsOf = async (page: Page) =>
    (await page.getByRole('navigation', { name: 'Main' }).locator('a .count').allTextContents()).map(text => text.trim())

  test('tell what runs while it runs, the same as the dashboard, and nothing when nothing does', async () => {
    const elsewhere = await site.open('/variables')
    const dashboard = await site.open('/dashboard')
    await expect.poll(() => countsOf(elsewhere)).toEqual([])
    const [first, second] = [await start(), await start()]
    await expect.poll(() => countsOf(elsewhere)).toEqual(['2'])
    await linkOf(elsewhere, 'Runs 2 running').waitFor()
    await expect.poll(async () => [await countsOf(dashboard), (await tilesOf(dashboard))['RUNNING']]).toEqual([['2'], 2])
    await site.rest.setState(first, 'COMPLETED')
    await expect.poll(() => countsOf(elsewhere)).toEqual(['1'])
    await site.rest.setState(second, 'FAILED')
    for (const page of [elsewhere, dashboard]) await expect.poll(() => countsOf(page)).toEqual([])
    await closePage(elsewhere)
    await closePage(dashboard)
  })

  test.each<[string, BrowserContextOptions]>([
    ['a rail of icons', { viewport: { width: 800, height: 900 } }],
    ['a phone', { viewport: { width: 390, height: 844 } }],
  ])('stand over the icons of %s', async (_where, options) => {
    const page = await site.open('/variables', options)
    const id = await start()
    await expect.poll(() => countsOf(page)).toContain('1')
    expect(await linkOf(page, 'Runs 1 running').locator('.count').isVisible()).toBe(true)
    await site.rest.setState(id, 'COMPLETED')
    await expect.poll(() => countsOf(page)).toEqual([])
    await closePage(page)
  })

  test('tell it too where no socket gets through, though each stream is one of the few requests that a browser opens', async () => {
    const proxy = await startProxy(site.server.url, { refusesSockets: true })
    const first = await start()
    const page = await (await site.browser.newContext()).newPage()
    await page.goto(`${proxy.url}runs/flow-run/${first}`)
    await expect.poll(() => badgeOf(page)).toBe('Live over HTTP')
    await expect.poll(() => countsOf(page)).toEqual(['1'])
    const second = await start()
    await expect.poll(() => countsOf(page)).toEqual(['2'])
    for (const id of [first, second]) await site.rest.setState(id, 'COMPLETED')
    await expect.poll(() => countsOf(page)).toEqual([])
    expect(await badgeOf(page)).toBe('Live over HTTP')
    await closePage(page)
    await proxy.close()
  })

  test('tell how many notifications fail, until they are paused', async () => {
    const channel = await site.rest.graphql<{ createBlockDocument: { blockDocument: { id: string } } }>(
      `mutation { createBlockDocument(input: { name: "crm-audit", blockTypeSlug: "custom-webhook", data: { name: "crm", url: "http://127.0.0.1:9/hook" } }) { blockDocument { id } } }`,
    )
    const made = await site.rest.graphql<{ createNotificationPolicy: { notificationPolicy: { id: string } } }>(
      `mutation { createNotificationPolicy(input: { channelIds: ["${channel.createBlockDocument.blockDocument.id}"], stateTypes: [FAILED] }) { notificationPolicy { id } } }`,
    )
    const page = await site.open('/variables')
    await site.rest.setState(await site.rest.createRun(), 'FAILED')
    await expect.poll(() => countsOf(page)).toEqual(['1'])
    await linkOf(page, 'Notifications 1 failing').waitFor()
    await site.rest.graphql(
      `mutation { pauseNotificationPolicy(input: { id: "${made.createNotificationPolicy.notificationPolicy.id}" }) { notificationPolicy { id } } }`,
    )
    await expect.poll(() => countsOf(page)).toEqual([])
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })
})
