import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { scroll, scrollingLine, tracebackOf, writeLines } from './long-log.ts'
import { colorSchemes, screens } from './pages.ts'
import { openRun } from './run-page.ts'
import { closePage, missingPages, openSite, type Site, untilShown } from './site.ts'

describeUnless(missingPages(), 'the page of a run shows its log', () => {
  let site: Site
  let page: Page
  beforeAll(async () => {
    site = await openSite()
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
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  let id: string
  const start = Date.parse('2026-11-25T10:00:00Z')
  const messages = async () => (await page.locator('main .line .message').allTextContents()).map(text => text.trim())
  const numbers = async () => (await page.locator('main .line .number').allTextContents()).map(Number)
  const seenNumbers = () =>
    page.evaluate(() => {
      const box = document.querySelector('[role=log]')!.getBoundingClientRect()
      return [...document.querySelectorAll('main .line .number')]
        .filter(number => {
          const { top, bottom } = number.getBoundingClientRect()
          return bottom > box.top && top < Math.min(box.bottom, innerHeight)
        })
        .map(number => Number(number.textContent))
    })
  /** What is read twice the same: a wheel turns for some pictures yet. */
  const resting = async <Read>(read: () => Promise<Read>): Promise<Read> => {
    let last = await read()
    await expect.poll(async () => isDeepStrictEqual(last, (last = await read())), { interval: 200 }).toBe(true)
    return last
  }
  const openLog = async (query = '', options = {}) => {
    await open(id, query, options)
    // The end of the log is there before it is known how long it is.
    await page.locator('main .line a.number').first().waitFor()
  }

  beforeAll(async () => {
    id = await site.rest.createRun({ name: 'long-winded' })
    await site.rest.setState(id, 'RUNNING')
    await writeLines(site.server.url, id, start, 0, 100_000)
  }, 120_000)

  test('of 100 000 lines from its end, with no more of it on the page than is seen', async () => {
    await openLog()
    await expect.poll(async () => (await seenNumbers()).at(-1)).toBe(100_000)
    expect(await page.getByPlaceholder('Search 100,000 lines').count()).toBe(1)
    await page.getByRole('button', { name: '20 errors' }).waitFor()
    await page.getByText('27 warnings').waitFor()
    expect(await page.locator('main .line').count()).toBeLessThan(80)
  })

  test('wherever it is scrolled to, at speed', async () => {
    await openLog()
    await page.getByRole('log').evaluate(box => (box.scrollTop = 200))
    await expect.poll(async () => (await messages())[0]).toMatch(/^Line \d+: /)
    for (const pixels of [60, 400, 6_000]) {
      const measured = await scroll(page, pixels)
      process.stdout.write(`${scrollingLine(measured)}\n`)
      expect(await page.locator('main .line').count()).toBeLessThan(80)
    }
    await expect.poll(() => page.locator('main .line .unread').count()).toBe(0)
    const [first, said] = [await numbers(), await messages()]
    expect(said.every((text, index) => text.startsWith('Encountered') || text.startsWith(`Line ${first[index]}:`))).toBe(true)
  })

  test('and follows its end, until somebody scrolls up', async () => {
    const own = await site.rest.createRun({ name: 'talkative' })
    await site.rest.setState(own, 'RUNNING')
    await site.rest.log(own, ...Array.from({ length: 300 }, (_, index) => `early ${index + 1}`))
    await open(own)
    await expect.poll(async () => (await messages()).at(-1)).toBe('early 300')
    await site.rest.log(own, 'and one more')
    await expect.poll(async () => (await messages()).at(-1)).toBe('and one more')
    await page.getByRole('log').hover()
    await page.mouse.wheel(0, -2_000)
    await page.getByRole('button', { name: 'Follow', exact: true }).waitFor()
    const before = await resting(seenNumbers)
    await site.rest.log(own, ...Array.from({ length: 50 }, (_, index) => `late ${index + 1}`))
    await page.getByRole('button', { name: '50 new lines' }).waitFor()
    expect(await seenNumbers()).toEqual(before)
    await page.getByRole('button', { name: '50 new lines' }).click()
    await expect.poll(async () => (await messages()).at(-1)).toBe('late 50')
    await site.rest.log(own, 'and on it goes')
    await expect.poll(async () => (await messages()).at(-1)).toBe('and on it goes')
  })

  test('and keeps up with 5 000 lines a second', async () => {
    const own = await site.rest.createRun({ name: 'torrent' })
    await site.rest.setState(own, 'RUNNING')
    await site.rest.log(own, 'first')
    await open(own)
    await expect.poll(messages).toEqual(['first'])
    const now = Date.now()
    const began = performance.now()
    for (let at = 0; at < 25_000; at += 500) {
      await writeLines(site.server.url, own, now, at, at + 500)
      await new Promise(resolve => setTimeout(resolve, Math.max(0, began + (at + 500) / 5 - performance.now())))
    }
    const wrote = performance.now()
    await expect.poll(async () => (await numbers()).at(-1), { interval: 20 }).toBe(25_001)
    process.stdout.write(
      `25,000 lines in ${Math.round(wrote - began)} ms; the last one seen ${Math.round(performance.now() - wrote)} ms later\n`,
    )
    expect(await page.locator('main .line').count()).toBeLessThan(80)
  })

  test('found in by the server, over all lines, and gone through', async () => {
    await openLog()
    await page.keyboard.press('/')
    await page.keyboard.type('LINE 4242')
    await expect.poll(() => page.locator('search .count').textContent()).toMatch(/11 found/)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.line.found .number').textContent()).toBe('4242')
    expect(await page.locator('.line.found mark').textContent()).toBe('Line 4242')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.line.found .number').textContent()).toBe('42420')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.press('Shift+Enter')
    await expect.poll(() => page.locator('.line.found .number').textContent()).toBe('42429')
    await expect.poll(() => page.locator('search .count').textContent()).toMatch(/11 of 11/)
    expect(new URL(page.url()).searchParams.get('q')).toBe('LINE 4242')
    await page.reload()
    await expect.poll(() => page.locator('search .count').textContent()).toMatch(/11 found/)
    await page.getByLabel('Search all lines').fill('nowhere to be found')
    await expect.poll(() => page.locator('search .count').textContent()).toMatch(/0 of 100,000/)
  })

  test('by level, each line with its number', async () => {
    await openLog()
    await page.getByRole('button', { name: /^Level/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Error and graver: 20' }).click()
    await expect.poll(numbers).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 5_000))
    await expect.poll(async () => (await messages())[0]).toMatch(/^Encountered an exception/)
    expect(new URL(page.url()).searchParams.get('level')).toBe('40')
  })

  test('with a traceback folded, its last words beside it, until it is unfolded', async () => {
    await openLog('?line=5000')
    const line = page.locator('.line.marked')
    await expect.poll(() => line.locator('.number').textContent()).toBe('5000')
    await expect.poll(() => line.locator('.message').textContent()).toMatch(/^Encountered an exception during execution:.*ConnectionError/)
    await line.getByRole('button', { name: 'traceback, 4 lines folded' }).click()
    await expect.poll(() => line.locator('.message').textContent()).toBe(tracebackOf(4_999))
    expect(await line.evaluate(element => element.getBoundingClientRect().height)).toBe(100)
    await page.keyboard.press('o')
    await expect.poll(() => line.evaluate(element => element.getBoundingClientRect().height)).toBe(20)
  })

  test('wrapped or cut, and what is looked at stays', async () => {
    await openLog('?line=31234', { viewport: { width: 1100, height: 700 } })
    await expect.poll(seenNumbers).toContain(31_234)
    await page.keyboard.press('w')
    await expect.poll(() => page.locator('.line.marked').evaluate(element => element.getBoundingClientRect().height)).toBeGreaterThan(20)
    await expect.poll(seenNumbers).toContain(31_234)
    expect(new URL(page.url()).searchParams.get('wrap')).toBe('1')
    await button('Wrap').click()
    await expect.poll(() => page.locator('.line.marked').evaluate(element => element.getBoundingClientRect().height)).toBe(20)
    await expect.poll(seenNumbers).toContain(31_234)
  })

  test('by the address of a line, which a click on its number makes', async () => {
    await openLog('?line=50000-50002')
    await expect.poll(() => page.locator('.line.marked .number').allTextContents()).toEqual(['50000', '50001', '50002'])
    const markedInAddress = () => new URL(page.url()).searchParams.get('line')
    await page.locator('.line .number', { hasText: '50004' }).click()
    await expect.poll(markedInAddress).toBe('50004')
    await page.locator('.line .number', { hasText: '50001' }).click({ modifiers: ['Shift'] })
    await expect.poll(markedInAddress).toBe('50001-50004')
    const bar = page.getByRole('group', { name: 'Marked lines' })
    expect((await bar.boundingBox())!.y).toBeLessThan(900)
    await bar.getByRole('button', { name: 'Copy link' }).click()
    await expect.poll(clipboard).toBe(`${site.server.url}/runs/flow-run/${id}?line=50001-50004`)
    await page.keyboard.press('c')
    await expect.poll(async () => (await clipboard()).split('\n').length).toBe(4)
    expect(await clipboard()).toMatch(/^2026-11-25T10:00:50\.000000Z INFO prefect\.\w+: Line 50001: /)
  })

  test('by the clock alone while it is all of today, else with the day of each line', async () => {
    const own = await site.rest.createRun({ name: 'over-midnight' })
    await site.rest.setState(own, 'RUNNING')
    await site.rest.log(own, 'of today')
    await open(own, '', { timezoneId: 'UTC' })
    const times = async () => (await page.locator('main .line time').allTextContents()).map(text => text.trim())
    await expect.poll(times).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3}$/)])
    const midnight = new Date().setUTCHours(0, 0, 0, 0)
    const at = (milliseconds: number) => new Date(midnight + milliseconds).toISOString()
    await site.rest.log(own, { message: 'before it', timestamp: at(-500) }, { message: 'after it', timestamp: at(1_000) })
    await page.reload()
    const withDay = (clock: string) => expect.stringMatching(new RegExp(`^\\d\\d [A-Z][a-z]{2,3}( \\d{4})? ${clock}`))
    await expect.poll(times).toEqual([withDay('23:59:59.500'), withDay('00:00:01.000'), withDay('')])
    expect((await times())[0]!.slice(0, 2)).not.toBe((await times())[1]!.slice(0, 2))
    expect(await page.locator('main .line.starts-day .message').allTextContents()).toEqual(['after it'])
  })

  test('with the keyboard alone: from error to error, and from line to line', async () => {
    await openLog()
    const line = () => new URL(page.url()).searchParams.get('line')
    await page.keyboard.press('E')
    await expect.poll(line).toBe('100000')
    await page.keyboard.press('E')
    await expect.poll(line).toBe('95000')
    await page.keyboard.press('e')
    await expect.poll(line).toBe('100000')
    await page.keyboard.press('k')
    await expect.poll(line).toBe('99999')
    await page.keyboard.press('j')
    await expect.poll(line).toBe('100000')
  })

  test('and gives it whole to be kept, as text and as the table the SDK knows', async () => {
    await openLog()
    for (const [name, suffix, first, count] of [
      ['Download as text', '.log', /^2026-11-25T10:00:00\.000000Z DEBUG prefect\.task_runs: Line 1: /, 100_000 + 20 * 4],
      ['Download as CSV', '.csv', /^timestamp,level,flow_run_id,task_run_id,message\r$/, 100_001 + 20 * 4],
    ] as const) {
      await button('More about the log').click()
      const downloading = page.waitForEvent('download')
      await page.getByRole('menuitem', { name }).click()
      const download = await downloading
      expect(download.suggestedFilename()).toBe(`long-winded-logs${suffix}`)
      const lines = readFileSync(await download.path(), 'utf8')
        .trimEnd()
        .split('\n')
      expect(lines[0]).toMatch(first)
      expect(lines.length).toBe(count)
    }
  })

  test('and leads from what went wrong, and where, to the line that tells of it', async () => {
    const failed = await site.rest.createRun({ name: 'failed' })
    await site.rest.setState(failed, 'RUNNING')
    await site.rest.log(failed, 'one', { message: 'broken', level: 40 }, 'three')
    const task = await site.rest.createTask(failed, 'load')
    for (const type of ['RUNNING', 'FAILED']) await site.rest.setTaskState(task, type)
    await site.rest.setState(failed, 'FAILED', { message: 'Flow run encountered an exception: It is broken.' })
    await open(failed)
    await expect.poll(() => page.locator('.strip .said').textContent()).toContain('load failed: It is broken.')
    await page.getByRole('button', { name: 'Go to log line 2' }).click()
    await expect.poll(() => page.locator('.line.marked .message').textContent()).toBe('broken')
  })

  test('and says why there is none', async () => {
    const quiet = await site.rest.createRun({ name: 'quiet' })
    await open(quiet)
    await page.getByText('The run has not started, so there is nothing to read yet.').waitFor()
    await site.rest.setState(quiet, 'RUNNING')
    await page.getByText('Running; nothing logged yet.').waitFor()
    await site.rest.log(quiet, 'word')
    await expect.poll(messages).toEqual(['word'])
  })

  test.each(colorSchemes.flatMap(colorScheme => screens.map(viewport => ({ colorScheme, viewport, width: viewport.width }))))(
    'with nothing for axe to say, and no wider than its screen: $colorScheme, $width wide',
    async ({ colorScheme, viewport }) => {
      await openLog('?line=5000&q=exception', { colorScheme, viewport, reducedMotion: 'reduce' })
      await expect.poll(() => page.locator('search .count').textContent()).toMatch(/20 found/)
      await untilShown(page)
      expect(await violationsOf(page)).toEqual([])
      await button('More about the run').click()
      await page.getByRole('menu').waitFor()
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      await page.getByRole('dialog').waitFor()
      expect(await violationsOf(page)).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(overflow).toBe(0)
    },
  )
})
