import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { rowsOf } from './reading.ts'
import { firstRow, focusedRow, leave, makeRuns, openRuns, queryOf, RUNS, totalOf } from './runs-list.ts'
import { missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the runs', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
    await makeRuns(site.rest)
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  describe('filters', () => {
    test('are in the address: what is chosen is written there, and what is written there is chosen', async () => {
      const page = await openRuns(site)
      expect(await page.title()).toBe('Runs · Castellan')
      await page.getByRole('button', { name: 'State: any' }).click()
      await page.getByRole('checkbox', { name: 'Failed', exact: true }).check()
      await expect.poll(() => totalOf(page)).toBe('9 runs')
      expect(queryOf(page)).toBe('?state=FAILED')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Flow/ }).click()
      await page.getByRole('checkbox', { name: 'train' }).check()
      await page.getByText('0 runs match').waitFor()
      await page.goBack()
      await expect.poll(() => totalOf(page)).toBe('9 runs')
      await page.reload()
      await page.locator('.list-bar').waitFor()
      await expect.poll(() => page.locator('.matching').textContent()).toContain('9 of 450 runs match')
      await expect.poll(async () => (await rowsOf(page))[0]).toBe('Failed heron-400')
      await page.getByRole('button', { name: 'Clear state' }).click()
      await expect.poll(() => totalOf(page)).toBe('450 runs')
      expect(queryOf(page)).toBe('')
      await leave(site, page)
    })

    test('by name are reached with one key, and take an id too', async () => {
      const page = await openRuns(site)
      await page.keyboard.press('/')
      await page.keyboard.type('heron-44')
      await expect.poll(() => totalOf(page)).toBe('11 runs')
      expect(queryOf(page)).toBe('?name=heron-44')
      await page.keyboard.press('Escape')
      await expect.poll(() => totalOf(page)).toBe('450 runs')
      const id = await firstRow(page).locator('.run').getAttribute('data-run')
      await page.keyboard.type(id!)
      await expect.poll(() => totalOf(page)).toBe('1 run')
      await leave(site, page)
    })

    test('take tags and ranges, and an order', async () => {
      const page = await openRuns(site)
      await page.getByRole('button', { name: /^Tag/ }).click()
      await page.keyboard.type('nightly')
      await page.keyboard.press('Enter')
      await expect.poll(() => totalOf(page)).toBe('150 runs')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Started:/ }).click()
      await page.getByRole('button', { name: 'last hour' }).click()
      await expect.poll(() => queryOf(page)).toBe('?tag=nightly&range=1h')
      await page.locator('thead').getByRole('button', { name: 'Started' }).click()
      await expect.poll(() => queryOf(page)).toBe('?tag=nightly&range=1h&order=oldest')
      await expect.poll(async () => (await rowsOf(page))[0]).toBe('Failed heron-0')
      await page.getByRole('button', { name: /^Started: last hour/ }).click()
      await page.getByLabel('From', { exact: true }).fill('2020-01-01T00:00')
      await page.getByLabel('To', { exact: true }).fill('2020-01-02T00:00')
      await page.getByRole('button', { name: 'Show this range' }).click()
      await page.getByText('0 runs match').waitFor()
      expect(queryOf(page)).toContain('after=2020-01-01T00:00:00.000Z&before=2020-01-02T00:00:00.000Z')
      await page.getByRole('link', { name: 'Clear filters' }).click()
      await expect.poll(() => totalOf(page)).toBe('450 runs')
      await leave(site, page)
    })
  })

  describe('paging', () => {
    test('reads on as somebody scrolls, draws few rows, and comes to the last run', async () => {
      const page = await openRuns(site)
      const drawn = () => page.locator('tbody tr:not(.space)').count()
      expect(await drawn()).toBeLessThan(80)
      await expect
        .poll(async () => {
          await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
          return (await rowsOf(page)).at(-1)
        })
        .toBe('Failed heron-0')
      expect(await drawn()).toBeLessThan(80)
      expect(await page.locator('table').getAttribute('aria-rowcount')).toBe('451')
      await leave(site, page)
    })

    test('the keyboard walks over the rows drawn and read', async () => {
      const page = await openRuns(site)
      for (let index = 0; index < 130; index += 1) {
        await page.keyboard.press('j')
        await expect.poll(() => focusedRow(page), { interval: 5 }).toBe(`heron-${RUNS - 1 - index}`)
      }
      await page.keyboard.press('k')
      await expect.poll(() => focusedRow(page)).toBe(`heron-${RUNS - 129}`)
      const box = await page.locator('tbody tr:focus-within').boundingBox()
      expect(box!.y).toBeGreaterThan(100)
      expect(box!.y).toBeLessThan(900)
      await page.keyboard.press('o')
      await page
        .locator('main')
        .getByText(`heron-${RUNS - 129}`, { exact: true })
        .first()
        .waitFor()
      expect(page.url()).toContain('/runs/flow-run/')
      await leave(site, page)
    })
  })

  test('the columns are chosen and remembered', async () => {
    const page = await openRuns(site)
    const heads = () => page.locator('thead th').allTextContents()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Parameters' }).click()
    await expect.poll(async () => (await heads()).at(-1)).toBe('Parameters')
    expect((await heads()).slice(1, 4)).toEqual(['State', 'Run', 'Flow, deployment'])
    await expect.poll(() => firstRow(page).locator('.parameters').textContent()).toBe('{}')
    await page.reload()
    await page.locator('.list-bar').waitFor()
    expect(await heads()).toContain('Parameters')
    await leave(site, page)
  })

  test('all that match are exported, those not read included', async () => {
    const page = await openRuns(site, '/runs?tag=nightly')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString().trim().split('\r\n')
    expect(lines).toHaveLength(151)
    expect(lines[1]).toContain(',heron-447,train,,COMPLETED,Completed,')
    await leave(site, page)
  })

  test('the chart is walked by key, opens a run, and narrows the range when a stretch is drawn out', async () => {
    for (const name of ['first', 'second', 'third']) {
      const id = await site.rest.createRun({ name, flow: 'charted', type: 'RUNNING' })
      await site.rest.setState(id, name === 'second' ? 'FAILED' : 'COMPLETED')
    }
    const page = await openRuns(site, '/runs?flow=charted')
    const chart = page.getByRole('img', { name: /^Durations of 3 runs/ })
    await chart.focus()
    for (const name of ['third', 'second']) {
      await page.keyboard.press('ArrowLeft')
      await page.locator('.tip').getByText(name).waitFor()
    }
    await page.locator('.tip').getByText('Failed').waitFor()
    const box = (await chart.boundingBox())!
    await page.mouse.move(box.x + 2, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width - 2, box.y + 60, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => queryOf(page)).toMatch(/^\?flow=charted&after=.+&before=.+/)
    await expect.poll(() => totalOf(page)).toBe('3 runs')
    await chart.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.locator('main').getByText('third', { exact: true }).first().waitFor()
    await leave(site, page)
  })

  describe('are for everyone', () => {
    test.each([
      { colorScheme: 'light', width: 1440 },
      { colorScheme: 'dark', width: 1440 },
      { colorScheme: 'light', width: 390 },
      { colorScheme: 'dark', width: 390 },
    ] as const)('with rows chosen, panels and dialogs open: $colorScheme, $width wide', async ({ colorScheme, width }) => {
      const page = await openRuns(site, '/runs?range=24h', { colorScheme, viewport: { width, height: 844 } })
      const isClean = async (what: string) => expect({ what, violations: await violationsOf(page) }).toEqual({ what, violations: [] })
      await isClean('the list')
      for (const chip of [/^State:/, /^Started:/, /^Flow:/, /^Tag:/]) {
        await page.getByRole('button', { name: chip }).click()
        await isClean(String(chip))
        await page.keyboard.press('Escape')
      }
      await firstRow(page).getByRole('checkbox').check()
      await page.getByRole('toolbar').waitFor()
      await isClean('a row chosen')
      await page.getByRole('button', { name: 'Delete 1' }).click()
      await page.getByRole('dialog', { name: 'Delete 1 run?' }).waitFor()
      await isClean('the dialog')
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(overflow).toBe(0)
      await leave(site, page)
    })

    test('rows are two lines of 48 pixels on a phone', async () => {
      const page = await openRuns(site, '/runs', { viewport: { width: 390, height: 844 } })
      expect((await firstRow(page).boundingBox())!.height).toBe(48)
      await leave(site, page)
    })
  })
})
