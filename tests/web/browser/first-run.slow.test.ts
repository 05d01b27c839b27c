import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the first minute', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  test('an empty server shows three steps, and each address says whether it can be reached', async () => {
    const page = await site.open('/', { permissions: ['clipboard-read', 'clipboard-write'] })
    const steps = page.locator('main ol > li')
    await expect
      .poll(() => steps.locator('h3').allTextContents())
      .toEqual(['The server is running, done', 'Point your client here', 'Run something'])

    const choices = page.getByRole('group', { name: 'Where the client runs' })
    const addresses: [choice: string, pattern: RegExp, says: RegExp][] = [
      [
        'This host',
        new RegExp(`^prefect config set PREFECT_API_URL="http://127.0.0.1:${site.server.port}/api"$`),
        /^Or for one shell: export PREFECT_API_URL=/,
      ],
      [
        'Container',
        /^prefect config set PREFECT_API_URL="http:\/\/host\.docker\.internal:\d+\/api"$/,
        /^Not reachable now\. .*--host 0\.0\.0\.0/,
      ],
      ['Network', /^prefect config set PREFECT_API_URL="http:\/\/.+:\d+\/api"$/, /^Not reachable now\. .*--host 0\.0\.0\.0/],
    ]
    for (const [choice, command, says] of addresses) {
      await choices.getByRole('button', { name: choice }).click()
      await steps.nth(1).getByRole('button', { name: /^Copy/ }).click()
      await steps
        .nth(1)
        .getByRole('button', { name: /^Copied/ })
        .waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(command)
      expect(await page.locator('.hint').textContent()).toMatch(says)
    }
    expect(await choices.getByRole('button', { name: 'Container' }).textContent()).toContain('not reachable now')
    expect(await choices.getByRole('button', { name: 'This host' }).textContent()).not.toContain('not reachable')
    await closePage(page)
  })

  test('the first run lights up the listening line, which gives way to the list, with no reload', async () => {
    const page = await site.open('/dashboard')
    const line = page.locator('.listening')
    await line.getByText('Listening. No run has come yet.').waitFor()
    const loads = await page.evaluate(() => performance.getEntriesByType('navigation').length + performance.timeOrigin)

    // It stays for a moment only, which may be over before it is asked for from outside.
    const said = await line.evaluateHandle(element => {
      const said: string[] = []
      const note = () => said.push(`${(element as HTMLElement).dataset['family']}: ${element.textContent?.trim()}`)
      new MutationObserver(note).observe(element, { subtree: true, childList: true, characterData: true, attributes: true })
      return said
    })
    await site.rest.createRun({ flow: 'hello', name: 'first-of-all' })
    await page.locator('tbody tr').getByText('first-of-all').waitFor()
    expect((await said.jsonValue()).some(words => words.startsWith('completed: Your first run has arrived.'))).toBe(true)
    await expect.poll(() => line.count()).toBe(0)
    expect(await page.evaluate(() => performance.getEntriesByType('navigation').length + performance.timeOrigin)).toBe(loads)
    await closePage(page)
  })

  test('the pages did nothing that pages may not do', () => {
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
})
