import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { fill } from './fill.ts'
import { legendOf, onlyTiles, rowsOf, tilesOf, untilAlike } from './reading.ts'
import { operationsOf, withinQuarterHour } from './requests.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the dashboard', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  const isUnhurt = () => expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  const open = async (path = '/dashboard') => {
    const page = await site.open(path)
    await page.locator('header').getByText('Live', { exact: true }).waitFor()
    return page
  }

  describe('while more than a hundred runs are written', () => {
    test('tiles, legend and bars are one number in every picture, and in the end those of a fresh page', async () => {
      await site.rest.createRun({ name: 'first-of-all', type: 'COMPLETED' })
      const page = await open()
      await page.getByRole('button', { name: 'Table' }).click()
      await startWatching(page)
      await fill(site.rest)
      await Promise.all(Array.from({ length: 8 }, () => walkRuns(site, 10)))
      const counts = await site.rest.counts()
      await expect.poll(() => legendOf(page)).toEqual(counts)
      const { pictures, disagreements } = await stopWatching(page)
      expect(disagreements).toEqual([])
      expect(pictures).toBeGreaterThan(5)
      expect(await tilesOf(page)).toEqual(onlyTiles(counts))

      const fresh = await open()
      await fresh.getByRole('button', { name: 'Table' }).click()
      await untilAlike(wholeOf, page, fresh)
      await closePage(fresh)
      await closePage(page)
      isUnhurt()
    })
  })

  test('asks once for itself and twice for its frame, and nothing more while it lives', async () => {
    const { asked, sockets } = await withinQuarterHour(async () => {
      const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      const asked: string[] = []
      let sockets = 0
      page.on('request', request => request.method() === 'POST' && asked.push(operationsOf(request)))
      page.on('websocket', () => (sockets += 1))
      await page.goto(`${site.server.url}/dashboard`)
      await page.locator('header').getByText('Live', { exact: true }).waitFor()
      await page.locator('.board').waitFor()
      const name = `quiet-proof-${Date.now()}`
      const id = await site.rest.createRun({ name })
      for (const type of ['RUNNING', 'PAUSED', 'RUNNING', 'COMPLETED']) await site.rest.setState(id, type)
      await expect.poll(async () => (await rowsOf(page))[0]).toBe(`Completed ${name}`)
      await expect.poll(() => page.locator('.rows', { hasText: `${name} completed` }).count()).toBe(1)
      await closePage(page)
      return { asked, sockets }
    })
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(asked.flatMap(names => names.split(' + ')).toSorted()).toEqual(['Bell', 'Dashboard', 'LiveCounts', 'ServerFacts'])
    expect(sockets).toBe(1)
  })

  test('few recent runs stand in rows as high as many', async () => {
    for (const name of ['one-of-few', 'other-of-few']) await site.rest.createRun({ name, type: 'COMPLETED', tags: ['few'] })
    const page = await open('/dashboard?tag=few')
    const heights = () =>
      page
        .locator('section', { hasText: 'Recent runs' })
        .locator('tbody tr')
        .evaluateAll(rows => rows.map(row => row.clientHeight))
    await expect.poll(heights).toEqual([30, 30])
    await closePage(page)
    isUnhurt()
  })

  test('what runs is measured against the usual, in amber when it takes more than twice as long', async () => {
    for (let index = 0; index < 5; index += 1) {
      const id = await site.rest.createRun({ flow: 'measured', type: 'RUNNING' })
      await site.rest.setState(id, 'COMPLETED')
    }
    await site.rest.createRun({ flow: 'measured', name: 'slow-one', type: 'RUNNING' })
    const page = await open()
    const row = page.locator('.rows li:has(.track)', { hasText: 'slow-one' })
    const colorOf = (selector: string) => row.locator(selector).evaluate(element => getComputedStyle(element).backgroundColor)
    await expect.poll(() => colorOf('.fill')).toBe('rgb(181, 111, 0)')
    const [bar, time] = [await row.boundingBox(), await row.locator('.aside > *').boundingBox()]
    expect(Math.abs(bar!.x + bar!.width - time!.x - time!.width)).toBeLessThan(2)
    await closePage(page)
    isUnhurt()
  })

  test('task runs are told in a line that counts on as they go, and of a tag those that carry it', async () => {
    const page = await open()
    const line = page.locator('.task-runs')
    const told = async (label: string) => (await line.locator('li', { hasText: label }).locator('strong').textContent())?.trim()
    await line.waitFor()
    const [running, completed] = [Number(await told('Running')), Number(await told('Completed'))]
    const flowRunId = await site.rest.createRun({ name: 'with-tasks', type: 'RUNNING' })
    const ids = await Promise.all(['one', 'two'].map(name => site.rest.createTask(flowRunId, name)))
    for (const id of ids) await site.rest.setTaskState(id, 'RUNNING')
    await expect.poll(() => told('Running')).toBe(String(running + 2))
    for (const id of ids) await site.rest.setTaskState(id, 'COMPLETED')
    await expect.poll(() => told('Completed')).toBe(String(completed + 2))
    expect(await told('Running')).toBe(String(running))
    await site.rest.setState(flowRunId, 'COMPLETED')
    await page.goto(`${site.server.url}/dashboard?tag=nightly`)
    await page.locator('.board').waitFor()
    expect(await line.count()).toBe(0)
    await closePage(page)
  })

  test('the legend is the filter of the chart, in the address', async () => {
    const page = await open()
    const failed = page.locator('.legend').getByRole('button', { name: /^Failed/ })
    const dimmed = () => page.locator('.chart rect.dim').count()
    expect(await dimmed()).toBe(0)
    await failed.click()
    await expect.poll(() => new URL(page.url()).search).toBe('?state=FAILED')
    await expect.poll(() => failed.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(dimmed).toBeGreaterThan(0)
    expect(await page.locator('.chart rect.dim[data-family=failed]').count()).toBe(0)
    await failed.click()
    await expect.poll(dimmed).toBe(0)
    await closePage(page)
    isUnhurt()
  })

  test('a stretch drawn out on the chart becomes the range; Escape leaves it, and the way back is the browser’s', async () => {
    const page = await open()
    const chart = (await page.locator('.chart > svg').boundingBox())!
    const draw = async () => {
      await page.mouse.move(chart.x + chart.width * 0.5, chart.y + 60)
      await page.mouse.down()
      await page.mouse.move(chart.x + chart.width * 0.7, chart.y + 90, { steps: 4 })
      await page.locator('.chart rect.chosen').waitFor()
    }
    await draw()
    await page.keyboard.press('Escape')
    await page.locator('.chart rect.chosen').waitFor({ state: 'detached' })
    await page.mouse.up()
    await draw()
    await page.mouse.up()
    await page.getByRole('button', { name: /^Range: / }).waitFor()
    const [after, before] = ['after', 'before'].map(word => Date.parse(new URL(page.url()).searchParams.get(word)!))
    expect([after! % 900_000, before! % 900_000]).toEqual([0, 0])
    expect(before! - after!).toBeGreaterThan(4 * 3_600_000)
    expect(before! - after!).toBeLessThan(7 * 3_600_000)
    await page.goBack()
    await page.getByRole('button', { name: /^Range: / }).waitFor({ state: 'detached' })

    // And the same by the keyboard.
    await page.locator('.chart > svg').focus()
    for (const key of ['ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('button', { name: /^Range: / }).waitFor()
    const search = new URL(page.url()).searchParams
    expect(Date.parse(search.get('before')!) - Date.parse(search.get('after')!)).toBe(45 * 60_000)
    await closePage(page)
    isUnhurt()
  })

  test('every number leads to the runs that it counts', async () => {
    const page = await open('/dashboard?tag=nightly')
    const hrefs = await page.locator('.tiles a').evaluateAll(tiles => tiles.map(tile => new URL((tile as HTMLAnchorElement).href)))
    const words = hrefs.map(({ pathname, searchParams }) => [
      pathname,
      searchParams.getAll('state').join(),
      searchParams.get('tag'),
      searchParams.get('subflows'),
      searchParams.has('after'),
      searchParams.has('before'),
    ])
    expect(words).toEqual([
      ['/runs', 'FAILED', 'nightly', 'hidden', true, false],
      ['/runs', 'CRASHED', 'nightly', 'hidden', true, false],
      ['/runs', 'Late', 'nightly', 'hidden', false, false],
      ['/runs', 'RUNNING', 'nightly', 'hidden', false, false],
      ['/runs', 'COMPLETED', 'nightly', 'hidden', true, false],
      ['/runs', 'COMPLETED,FAILED,CRASHED', 'nightly', 'hidden', true, false],
    ])
    const counted = await site.rest.graphql<{ flowRuns: { totalCount: { value: number } } }>(
      `{ flowRuns(filter: { stateTypes: [FAILED], tags: ["nightly"], isSubflow: false, expectedStartTimeAfter: "${hrefs[0]!.searchParams.get('after')}" }) { totalCount { value } } }`,
    )
    expect((await tilesOf(page))['FAILED']).toBe(counted.flowRuns.totalCount.value)
    expect(counted.flowRuns.totalCount.value).toBeGreaterThan(0)
    await page.locator('.tiles a').first().click()
    await expect.poll(() => page.locator('.list-bar strong').textContent()).toBe(plural(counted.flowRuns.totalCount.value))
    await page.goBack()
    await page.locator('.board').waitFor()

    // The last bar but the eight that are to come.
    await page.locator('.chart > svg').focus()
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowLeft')
    await page.locator('.tip').getByText(' to ').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/runs')
    const search = new URL(page.url()).searchParams
    expect(Date.parse(search.get('before')!) - Date.parse(search.get('after')!)).toBe(15 * 60_000 - 1)
    await closePage(page)
    isUnhurt()
  })

  test('a tag and subflows scope everything, also what comes', async () => {
    const page = await open()
    await page.getByRole('button', { name: /^Tag: any/ }).click()
    await page.getByRole('textbox', { name: 'Tag' }).fill('only-here')
    await page.keyboard.press('Enter')
    await page.getByText('0 runs carry the tag “only-here”').waitFor()
    const tagged = await site.rest.createRun({ name: 'tagged-heron', tags: ['only-here'] })
    await site.rest.createRun({ name: 'untagged-heron' })
    await expect.poll(() => rowsOf(page)).toEqual(['Pending tagged-heron'])
    await site.rest.setState(tagged, 'FAILED')
    await expect.poll(() => tilesOf(page)).toEqual({ FAILED: 1 })
    await expect.poll(() => legendOf(page)).toEqual({ FAILED: 1 })
    await page.getByRole('button', { name: 'Clear tag' }).click()
    await expect.poll(async () => (await rowsOf(page))[0]).toBe('Pending untagged-heron')
    await closePage(page)
    isUnhurt()
  })

  test('when the clock passes the border of a bucket the range moves on, and the old picture stays until the new one is there', async () => {
    const page = await open('/server')
    await page.clock.install()
    await page.goto(`${site.server.url}/dashboard`)
    await page.locator('header').getByText('Live', { exact: true }).waitFor()
    const board = page.locator('.board')
    await board.evaluate(element => element.setAttribute('data-mark', 'the same'))
    const asked: string[] = []
    page.on('request', request => request.method() === 'POST' && asked.push(/query (\w+)/.exec(request.postData() ?? '')?.[1] ?? ''))
    const sentence = () => page.locator('.chart > svg').getAttribute('aria-label')
    const before = await sentence()
    await page.clock.fastForward('15:00')
    await expect.poll(sentence).not.toBe(before)
    expect(asked).toEqual(['Dashboard'])
    expect(await board.getAttribute('data-mark')).toBe('the same')
    await site.rest.createRun({ name: 'after-the-border' })
    await expect.poll(async () => (await rowsOf(page))[0]).toBe('Pending after-the-border')
    await closePage(page)
    isUnhurt()
  })
})

const plural = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`

/** One client that makes runs and takes each through its life. */
async function walkRuns({ rest }: Site, count: number): Promise<void> {
  const ends = ['COMPLETED', 'FAILED', 'COMPLETED', 'CRASHED', 'CANCELLED', 'COMPLETED']
  for (let index = 0; index < count; index += 1) {
    const id = await rest.createRun({ flow: index % 2 === 0 ? 'load-orders' : 'nightly-etl' })
    await rest.setState(id, 'RUNNING')
    await rest.setState(id, ends[index % ends.length]!)
  }
}

interface Watched {
  pictures: number
  disagreements: string[]
}

/** Looks at every animation frame whether what is counted in several places is one number. All runs are expected within the range. */
const startWatching = (page: Page) =>
  page.evaluate(() => {
    const watched: Watched & { isOver: boolean } = { pictures: 0, disagreements: [], isOver: false }
    Object.assign(window, { watched })
    const number = (text: string | null | undefined) => Number((text ?? '').replace(/\D/g, ''))
    const kinds = {
      FAILED: 'Failed',
      CRASHED: 'Crashed',
      COMPLETED: 'Completed',
      RUNNING: 'Running',
      CANCELLED: 'Cancelled',
      SCHEDULED: 'Scheduled',
    }
    let last = ''
    const look = () => {
      if (watched.isOver) return
      requestAnimationFrame(look)
      const tiles = new Map(
        [...document.querySelectorAll('.tiles a')].map(tile => [tile.querySelector('.label')!.textContent!.trim(), tile]),
      )
      const legend = [...document.querySelectorAll('.legend button')]
      const numbers: Record<string, number[]> = {}
      for (const [type, label] of Object.entries(kinds)) {
        const cells = [...document.querySelectorAll(`td[data-kind=${type}]`)]
        const entry = legend.find(button => button.textContent!.trim().startsWith(`${label} `))
        numbers[type] = [cells.reduce((sum, cell) => sum + number(cell.textContent), 0), number(entry?.textContent)]
        const tile = tiles.get(label)
        if (tile) numbers[type].push(number(tile.querySelector('.number')!.textContent))
      }
      const all = [...document.querySelectorAll('section')].find(section => section.querySelector('h2')?.textContent === 'Failing flows')
      const failures = number(all?.querySelector('.aside')?.textContent)
      numbers['failures'] = [failures, numbers['FAILED']![0]! + numbers['CRASHED']![0]!]
      const picture = JSON.stringify(numbers)
      if (picture !== last) watched.pictures += 1
      last = picture
      if (Object.values(numbers).some(values => values.some(value => value !== values[0]))) watched.disagreements.push(picture)
    }
    requestAnimationFrame(look)
  })

const stopWatching = (page: Page): Promise<Watched> =>
  page.evaluate(() => {
    const { watched } = window as unknown as { watched: Watched & { isOver: boolean } }
    watched.isOver = true
    return { pictures: watched.pictures, disagreements: watched.disagreements }
  })

/** All that the page says but what ticks. */
const wholeOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const ticking = '.rows .aside span, .duration, .tiles a:nth-child(3) .context, .rows > li[data-family] > .aside'
    return [
      ...document.querySelectorAll('.tiles a, .task-runs :is(h2, li), .legend button, .table-scroll tr, .rows li, tbody tr:has(.state)'),
    ].map(element => {
      const copy = element.cloneNode(true) as Element
      for (const part of copy.querySelectorAll(ticking)) part.remove()
      if (element.matches('.rows li')) for (const part of copy.querySelectorAll('.aside')) if (!part.querySelector('time')) part.remove()
      return copy.textContent!.replace(/\s+/g, ' ').trim()
    })
  })
