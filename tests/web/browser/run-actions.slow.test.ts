import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { runOf } from './reading.ts'
import { openRun } from './run-page.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the page of a run does to it', () => {
  let site: Site
  let deploymentId: string
  let page: Page
  beforeAll(async () => {
    site = await openSite()
    deploymentId = await site.rest.deploy('etl', 'nightly')
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterEach(async () => {
    if (page) await closePage(page)
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
  afterAll(() => site?.close())

  const open = async (id: string, query = '', options = {}) => {
    page = await openRun(site, id, query, options)
  }
  const pill = () => page.locator('main .pill').textContent()
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const choose = async (name: string) => {
    await button('More about the run').click()
    await page.getByRole('menuitem', { name }).click()
  }
  const toastText = () => page.locator('.toasts').textContent()
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  const stateOf = async (id: string) => {
    const { flowRun } = await site.rest.graphql<any>(`{ flowRun(id: "${id}") { stateType stateName name tags } }`)
    return flowRun
  }
  const running = async (name: string, more = {}) => {
    const id = await site.rest.createRun({ name, deploymentId, ...more })
    await site.rest.setState(id, 'RUNNING')
    await open(id)
    return id
  }

  test('cancelling, once it was asked whether that is meant', async () => {
    const id = await running('to-cancel')
    await button('Cancel run').click()
    await button('Keep it running').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await stateOf(id)).stateType).toBe('RUNNING')
    await page.keyboard.press('x')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
    await expect.poll(pill).toMatch(/Cancelling/)
    await expect.poll(toastText).toMatch(/Asked to stop:\s*to-cancel/)
  })

  test('cancelling at once, where nobody works on it', async () => {
    const id = await site.rest.createRun({
      name: 'not-begun',
      type: 'SCHEDULED',
      scheduledTime: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await open(id)
    await button('Cancel run').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
    await expect.poll(pill).toMatch(/Cancelled/)
    expect(await toastText()).not.toMatch(/Not done/)
  })

  test('pausing and resuming', async () => {
    const id = await running('to-pause')
    await button('Pause run').click()
    await expect.poll(pill).toMatch(/Paused/)
    await button('Resume run').click()
    await expect.poll(pill).toMatch(/Running/)
    expect((await stateOf(id)).stateType).toBe('RUNNING')
    await expect.poll(async () => (await runOf(page)).history).toEqual(['Running', 'Paused', 'Running', 'Pending'])
    expect(await page.locator('main ol .who').allTextContents()).toEqual(['by owner', 'by owner', 'by owner', 'by owner'])
  })

  test('suspending, after which a worker starts it anew', async () => {
    await running('to-suspend')
    await choose('Suspend run')
    await expect.poll(pill).toMatch(/Suspended/)
    await button('Resume run').click()
    await expect.poll(pill).toMatch(/Resuming/)
  })

  test('retrying, which a run without a deployment cannot', async () => {
    const id = await running('to-retry')
    await site.rest.setState(id, 'FAILED', { message: 'It broke.' })
    await button('Retry run').click()
    await expect.poll(pill).toMatch(/Awaiting retry/)
    await closePage(page)
    const adHoc = await site.rest.createRun({ name: 'ad-hoc' })
    await site.rest.setState(adHoc, 'FAILED')
    await open(adHoc)
    expect(await button('Retry run').count()).toBe(0)
    await button('More about the run').click()
    const entry = page.getByRole('menuitem', { name: /^Retry run/ })
    expect(await entry.getAttribute('aria-disabled')).toBe('true')
    expect(await entry.textContent()).toContain('It has no deployment, so the server does not know how to start it')
  })

  test('copying it to a new run with its parameters and tags', async () => {
    await running('to-copy', { parameters: { day: 'today' }, tags: ['mine'] })
    await choose('Copy to new run')
    await page.locator('.toasts').getByRole('button', { name: 'Open' }).click()
    await expect.poll(pill).toMatch(/Scheduled/)
    await expect.poll(() => page.getByLabel('parameters', { exact: true }).textContent()).toBe('{\n  "day": "today"\n}')
    await expect.poll(() => page.locator('dl .tag').allTextContents()).toContain('mine')
  })

  test('renaming and other tags, shown at once', async () => {
    const id = await running('to-rename', { tags: ['old'] })
    await choose('Rename')
    await page.keyboard.type('renamed-otter')
    await page.keyboard.press('Enter')
    await page.locator('main h2.name').getByText('renamed-otter').waitFor()
    await choose('Edit tags')
    await page.getByLabel('Tags', { exact: true }).fill('one, two,, one')
    await button('Save tags').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('main .tag', { hasText: 'two' }).waitFor()
    expect(await stateOf(id)).toMatchObject({ name: 'renamed-otter', tags: ['one', 'two'] })
  })

  test('answering what it waits to be told', async () => {
    const id = await running('to-answer')
    const put = (key: string, value: unknown) =>
      fetch(`${site.server.url}/api/flow_runs/${id}/input`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key, value: JSON.stringify(value) }),
      })
    const properties = { day: { type: 'string', title: 'Day', minLength: 3 }, limit: { type: 'integer', default: 10 } }
    await put('q-schema', { type: 'object', properties, required: ['day'] })
    await put('q-description', 'Which day is it?')
    const run_input_keyset = { schema: 'q-schema', response: 'q-response', description: 'q-description' }
    await site.rest.setState(id, 'PAUSED', { state_details: { run_input_keyset, pause_timeout: '2199-01-01T00:00:00Z' } })
    await page.getByRole('button', { name: 'Resume run' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Which day is it?').waitFor()
    await dialog.getByLabel('Day').fill('x')
    await dialog.getByRole('button', { name: 'Resume run' }).click()
    await dialog.getByRole('alert').getByText('must NOT have fewer than 3 characters').waitFor()
    await dialog.getByLabel('Day').fill('Sunday')
    await dialog.getByRole('button', { name: 'Resume run' }).click()
    await expect.poll(pill).toMatch(/Running/)
    const answer = await fetch(`${site.server.url}/api/flow_runs/${id}/input/q-response`)
    expect(await answer.json()).toEqual({ day: 'Sunday', limit: 10 })
  })

  test('deleting, after which it is gone', async () => {
    const id = await running('to-delete')
    await choose('Delete run')
    await page.getByText('Its states, inputs and log lines go with it').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete run' }).click()
    await expect.poll(() => page.url()).toMatch(/\/runs$/)
    expect(await stateOf(id)).toBeNull()
  })

  test('what the server refuses is told, and nothing changes', async () => {
    const id = await running('refused')
    await page.route('**/graphql', async route => {
      if (route.request().postData()?.includes('PauseRun')) await site.rest.setState(id, 'COMPLETED')
      await route.continue()
    })
    await button('Pause run').click()
    await expect.poll(toastText).toMatch(/Not done: It is not running\./)
    await expect.poll(pill).toMatch(/Completed/)
  })

  test('its id and its address are copied', async () => {
    const id = await running('to-name')
    await choose('Copy id')
    await expect.poll(clipboard).toBe(id)
    await choose('Copy link')
    await expect.poll(clipboard).toBe(`${site.server.url}/runs/flow-run/${id}`)
  })
})
