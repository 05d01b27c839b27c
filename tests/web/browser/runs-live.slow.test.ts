import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { rowsOf } from './reading.ts'
import { firstRow, leave, openRuns, queryOf, rowOf, totalOf } from './runs-list.ts'
import { missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the runs, live', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  test('a transition is seen in its row, which stays where it is, dimmed where it no longer matches', async () => {
    const id = await site.rest.createRun({ name: 'live-otter', flow: 'live' })
    const page = await openRuns(site, '/runs?flow=live&state=PENDING&state=RUNNING')
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
    await leave(site, page)
  })

  test('new runs wait behind the pill until N is pressed', async () => {
    await site.rest.createRun({ name: 'standing', flow: 'pill', type: 'RUNNING' })
    const page = await openRuns(site, '/runs?flow=pill')
    await rowOf(page, 'standing').waitFor()
    for (const name of ['one', 'two', 'three']) await site.rest.createRun({ name, flow: 'pill', type: 'RUNNING' })
    await page.getByRole('button', { name: '3 new runs' }).waitFor()
    expect(await rowsOf(page)).toEqual(['Running standing'])
    await expect.poll(() => totalOf(page)).toBe('4 runs')
    await page.keyboard.press('n')
    await expect.poll(() => rowsOf(page)).toEqual(['Running three', 'Running two', 'Running one', 'Running standing'])
    expect(await page.getByRole('button', { name: /new run/ }).count()).toBe(0)
    await leave(site, page)
  })

  test('they come in by themselves at the top of a list that follows', async () => {
    const page = await openRuns(site, '/runs?flow=follow')
    await page.getByText('0 runs match').waitFor()
    await page.getByRole('switch', { name: 'Follow' }).check()
    for (const name of ['one', 'two']) await site.rest.createRun({ name, flow: 'follow', type: 'RUNNING' })
    await expect.poll(() => rowsOf(page)).toEqual(['Running two', 'Running one'])
    await leave(site, page)
  })

  test('after 300 mixed transitions the list and its count are what a fresh reading shows', async () => {
    const runs: string[] = []
    for (let index = 0; index < 40; index += 1)
      runs.push(await site.rest.createRun({ name: `burst-${index}`, flow: 'burst', type: 'RUNNING' }))
    const page = await openRuns(site, '/runs?flow=burst&state=RUNNING&state=FAILED', { viewport: { width: 1440, height: 1800 } })
    const types = ['COMPLETED', 'RUNNING', 'FAILED', 'CRASHED', 'RUNNING', 'PAUSED', 'CANCELLED']
    for (let index = 0; index < 300; index += 1)
      await site.rest.setState(runs[(index * 11) % 40]!, types[(index * 5 + Math.floor(index / 40)) % types.length]!)
    const names = new Set((await rowsOf(page)).map(row => row.split(' ').at(-1)))
    expect(names.size).toBe(40)
    const { flowRuns, all } = await site.rest.graphql<any>(`{
      flowRuns(first: 1, filter: { flowNames: ["burst"], stateTypes: [RUNNING, FAILED] }) { totalCount { value } }
      all: flowRuns(first: 40, filter: { flowNames: ["burst"] }) { nodes { name stateName } }
    }`)
    const states = all.nodes.map(({ name, stateName }: { name: string; stateName: string }) => `${stateName} ${name}`)
    await expect.poll(async () => (await rowsOf(page)).toSorted()).toEqual(states.toSorted())
    await expect.poll(() => totalOf(page)).toBe(`${flowRuns.totalCount.value} runs`)
    await page.getByRole('button', { name: /no longer match/ }).click()
    await expect.poll(() => rowsOf(page)).toHaveLength(flowRuns.totalCount.value)
    const live = await rowsOf(page)
    await page.reload()
    await page.locator('.list-bar').waitFor()
    await expect.poll(() => rowsOf(page)).toEqual(live)
    await leave(site, page)
  })

  test('a deleted run leaves, and a renamed one is told apart', async () => {
    const [gone, kept] = [
      await site.rest.createRun({ name: 'gone', flow: 'edits' }),
      await site.rest.createRun({ name: 'kept', flow: 'edits' }),
    ]
    const page = await openRuns(site, '/runs?flow=edits')
    await expect.poll(() => rowsOf(page)).toEqual(['Pending kept', 'Pending gone'])
    await site.rest.graphql(`mutation { deleteFlowRuns(input: { ids: ["${gone}"] }) { deletedIds } }`)
    await site.rest.graphql(
      `mutation { updateFlowRun(input: { flowRunId: "${kept}", name: "renamed", tags: ["seen"] }) { flowRun { id } } }`,
    )
    await expect.poll(() => rowsOf(page)).toEqual(['Pending renamed'])
    expect(await rowOf(page, 'renamed').locator('.tag').allTextContents()).toEqual(['seen'])
    await expect.poll(() => totalOf(page)).toBe('1 run')
    await leave(site, page)
  })

  test('those scheduled for later are counted apart, and shown when they are asked for', async () => {
    await site.rest.createRun({ name: 'sooner', tags: ['apart'] })
    const scheduledTime = new Date(Date.now() + 86_400_000).toISOString()
    await site.rest.createRun({ name: 'later', type: 'SCHEDULED', tags: ['apart'], scheduledTime })
    const page = await openRuns(site, '/runs?tag=apart')
    const said = async () => (await page.locator('.matching').textContent())?.replaceAll(/\s+/g, ' ').trim()
    await expect.poll(said).toBe('1 run and 1 upcoming')
    await page.getByRole('link', { name: '1 upcoming' }).click()
    await rowOf(page, 'later').waitFor()
    await expect.poll(said).toBe('1 run')
    expect(queryOf(page)).toBe('?tag=apart&range=upcoming')
    await leave(site, page)
  })

  test('a row says why its run failed, whatever it was before', async () => {
    const id = await site.rest.createRun({ name: 'unlucky-otter', tags: ['unlucky'] })
    const page = await openRuns(site, '/runs?tag=unlucky')
    const said = () => firstRow(page).locator('.message').textContent()
    await expect.poll(said).toBe('')
    await site.rest.setState(id, 'FAILED', { message: 'Flow run encountered an exception: ConnectionError: the shop is closed' })
    await expect.poll(said).toBe('ConnectionError: the shop is closed')
    await site.rest.setState(id, 'COMPLETED', { message: 'All states completed.' })
    await expect.poll(said).toBe('')
    await leave(site, page)
  })
})
