import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { makeWideRun } from './large-run.ts'
import { closePage, missingPages, openSite, type Site, untilSettled } from './site.ts'

const TASK_RUNS = 12_000
const MINUTES = 5

describeUnless(missingPages(), `a run of ${TASK_RUNS} task runs`, () => {
  let site: Site
  let run: string
  beforeAll(async () => {
    site = await openSite()
    run = await makeWideRun(site, TASK_RUNS)
  }, MINUTES * 60_000)
  afterAll(() => site?.close())

  const open = async (query = '') => {
    const page = await site.open(`/runs/flow-run/${run}${query}`)
    await untilSettled(page)
    return page
  }
  const box = (page: Page) => page.getByRole('region', { name: 'Task runs' })
  const names = (page: Page) => box(page).locator('.name a').allTextContents()

  test('says how many there are, and draws the rest when it is asked for', async () => {
    const page = await open()
    await page.locator('.sentence').getByText('12,000 tasks: 11,880 completed, 119 failed, 1 running').waitFor()
    await page.getByRole('navigation', { name: 'What happens in the run' }).getByRole('link', { name: 'Task runs 12,000' }).waitFor()
    const part = page.locator('.part')
    await part.getByText('The first 5,000 of 12,000 task runs are drawn.').waitFor()
    await part.getByRole('button', { name: 'Draw the next 5,000' }).click()
    await part.getByText('The first 10,000 of 12,000 task runs are drawn.').waitFor()
    await part.getByRole('button', { name: 'Draw the next 2,000' }).click()
    await part.waitFor({ state: 'detached' })
    expect(await page.locator('.timeline li').first().getAttribute('aria-setsize')).toBe('12000')
    await page.getByRole('link', { name: 'Graph', exact: true }).click()
    await page.locator('.graph .foot').getByText('12,000 task runs').waitFor()
    await closePage(page)
  })

  test('is a timeline at once: it is of use while the rest is still on its way, and keeps the place of that', async () => {
    const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const held: (() => void)[] = []
    await page.route('**/graphql', async route => {
      if (route.request().postData()?.includes('query FlowRunTasksPart')) await new Promise<void>(resolve => held.push(resolve))
      await route.continue()
    })
    await page.goto(`${site.server.url}/runs/flow-run/${run}`)
    await page.getByRole('button', { name: 'Nearer' }).click()
    const rows = page.locator('.timeline .rows')
    expect(await rows.locator('li').first().getAttribute('aria-setsize')).toBe('5000')
    const height = () => rows.evaluate(element => element.scrollHeight)
    const before = await height()
    await rows.evaluate(element => (element.scrollTop = element.scrollHeight))
    await expect.poll(() => held.length).toBe(1)
    expect(await page.locator('.part').count()).toBe(0)
    held[0]!()
    await rows.locator('li[aria-posinset="5000"]').waitFor()
    expect(await height()).toBe(before)
    await page.locator('.part').getByText('The first 5,000 of 12,000 task runs are drawn.').waitFor()
    await closePage(page)
  })

  test('is a graph that says what it leaves out', async () => {
    const page = await open('?tab=graph')
    await page.getByText('The first 5,000 of 12,000 task runs are drawn.').waitFor()
    await page.locator('.graph .foot').getByText('5,000 task runs').waitFor()
    await closePage(page)
  })

  test('is a table that reads on as it is scrolled', async () => {
    const page = await open('?tab=tasks')
    await page.getByText('more than 10,000 of 12,000').waitFor()
    const lastRow = () =>
      box(page).evaluate(element => {
        element.scrollTop = element.scrollHeight
        return Math.max(...[...element.querySelectorAll('[aria-rowindex]')].map(row => Number(row.getAttribute('aria-rowindex'))))
      })
    await expect.poll(lastRow).toBeGreaterThan(1_000)
    const shown = await names(page)
    expect(shown).toEqual([...new Set(shown)])
    await closePage(page)
  })

  test('is filtered over all its task runs, by name and by state, and the address keeps it', async () => {
    const page = await open('?tab=tasks')
    await page.getByRole('textbox', { name: 'Search 12,000 task runs' }).fill('fetch-1199')
    await page.getByText('11 of 12,000').waitFor()
    const fitting = ['fetch-1199', ...Array.from({ length: 10 }, (_, index) => `fetch-1199${index}`)]
    await expect.poll(async () => (await names(page)).toSorted()).toEqual(fitting)
    await page.getByRole('button', { name: /^State:/ }).click()
    await page.getByRole('checkbox', { name: /Failed/ }).click()
    await page.getByText('1 of 12,000').waitFor()
    await expect.poll(() => names(page)).toEqual(['fetch-1199'])
    await page.reload()
    await untilSettled(page)
    await expect.poll(() => names(page)).toEqual(['fetch-1199'])
    await page.getByRole('textbox', { name: 'Search 12,000 task runs' }).fill('')
    await page.getByText('119 of 12,000').waitFor()
    await closePage(page)
  })

  test('goes on live: what is not drawn changes in the table and in the counts', async () => {
    const page = await open('?tab=tasks&name=fetch-11999')
    const row = box(page).getByRole('row').filter({ hasText: 'fetch-11999' })
    await row.getByText('Running').waitFor()
    const last = `{ taskRuns(filter: { flowRunIds: ["${run}"], nameContains: "fetch-11999" }) { nodes { id } } }`
    const { taskRuns } = await site.rest.graphql<{ taskRuns: { nodes: { id: string }[] } }>(last)
    await site.rest.setTaskState(taskRuns.nodes[0]!.id, 'FAILED')
    await row.getByText('Failed').waitFor()
    await page.locator('.sentence').getByText('12,000 tasks: 11,880 completed, 120 failed.').waitFor()
    await closePage(page)
  })
})
