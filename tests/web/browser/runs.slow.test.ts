import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { rowsOf } from './reading.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

const RUNS = 450
describeUnless(missingPages(), 'the runs', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
    // One after the other, so that their order is that of their numbers.
    for (let index = 0; index < RUNS; index += 1) {
      const type = index % 50 === 0 ? 'FAILED' : 'COMPLETED'
      await site.rest.createRun({
        flow: index % 2 === 0 ? 'load-orders' : 'train',
        name: `heron-${index}`,
        type,
        tags: index % 3 === 0 ? ['nightly'] : [],
      })
    }
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  const open = async (path = '/runs', options: Parameters<Site['open']>[1] = {}) => {
    const page = await site.open(path, { reducedMotion: 'reduce', ...options })
    await page.getByText('Live', { exact: true }).waitFor()
    await page.locator('.list-bar').waitFor()
    return page
  }
  const queryOf = (page: Page) => decodeURIComponent(new URL(page.url()).search)
  const firstRow = (page: Page) => page.locator('tbody tr:not(.space)').first()
  const rowOf = (page: Page, name: string) => page.locator('tbody tr', { has: page.getByRole('link', { name, exact: true }) })
  const totalOf = (page: Page) => page.locator('.list-bar strong').first().textContent()
  const focusedRow = (page: Page) => page.evaluate(() => document.activeElement?.closest('tr')?.querySelector('.run')?.textContent ?? null)
  const leave = async (page: Page) => {
    await closePage(page)
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  }

  describe('views', () => {
    test('are saved for everybody, written over, renamed, opened on, found by the palette, deleted and put back', async () => {
      const page = await open('/runs?state=FAILED')
      const other = await open('/runs')
      const views = (on: Page) => on.getByRole('navigation', { name: 'Views' }).getByRole('link').allTextContents()
      const names = async (on: Page) => (await views(on)).map(text => text.trim()).slice(4)
      await page.getByRole('button', { name: 'Save view' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Broken')
      await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
      await expect.poll(() => names(page)).toEqual(['Broken'])
      await expect.poll(() => names(other)).toEqual(['Broken'])
      await page.goto(`${site.server.url}/runs?state=FAILED`)
      await page.getByRole('link', { name: 'Broken', exact: true }).waitFor()
      expect(await violationsOf(page)).toEqual([])
      const menu = () => page.getByRole('button', { name: 'More about this view' })
      await menu().click()
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Nightly trouble')
      await page.getByRole('dialog').getByRole('button', { name: 'Rename view' }).click()
      await expect.poll(() => names(other)).toEqual(['Nightly trouble'])
      await menu().click()
      await page.getByRole('menuitemcheckbox', { name: 'Open the runs on it' }).click()
      await page.getByText('The runs open on').waitFor()
      await page.getByRole('button', { name: 'State: Failed' }).click()
      await page.getByRole('checkbox', { name: 'Crashed', exact: true }).check()
      await page.keyboard.press('Escape')
      await menu().click()
      await page.getByRole('menuitem', { name: 'Save over Nightly trouble' }).click()
      await page.getByText('Saved over').waitFor()
      await other.goto(`${site.server.url}/runs`)
      await expect.poll(() => queryOf(other)).toBe('?state=FAILED&state=CRASHED')
      await other.getByRole('link', { name: 'All runs' }).click()
      await expect.poll(() => queryOf(other)).toBe('')
      await other.keyboard.press('Control+k')
      await other.getByRole('combobox', { name: 'Find or do' }).fill('nightly tr')
      await other.getByRole('option', { name: /Nightly trouble/ }).click()
      await expect.poll(() => queryOf(other)).toBe('?state=FAILED&state=CRASHED')
      await menu().click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await expect.poll(() => names(other)).toEqual([])
      await page.getByRole('button', { name: /^Undo/ }).click()
      await expect.poll(() => names(other)).toEqual(['Nightly trouble'])
      await menu().click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await expect.poll(() => names(page)).toEqual([])
      await closePage(other)
      await leave(page)
    })
  })

  describe('filters', () => {
    test('are in the address: what is chosen is written there, and what is written there is chosen', async () => {
      const page = await open()
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
      expect(await page.locator('.matching').textContent()).toContain('9 of 450 runs match')
      expect((await rowsOf(page))[0]).toBe('Failed heron-400')
      await page.getByRole('button', { name: 'Clear state' }).click()
      await expect.poll(() => totalOf(page)).toBe('450 runs')
      expect(queryOf(page)).toBe('')
      await leave(page)
    })

    test('by name are reached with one key, and take an id too', async () => {
      const page = await open()
      await page.keyboard.press('/')
      await page.keyboard.type('heron-44')
      await expect.poll(() => totalOf(page)).toBe('11 runs')
      expect(queryOf(page)).toBe('?name=heron-44')
      await page.keyboard.press('Escape')
      await expect.poll(() => totalOf(page)).toBe('450 runs')
      const id = await firstRow(page).locator('.run').getAttribute('data-run')
      await page.keyboard.type(id!)
      await expect.poll(() => totalOf(page)).toBe('1 run')
      await leave(page)
    })

    test('take tags and ranges, and an order', async () => {
      const page = await open()
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
      await leave(page)
    })
  })

  describe('paging', () => {
    test('reads on as somebody scrolls, draws few rows, and comes to the last run', async () => {
      const page = await open()
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
      await leave(page)
    })

    test('the keyboard walks over the rows drawn and read', async () => {
      const page = await open()
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
      await leave(page)
    })
  })

  describe('live', () => {
    test('a transition is seen in its row, which stays where it is, dimmed where it no longer matches', async () => {
      const id = await site.rest.createRun({ name: 'live-otter', flow: 'live' })
      const page = await open('/runs?flow=live&state=PENDING&state=RUNNING')
      const row = rowOf(page, 'live-otter')
      await row.evaluate(element => element.setAttribute('data-mark', 'the same'))
      await site.rest.setState(id, 'RUNNING')
      await row.getByText('Running', { exact: true }).waitFor()
      expect(await row.getAttribute('class')).not.toContain('departed')
      await site.rest.setState(id, 'COMPLETED')
      await row.getByText('Completed', { exact: true }).waitFor()
      expect(await row.getAttribute('class')).toContain('departed')
      expect(await row.getAttribute('data-mark')).toBe('the same')
      await expect.poll(() => page.locator('.matching').textContent()).toContain('0 of 1 runs match')
      await page.getByRole('button', { name: '1 no longer matches: leave out' }).click()
      await page.getByText('0 runs match').waitFor()
      await leave(page)
    })

    test('new runs wait behind the pill until N is pressed', async () => {
      await site.rest.createRun({ name: 'standing', flow: 'pill', type: 'RUNNING' })
      const page = await open('/runs?flow=pill')
      await rowOf(page, 'standing').waitFor()
      for (const name of ['one', 'two', 'three']) await site.rest.createRun({ name, flow: 'pill', type: 'RUNNING' })
      await page.getByRole('button', { name: '3 new runs' }).waitFor()
      expect(await rowsOf(page)).toEqual(['Running standing'])
      await expect.poll(() => totalOf(page)).toBe('4 runs')
      await page.keyboard.press('n')
      await expect.poll(() => rowsOf(page)).toEqual(['Running three', 'Running two', 'Running one', 'Running standing'])
      expect(await page.getByRole('button', { name: /new run/ }).count()).toBe(0)
      await leave(page)
    })

    test('they come in by themselves at the top of a list that follows', async () => {
      const page = await open('/runs?flow=follow')
      await page.getByText('0 runs match').waitFor()
      await page.getByRole('switch', { name: 'Follow' }).check()
      for (const name of ['one', 'two']) await site.rest.createRun({ name, flow: 'follow', type: 'RUNNING' })
      await expect.poll(() => rowsOf(page)).toEqual(['Running two', 'Running one'])
      await leave(page)
    })

    test('after 300 mixed transitions the list and its count are what a fresh reading shows', async () => {
      const runs: string[] = []
      for (let index = 0; index < 40; index += 1)
        runs.push(await site.rest.createRun({ name: `burst-${index}`, flow: 'burst', type: 'RUNNING' }))
      const page = await open('/runs?flow=burst&state=RUNNING&state=FAILED', { viewport: { width: 1440, height: 1800 } })
      const types = ['COMPLETED', 'RUNNING', 'FAILED', 'CRASHED', 'RUNNING', 'PAUSED', 'CANCELLED']
      for (let index = 0; index < 300; index += 1)
        await site.rest.setState(runs[(index * 11) % 40]!, types[(index * 5 + Math.floor(index / 40)) % types.length]!)
      const names = new Set((await rowsOf(page)).map(row => row.split(' ').at(-1)))
      expect(names.size).toBe(40)
      const { flowRuns } = await site.rest.graphql<any>(
        '{ flowRuns(first: 1, filter: { flowNames: ["burst"], stateTypes: [RUNNING, FAILED] }) { totalCount { value } } }',
      )
      await expect.poll(() => totalOf(page)).toBe(`${flowRuns.totalCount.value} runs`)
      await page.getByRole('button', { name: /no longer match/ }).click()
      await expect.poll(() => rowsOf(page)).toHaveLength(flowRuns.totalCount.value)
      const live = await rowsOf(page)
      await page.reload()
      await page.locator('.list-bar').waitFor()
      await expect.poll(() => rowsOf(page)).toEqual(live)
      await leave(page)
    })

    test('a deleted run leaves, and a renamed one is told apart', async () => {
      const [gone, kept] = [
        await site.rest.createRun({ name: 'gone', flow: 'edits' }),
        await site.rest.createRun({ name: 'kept', flow: 'edits' }),
      ]
      const page = await open('/runs?flow=edits')
      await expect.poll(() => rowsOf(page)).toEqual(['Pending kept', 'Pending gone'])
      await site.rest.graphql(`mutation { deleteFlowRuns(input: { ids: ["${gone}"] }) { deletedIds } }`)
      await site.rest.graphql(
        `mutation { updateFlowRun(input: { flowRunId: "${kept}", name: "renamed", tags: ["seen"] }) { flowRun { id } } }`,
      )
      await expect.poll(() => rowsOf(page)).toEqual(['Pending renamed'])
      expect(await rowOf(page, 'renamed').locator('.tag').allTextContents()).toEqual(['seen'])
      await expect.poll(() => totalOf(page)).toBe('1 run')
      await leave(page)
    })
  })

  describe('chosen runs', () => {
    const bar = (page: Page) => page.getByRole('toolbar', { name: 'For the chosen runs' })

    test('are chosen by key, by box, by reach, all shown and all that match; Escape lets them go', async () => {
      const page = await open('/runs?name=heron')
      await page.keyboard.press('j')
      await expect.poll(() => focusedRow(page)).toBe(`heron-${RUNS - 1}`)
      await page.keyboard.press('x')
      await bar(page).getByText('1 chosen').waitFor()
      await rowOf(page, `heron-${RUNS - 5}`)
        .getByRole('checkbox')
        .click({ modifiers: ['Shift'] })
      await bar(page).getByText('5 chosen').waitFor()
      await rowOf(page, `heron-${RUNS - 3}`)
        .getByRole('checkbox')
        .uncheck()
      await bar(page).getByText('4 chosen').waitFor()
      await page.keyboard.press('a')
      await bar(page).getByText('100 chosen').waitFor()
      await bar(page).getByRole('button', { name: 'choose all 450 runs' }).click()
      await bar(page).getByText('450 chosen').waitFor()
      expect(await bar(page).getByRole('button', { name: 'Delete all' }).count()).toBe(1)
      await page.keyboard.press('Escape')
      await bar(page).waitFor({ state: 'detached' })
      await leave(page)
    })

    test('are deleted after the server has counted them, more than one call takes', async () => {
      for (let index = 0; index < 230; index += 1) await site.rest.createRun({ name: `doomed-${index}`, flow: 'doomed', type: 'COMPLETED' })
      const page = await open('/runs?flow=doomed')
      await page.keyboard.press('a')
      await bar(page).getByRole('button', { name: 'choose all 230 runs' }).click()
      await bar(page).getByRole('button', { name: 'Delete all' }).click()
      const dialog = page.getByRole('dialog', { name: 'Delete 230 runs?' })
      await dialog.getByRole('button', { name: 'Leave them' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(await totalOf(page)).toBe('230 runs')
      await bar(page).getByRole('button', { name: 'Delete all' }).click()
      await dialog.getByRole('button', { name: 'Delete 230 runs' }).click()
      await page.getByText('Deleted 230 runs').first().waitFor()
      await page.getByText('0 runs match').waitFor()
      await leave(page)
    })
  })

  describe('chosen runs are', () => {
    /** Runs of a deployment, each in one of the states, newest last. */
    const deployed = async (flow: string, ...states: ('RUNNING' | 'FAILED' | 'PAUSED')[]) => {
      await site.rest.createRun({ flow, name: 'ad-hoc', type: 'FAILED' })
      const { flows } = await site.rest.graphql<any>(`{ flows(filter: { names: ["${flow}"] }) { nodes { id } } }`)
      const { applyDeployment } = await site.rest.graphql<any>(
        `mutation { applyDeployment(input: { flowId: "${flows.nodes[0].id}", name: "nightly" }) { deployment { id } } }`,
      )
      for (const [index, type] of states.entries()) {
        const { createFlowRunFromDeployment } = await site.rest.graphql<any>(
          `mutation { createFlowRunFromDeployment(input: { deploymentId: "${applyDeployment.deployment.id}", name: "deployed-${index}", state: { type: RUNNING } }) { flowRun { id } } }`,
        )
        if (type !== 'RUNNING') await site.rest.setState(createFlowRunFromDeployment.flowRun.id, type)
      }
      const page = await open(`/runs?flow=${flow}`)
      await page.keyboard.press('a')
      return page
    }
    const act = async (page: Page, button: string, title: string) => {
      await page.getByRole('toolbar').getByRole('button', { name: button }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('heading', { name: `${title}?` }).waitFor()
      return dialog
    }

    test('retried where a deployment says how; of the others it is said why not, before and after', async () => {
      const page = await deployed('retried', 'FAILED', 'RUNNING')
      const dialog = await act(page, 'Retry 2', 'Retry 1 run')
      await dialog.getByText('1 run of 2 stays as it is').waitFor()
      await dialog.getByText('It has no deployment').waitFor()
      await dialog.getByRole('button', { name: 'Retry 1 run' }).click()
      await dialog.getByRole('heading', { name: 'Retried 1 run, 1 not' }).waitFor()
      await dialog.getByText('It has no deployment').waitFor()
      await dialog.getByRole('button', { name: 'Close' }).last().click()
      await expect.poll(() => rowsOf(page)).toEqual(['Running deployed-1', 'Awaiting retry deployed-0', 'Failed ad-hoc'])
      await leave(page)
    })

    test('cancelled, with a word on what is beyond the server', async () => {
      await site.rest.createRun({ flow: 'cancelled', name: 'by-hand', type: 'RUNNING' })
      const page = await open('/runs?flow=cancelled')
      await page.keyboard.press('a')
      const dialog = await act(page, 'Cancel 1', 'Cancel 1 run')
      await dialog.getByRole('button', { name: 'Cancel 1 run' }).click()
      await dialog.getByText('It has no deployment, so no worker ends its process').waitFor()
      await expect.poll(() => rowsOf(page)).toEqual(['Cancelling by-hand'])
      await leave(page)
    })

    test('suspended and resumed', async () => {
      const page = await deployed('held', 'RUNNING')
      const suspending = await act(page, 'Suspend 1', 'Suspend 1 run')
      await suspending.getByRole('button', { name: 'Suspend 1 run' }).click()
      await page.getByText('Suspended 1 run').first().waitFor()
      await expect.poll(() => rowsOf(page)).toEqual(['Suspended deployed-0', 'Failed ad-hoc'])
      await page.keyboard.press('a')
      const resuming = await act(page, 'Resume 1', 'Resume 1 run')
      await resuming.getByRole('button', { name: 'Resume 1 run' }).click()
      await page.getByText('Resumed 1 run').first().waitFor()
      await expect.poll(async () => (await rowsOf(page))[0]).toBe('Resuming deployed-0')
      await leave(page)
    })

    test('paused', async () => {
      const page = await deployed('paused', 'RUNNING')
      const dialog = await act(page, 'Pause 1', 'Pause 1 run')
      await dialog.getByRole('button', { name: 'Pause 1 run' }).click()
      await dialog.getByText('Its process is not interrupted').waitFor()
      await expect.poll(async () => (await rowsOf(page))[0]).toBe('Paused deployed-0')
      await leave(page)
    })

    test('tagged', async () => {
      const page = await deployed('tagged', 'FAILED')
      const dialog = await act(page, 'Tag 2', 'Tag 2 runs')
      expect(await dialog.getByRole('button', { name: 'Tag 2 runs' }).isDisabled()).toBe(true)
      await dialog.getByLabel('Tags', { exact: true }).fill('seen, checked')
      await page.keyboard.press('Enter')
      await page.getByText('Tagged 2 runs').first().waitFor()
      await expect.poll(() => rowOf(page, 'ad-hoc').locator('.tag').allTextContents()).toEqual(['seen', 'checked'])
      await leave(page)
    })

    test('left as they are where the server does not answer, and it is said', async () => {
      const page = await deployed('unanswered')
      await page.route('**/graphql', route => (route.request().postData()?.includes('DeleteFlowRuns') ? route.abort() : route.continue()))
      await page.getByRole('toolbar').getByRole('button', { name: 'Delete 1' }).click()
      await page.getByRole('dialog').getByText('Not done: The server did not answer.').waitFor()
      await page.unroute('**/graphql')
      await page.getByRole('dialog').getByRole('button', { name: 'Count again' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 run' }).waitFor()
      await leave(page)
    })
  })

  test('those scheduled for later are counted apart, and shown when they are asked for', async () => {
    await site.rest.createRun({ name: 'sooner', tags: ['apart'] })
    const scheduledTime = new Date(Date.now() + 86_400_000).toISOString()
    await site.rest.createRun({ name: 'later', type: 'SCHEDULED', tags: ['apart'], scheduledTime })
    const page = await open('/runs?tag=apart')
    const said = async () => (await page.locator('.matching').textContent())?.replaceAll(/\s+/g, ' ').trim()
    await expect.poll(said).toBe('1 run and 1 upcoming')
    await page.getByRole('link', { name: '1 upcoming' }).click()
    await rowOf(page, 'later').waitFor()
    await expect.poll(said).toBe('1 run')
    expect(queryOf(page)).toBe('?tag=apart&range=upcoming')
    await leave(page)
  })

  test('a row says why its run failed, whatever it was before', async () => {
    const id = await site.rest.createRun({ name: 'unlucky-otter', tags: ['unlucky'] })
    const page = await open('/runs?tag=unlucky')
    const said = () => firstRow(page).locator('.message').textContent()
    await expect.poll(said).toBe('')
    await site.rest.setState(id, 'FAILED', { message: 'Flow run encountered an exception: ConnectionError: the shop is closed' })
    await expect.poll(said).toBe('ConnectionError: the shop is closed')
    await site.rest.setState(id, 'COMPLETED', { message: 'All states completed.' })
    await expect.poll(said).toBe('')
    await leave(page)
  })

  test('the columns are chosen and remembered', async () => {
    const page = await open()
    const heads = () => page.locator('thead th').allTextContents()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Parameters' }).click()
    await expect.poll(async () => (await heads()).at(-1)).toBe('Parameters')
    expect((await heads()).slice(1, 4)).toEqual(['State', 'Run', 'Flow, deployment'])
    await expect.poll(() => firstRow(page).locator('.parameters').textContent()).toBe('{}')
    await page.reload()
    await page.locator('.list-bar').waitFor()
    expect(await heads()).toContain('Parameters')
    await leave(page)
  })

  test('all that match are exported, those not read included', async () => {
    const page = await open('/runs?tag=nightly')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString().trim().split('\r\n')
    expect(lines).toHaveLength(151)
    expect(lines[1]).toContain(',heron-447,train,,COMPLETED,Completed,')
    await leave(page)
  })

  test('the chart is walked by key, opens a run, and narrows the range when a stretch is drawn out', async () => {
    for (const name of ['first', 'second', 'third']) {
      const id = await site.rest.createRun({ name, flow: 'charted', type: 'RUNNING' })
      await site.rest.setState(id, name === 'second' ? 'FAILED' : 'COMPLETED')
    }
    const page = await open('/runs?flow=charted')
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
    await leave(page)
  })

  describe('are for everyone', () => {
    test.each([
      { colorScheme: 'light', width: 1440 },
      { colorScheme: 'dark', width: 1440 },
      { colorScheme: 'light', width: 390 },
      { colorScheme: 'dark', width: 390 },
    ] as const)('with rows chosen, panels and dialogs open: $colorScheme, $width wide', async ({ colorScheme, width }) => {
      const page = await open('/runs?range=24h', { colorScheme, viewport: { width, height: 844 } })
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
      await leave(page)
    })

    test('rows are two lines of 48 pixels on a phone', async () => {
      const page = await open('/runs', { viewport: { width: 390, height: 844 } })
      expect((await firstRow(page).boundingBox())!.height).toBe(48)
      await leave(page)
    })
  })
})
