import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { leave, openRuns, queryOf } from './runs-list.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the views of the runs', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  test('are saved for everybody, written over, renamed, opened on, found by the palette, deleted and put back', async () => {
    const page = await openRuns(site, '/runs?state=FAILED')
    const other = await openRuns(site, '/runs')
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
    await leave(site, page)
  })
})
