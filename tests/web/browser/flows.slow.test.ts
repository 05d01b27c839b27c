import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { operationsOf, withinQuarterHour } from './requests.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

/** Name and numbers of each row, from the top: runs, failed, running, last run. */
const flowsOf = (page: Page): Promise<string[]> =>
  page.locator('tbody tr').evaluateAll(rows =>
    rows.map(row =>
      ['a.flow', '.runs', '.failed', '.running', '.last .label']
        .map(part => row.querySelector(part)?.childNodes)
        .map(
          nodes =>
            [...(nodes ?? [])].find(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())?.textContent?.trim() ?? '–',
        )
        .join(' '),
    ),
  )

describeUnless(missingPages(), 'flows', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  describe('in their list', () => {
    test('are awaited with a command, and light up with the first run, with no reload', async () => {
      const page = await site.open('/flows')
      await page.getByText('Waiting for the first flow').waitFor()
      const id = await site.rest.createRun({ flow: 'etl', name: 'first' })
      await expect.poll(() => flowsOf(page)).toEqual(['etl 1 0 0 Pending'])
      await site.rest.setState(id, 'RUNNING')
      await expect.poll(() => flowsOf(page)).toEqual(['etl 1 0 1 Running'])
      await site.rest.setState(id, 'FAILED')
      await expect.poll(() => flowsOf(page)).toEqual(['etl 1 1 0 Failed'])
      await site.rest.createRun({ flow: 'build', type: 'RUNNING' })
      await expect.poll(() => flowsOf(page)).toEqual(['build 1 0 1 Running', 'etl 1 1 0 Failed'])
      await closePage(page)
    })

    test('show the same after a reload, asked for in one question beside those of the frame', async () => {
      const page = await site.open('/flows')
      await expect.poll(() => flowsOf(page)).toEqual(['build 1 0 1 Running', 'etl 1 1 0 Failed'])
      const requests: string[] = []
      page.on('request', request => request.url().endsWith('/graphql') && requests.push(operationsOf(request)))
      const asked = await withinQuarterHour(async () => {
        requests.splice(0)
        await page.reload()
        await page.locator('tbody tr').first().waitFor()
        return requests.flatMap(names => names.split(' + '))
      })
      expect(asked.toSorted()).toEqual(['Bell', 'Flows', 'LiveCounts', 'ServerFacts'])
      await closePage(page)
    })

    test('are sought by name, in the address, and the field stays where nothing is found', async () => {
      const page = await site.open('/flows')
      await page.locator('tbody tr').first().waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('eT')
      await expect.poll(() => flowsOf(page)).toEqual(['etl 1 1 0 Failed'])
      await expect.poll(() => new URL(page.url()).search).toBe('?name=eT')
      await page.keyboard.type('nowhere')
      await page.getByText('0 of 2 match').waitFor()
      expect(await page.getByLabel('Name of the flow').inputValue()).toBe('eTnowhere')
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await expect.poll(() => flowsOf(page)).toHaveLength(2)
      expect(new URL(page.url()).search).toBe('')
      await page.getByRole('radio', { name: 'Newest' }).check()
      await expect.poll(() => flowsOf(page)).toEqual(['build 1 0 1 Running', 'etl 1 1 0 Failed'])
      expect(new URL(page.url()).search).toBe('?order=newest')
      await closePage(page)
    })

    test('are opened by the keyboard alone', async () => {
      const page = await site.open('/flows')
      await page.locator('tbody tr').nth(1).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.locator('main h2.name').getByText('etl', { exact: true }).waitFor()
      expect(await page.title()).toBe('etl · Flows · Castellan')
      await closePage(page)
    })
  })

  describe('on the page of one', () => {
    const figuresOf = (page: Page) =>
      page
        .locator('main dl > div')
        .evaluateAll(figures =>
          figures.map(figure => `${figure.children[0]?.textContent?.trim()}: ${figure.children[1]?.textContent?.trim()}`),
        )

    const idOf = async (name: string) => {
      const { flows } = await site.rest.graphql<{ flows: { nodes: { id: string }[] } }>(
        `{ flows(filter: { names: ["${name}"] }) { nodes { id } } }`,
      )
      return flows.nodes[0]!.id
    }

    test('its figures, its chart and its runs change together as its runs do', async () => {
      const page = await site.open(`/flows/flow/${await idOf('etl')}`)
      await page.locator('tbody tr').first().waitFor()
      expect(await figuresOf(page)).toMatchObject([
        'Runs: 1',
        'Failed or crashed: 1',
        'Success rate: 0.0 %',
        expect.any(String),
        expect.any(String),
        'Running now: 0',
      ])
      const id = await site.rest.createRun({ flow: 'etl', name: 'second', type: 'RUNNING' })
      await expect.poll(async () => (await figuresOf(page)).at(-1)).toBe('Running now: 1')
      await site.rest.setState(id, 'COMPLETED')
      await expect
        .poll(async () => (await figuresOf(page)).slice(0, 3))
        .toEqual(['Runs: 2', 'Failed or crashed: 1', 'Success rate: 50.0 %'])
      await expect.poll(() => page.locator('.legend button', { hasText: 'Completed 1' }).count()).toBe(1)
      await expect.poll(() => page.locator('tbody tr .run').first().textContent()).toBe('second')
      await closePage(page)
    })

    test('its chart says the same as a table, and its bars are walked by the arrow keys', async () => {
      const page = await site.open(`/flows/flow/${await idOf('etl')}`)
      const chart = page.getByRole('img', { name: /^2 runs from .*: 1 failed, 1 completed\./ })
      await chart.focus()
      const tip = () => page.locator('.tip').allTextContents()
      // From the end over what is ahead of now; the quarter of an hour of the runs may have passed meanwhile.
      for (let said = await tip(); !said.join().includes('Failed'); said = await tip()) {
        await page.keyboard.press('ArrowLeft')
        await expect.poll(tip).not.toEqual(said)
      }
      await page.getByRole('button', { name: 'Table', exact: true }).click()
      await expect.poll(() => page.getByRole('group', { name: 'Runs over time as a table' }).locator('tbody tr').count()).toBe(1)
      await closePage(page)
    })

    test('its range is in the address, and survives a reload', async () => {
      const page = await site.open(`/flows/flow/${await idOf('etl')}`)
      await page.getByRole('radio', { name: '7d' }).check()
      await page.getByText('last 7 days').waitFor()
      expect(new URL(page.url()).search).toBe('?range=7d')
      await page.reload()
      await page.getByText('last 7 days').waitFor()
      await closePage(page)
    })

    test('it is deleted only after the page has said how many runs go with it', async () => {
      const id = await idOf('etl')
      const page = await site.open(`/flows/flow/${id}`)
      await page.getByRole('button', { name: 'Delete flow' }).click()
      await page.getByRole('dialog').getByText('2 runs', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Keep the flow' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await idOf('etl')).toBe(id)
      await page.getByRole('button', { name: 'Delete flow' }).click()
      await page.getByRole('button', { name: 'Delete flow and 2 runs' }).click()
      await expect.poll(() => flowsOf(page)).toEqual(['build 1 0 1 Running'])
      await page.goto(`${site.server.url}/flows/flow/${id}`)
      await page.getByText('There is no such flow').waitFor()
      await closePage(page)
    })
  })

  test('ask for nothing outside their server, and keep its content security policy', () => {
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
})
