import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { closePage, missingPages, openSite, type Site, untilShown } from './site.ts'

describeUnless(missingPages(), 'the frame around every page', () => {
  let site: Site
  let failed: string
  beforeAll(async () => {
    site = await openSite()
    failed = await site.rest.createRun({ flow: 'load-orders', name: 'crimson-otter', tags: ['nightly'] })
    await site.rest.setState(failed, 'FAILED')
    await site.rest.createRun({ flow: 'load-orders', name: 'brisk-lark' })
  })
  afterAll(() => site?.close())

  const heading = async (page: Page) => (await page.locator('h1').textContent())?.trim()
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())

  describe('the palette', () => {
    const open = async (page: Page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Find or do' }).waitFor()
    }
    const options = (page: Page) => page.getByRole('option').locator('.words').allTextContents()

    test('finds runs by their name and by that of their flow, and opens one by keys alone', async () => {
      const page = await site.open('/server')
      await open(page)
      await page.keyboard.type('load-ord')
      await page.getByText(/^3 results in \d+ ms$/).waitFor()
      expect((await options(page)).toSorted()).toEqual(['brisk-lark load-orders', 'crimson-otter load-orders', 'load-orders flow'])
      await page.keyboard.press('Control+a')
      await page.keyboard.type('otter')
      await page.getByText(/^1 result in/).waitFor()
      expect(await page.getByRole('option', { selected: true }).locator('mark').allTextContents()).toEqual(['otter'])
      await page.keyboard.press('Enter')
      await page.locator('main h2.name').getByText('crimson-otter').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/runs/flow-run/${failed}`)
      await closePage(page)
    })

    test('finds a run by its tag', async () => {
      const page = await site.open('/server')
      await open(page)
      await page.keyboard.type('#nightly')
      await page.getByText(/^1 result in/).waitFor()
      expect(await options(page)).toEqual(['crimson-otter load-orders'])
      await closePage(page)
    })

    test('finds runs, tasks and flows by their id and by how it begins, shows it, and opens a task by keys alone', async () => {
      const task = await site.rest.createTask(failed, 'extract-0')
      const { flows } = await site.rest.graphql<{ flows: { nodes: { id: string }[] } }>('{ flows { nodes { id } } }')
      const flow = flows.nodes[0]!.id
      const page = await site.open('/server')
      await open(page)
      for (const [typed, option] of [
        [failed, `crimson-otter load-orders ${failed}`],
        [flow.slice(0, 18), `load-orders flow ${flow}`],
        [task.slice(0, 18).replaceAll('-', ''), `extract-0 task of crimson-otter ${task}`],
        [task.slice(0, 20), `extract-0 task of crimson-otter ${task}`],
      ] as const) {
        await page.keyboard.press('Control+a')
        await page.keyboard.type(typed)
        await expect.poll(() => options(page)).toEqual([option])
      }
      expect(await page.getByRole('option').locator('mark').allTextContents()).toEqual([task.slice(0, 20)])
      await page.keyboard.press('Enter')
      await page.locator('main h2.name').getByText('extract-0').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/runs/task-run/${task}`)
      await closePage(page)
    })

    test('goes to pages and does things; its choice moves by arrows and goes round', async () => {
      const page = await site.open('/dashboard')
      await open(page)
      const chosen = () => page.getByRole('option', { selected: true }).locator('.words').textContent()
      expect(await chosen()).toBe('Dashboard')
      await page.keyboard.press('ArrowUp')
      await expect.poll(chosen).toBe('Show the shortcuts')
      await page.keyboard.press('ArrowDown')
      await expect.poll(chosen).toBe('Dashboard')
      await page.keyboard.type('>dark')
      await expect.poll(() => options(page)).toEqual(['Dark theme'])
      await page.keyboard.press('Enter')
      await page.getByRole('combobox').waitFor({ state: 'detached' })
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
      await closePage(page)
    })

    test('says when nothing goes by that, and gives the focus back when it is left', async () => {
      const page = await site.open('/dashboard')
      await page.getByRole('link', { name: 'Variables' }).focus()
      await open(page)
      await page.keyboard.type('no such thing')
      await page.getByText('Nothing here goes by that.').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('combobox').waitFor({ state: 'detached' })
      await expect.poll(() => focused(page)).toBe('Variables')
      await closePage(page)
    })

    test('copies the address of the API', async () => {
      const page = await site.open('/dashboard', { permissions: ['clipboard-read', 'clipboard-write'] })
      await open(page)
      await page.keyboard.type('copy the api')
      await page.keyboard.press('Enter')
      await page.getByRole('group', { name: 'Message' }).getByText(`Copied ${site.server.url}/api`).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${site.server.url}/api`)
      await closePage(page)
    })
  })

  describe('shortcuts', () => {
    test('lead from page to page', async () => {
      const page = await site.open('/dashboard')
      for (const [second, title] of [
        ['v', 'Variables'],
        ['s', 'Settings'],
        ['d', 'Dashboard'],
      ] as const) {
        await page.keyboard.press('g')
        await page.keyboard.press(second)
        await expect.poll(() => heading(page)).toBe(title)
      }
      await closePage(page)
    })

    test('are listed by the question mark, and hold neither below that list nor with a held key', async () => {
      const page = await site.open('/dashboard')
      await page.keyboard.press('?')
      const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
      await sheet.waitFor()
      expect(await sheet.getByRole('region').evaluateAll(groups => groups.map(group => group.getAttribute('aria-label')))).toEqual([
        'Dashboard',
        'Everywhere',
        'Go to',
      ])
      await page.keyboard.press('g')
      await page.keyboard.press('v')
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      await page.keyboard.press('Alt+?')
      await page.keyboard.press('g')
      await page.keyboard.press('Alt+v')
      // A page would have been left, and a sheet opened, before the next one is.
      await page.keyboard.press('?')
      await sheet.waitFor()
      expect([await heading(page), await page.getByRole('dialog').count()]).toEqual(['Dashboard', 1])
      await closePage(page)
    })
  })

  test('a theme is kept, and there before the first picture', async () => {
    const page = await site.open('/dashboard', { colorScheme: 'light' })
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await ground()
    const themes = [await ground()]
    for (const theme of ['light', 'dark', 'system']) {
      await page.getByRole('button', { name: new RegExp(`Change to ${theme}$`) }).click()
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme ?? 'system')).toBe(theme)
      themes.push(await ground())
      await page.reload()
      await untilShown(page)
      expect(await ground()).toBe(themes.at(-1))
    }
    const dark = themes[2]!
    expect(dark).not.toBe(light)
    expect(themes).toEqual([light, light, dark, light])
    await closePage(page)
  })

  test('moments are told in the zone one asks for, by the clock or by how long ago', async () => {
    await fetch(`${site.server.url}/api/nowhere`)
    const page = await site.open(`/server`, { timezoneId: 'Europe/Paris' })
    const clock = page.getByRole('button', { name: 'How moments are told' })
    const choose = async (name: string) => {
      await clock.click()
      await page.getByRole('menuitemcheckbox', { name }).click()
    }
    expect(await clock.textContent()).toMatch(/\d\d:\d\d:\d\d Paris\s*$/)
    const started = page.getByRole('region', { name: 'Asked for in vain' }).locator('time').first()
    expect(await started.textContent()).toMatch(/ago|now/)
    await choose('By the clock')
    await expect.poll(() => started.textContent()).toMatch(/^\d\d:\d\d:\d\d$/)
    const inParis = await started.textContent()
    await choose('UTC')
    await expect.poll(() => clock.textContent()).toMatch(/UTC\s*$/)
    const at = (await started.getAttribute('datetime'))!
    await expect.poll(() => started.textContent()).toBe(at.slice(11, 19))
    expect(inParis).not.toBe(at.slice(11, 19))

    await page.getByRole('radio', { name: 'Another' }).check()
    const name = page.getByRole('combobox', { name: 'Name of the zone' })
    await name.fill('Mars/Olympus')
    await page.getByText('No zone has this name.').waitFor()
    await name.fill('Asia/Kathmandu')
    await expect.poll(() => clock.textContent()).toMatch(/Kathmandu\s*$/)
    await page.reload()
    await untilShown(page)
    expect(await clock.textContent()).toMatch(/Kathmandu\s*$/)
    expect(await started.textContent()).toMatch(/^\d\d:\d\d:\d\d$/)
    await closePage(page)
  })

  test('the settings of the server are told: what differs from the default, from where, and no secret', async () => {
    const own = await openSite({ authString: 'ann:sesame', env: { PREFECT_SERVER_API_DEFAULT_LIMIT: '50' } })
    const page = await own.open('/server', { httpCredentials: { username: 'ann', password: 'sesame' } })
    const settings = page.getByRole('region', { name: 'Settings' })
    const row = (name: string) => settings.getByRole('row', { name }).getByRole('cell').allTextContents()
    await settings.getByRole('row', { name: 'CASTELLAN_SERVER_API_DEFAULT_LIMIT' }).waitFor()
    expect((await row('CASTELLAN_SERVER_API_DEFAULT_LIMIT')).slice(1)).toEqual(['50', '200', 'PREFECT_SERVER_API_DEFAULT_LIMIT'])
    expect((await row('CASTELLAN_SERVER_API_AUTH_STRING')).slice(1)).toEqual(['******** kept secret', 'none', 'the environment'])
    expect(await settings.getByRole('row', { name: 'CASTELLAN_GRAPHQL_MAX_DEPTH' }).count()).toBe(0)
    await settings.getByRole('radio', { name: /^All \d+/ }).check()
    await settings.getByRole('row', { name: 'CASTELLAN_GRAPHQL_MAX_DEPTH' }).waitFor()
    expect(await page.content()).not.toContain('sesame')
    await own.close()
  })

  test('what could not be read says which request to quote', async () => {
    const page = await (await site.browser.newContext()).newPage()
    await page.route('**/graphql', route => route.fulfill({ status: 503, headers: { 'x-request-id': 'req-17' }, body: '{}' }))
    await page.goto(`${site.server.url}/variables`)
    const card = page.getByRole('alert')
    await card.waitFor()
    expect((await card.locator('p').allTextContents()).map(text => text.replace(/\s+/g, ' '))).toEqual([
      'The variables could not be read.',
      'The server answered 503. Request req-17',
    ])
    await closePage(page)
  })

  describe('the rail', () => {
    const openAt = (width: number, options: BrowserContextOptions = {}) =>
      site.open('/dashboard', { viewport: { width, height: 844 }, ...options })
    const railWidth = async (page: Page) => (await page.getByRole('navigation', { name: 'Main' }).boundingBox())?.width

    test('is icons by Ctrl+B, which is kept, and on a narrow screen', async () => {
      const page = await openAt(1440)
      expect(await railWidth(page)).toBe(208)
      await page.keyboard.press('Control+b')
      await expect.poll(() => railWidth(page)).toBe(56)
      await page.reload()
      await untilShown(page)
      expect(await railWidth(page)).toBe(56)
      await page.keyboard.press('Control+b')
      await expect.poll(() => railWidth(page)).toBe(208)
      await page.setViewportSize({ width: 819, height: 844 })
      await expect.poll(() => railWidth(page)).toBe(56)
      expect(await page.getByRole('link', { name: 'Variables' }).count()).toBe(1)
      await closePage(page)
    })

    test('is a bar at the foot of a phone, with the rest behind More', async () => {
      const page = await openAt(390, { hasTouch: true })
      const bar = page.getByRole('navigation', { name: 'Main' })
      const box = (await bar.boundingBox())!
      expect([box.width, box.y + box.height]).toEqual([390, 844])
      await bar.getByRole('button', { name: 'More' }).tap()
      await bar.getByRole('link', { name: 'Settings' }).tap()
      await expect.poll(() => heading(page)).toBe('Settings')
      expect(await bar.getByRole('link', { name: 'Variables' }).isVisible()).toBe(false)
      await closePage(page)
    })
  })

  test('the frame asks for nothing outside its server, and keeps the content security policy', () => {
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
})
