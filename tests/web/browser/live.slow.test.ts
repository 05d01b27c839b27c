import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { missingPostgres } from '../../support/postgres.ts'
import { startServer } from '../../support/server.ts'
import { describeUnless } from '../../support/skip.ts'
import { postgresPlace, sqlitePlace } from '../../support/storages.ts'
import { badgeOf, legendOf, onlyTiles, rowsOf, runOf, tilesOf, untilAlike } from './reading.ts'
import { restOf } from './rest.ts'
import { closePage, missingPages, openSite, type Site, type SiteOptions } from './site.ts'

const pagesFollow = (place: NonNullable<SiteOptions['place']>) => () => {
  let site: Site
  let kept: string
  beforeAll(async () => {
    site = await openSite({ place })
    kept = await site.rest.createRun({ name: 'kept-otter' })
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  const isUnhurt = () => expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })

  describe('the dashboard', () => {
    let page: Page
    beforeAll(async () => {
      page = await site.open('/dashboard')
      await page.getByText('Live', { exact: true }).waitFor()
    })
    afterAll(() => page && closePage(page))

    test('a transition shows in its row and in the tiles, in place', async () => {
      const row = page.locator('tbody tr', { hasText: 'kept-otter' })
      await row.waitFor()
      await row.evaluate(element => element.setAttribute('data-mark', 'the same'))
      await site.rest.setState(kept, 'RUNNING')
      await row.getByText('Running', { exact: true }).waitFor()
      await expect.poll(() => tilesOf(page)).toEqual({ RUNNING: 1 })
      await site.rest.setState(kept, 'FAILED')
      await row.getByText('Failed', { exact: true }).waitFor()
      await expect.poll(() => tilesOf(page)).toEqual({ FAILED: 1 })
      expect(await row.getAttribute('data-mark')).toBe('the same')
      isUnhurt()
    })

    test('a new run appears above the older ones', async () => {
      await site.rest.createRun({ name: 'new-heron' })
      await expect.poll(() => rowsOf(page)).toEqual(['Pending new-heron', 'Failed kept-otter'])
      isUnhurt()
    })

    test('after 300 mixed transitions tiles and legend are the counts of the server', async () => {
      const runsBefore = Object.values(await site.rest.counts()).reduce((sum, count) => sum + count, 0)
      const types = ['RUNNING', 'COMPLETED', 'FAILED', 'CRASHED', 'PAUSED', 'SCHEDULED', 'CANCELLED']
      const runs = await inParallel(60, index => site.rest.createRun({ name: `burst-${index}` }))
      await inParallel(300, index => site.rest.setState(runs[index % 60]!, types[(index * 5 + Math.floor(index / 60)) % types.length]!))
      const counts = await site.rest.counts()
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(runsBefore + 60)
      await expect.poll(() => legendOf(page)).toEqual(counts)
      expect(await tilesOf(page)).toEqual(onlyTiles(counts))
      const fresh = await site.open('/dashboard')
      await expect.poll(() => legendOf(fresh)).toEqual(counts)
      await untilAlike(rowsOf, page, fresh)
      await closePage(fresh)
      isUnhurt()
    })
  })

  test('the page of a run follows its state, its history and its log', async () => {
    const id = await site.rest.createRun({ name: 'followed-lark' })
    const page = await site.open(`/runs/flow-run/${id}`)
    await expect.poll(async () => (await runOf(page)).pill).toEqual(['Pending'])
    await page.getByText('Live', { exact: true }).waitFor()
    await site.rest.setState(id, 'RUNNING')
    await site.rest.log(id, 'one', 'two')
    await site.rest.log(id, { message: 'three', level: 40 })
    await expect.poll(async () => (await runOf(page)).log).toEqual(['one', 'two', 'three'])
    await site.rest.setState(id, 'FAILED', { message: 'the shop was shut' })
    await expect.poll(async () => (await runOf(page)).history).toEqual(['Failed', 'Running', 'Pending'])
    await expect.poll(() => runOf(page)).toMatchObject({ name: ['followed-lark'], pill: ['Failed'] })
    await expect.poll(() => page.title()).toBe('followed-lark of etl · Castellan')
    await expect.poll(() => page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^data:image\/svg/)
    const fresh = await site.open(`/runs/flow-run/${id}`)
    await untilAlike(runOf, page, fresh)
    await closePage(fresh)
    await closePage(page)
    isUnhurt()
  })

  test('the variables follow every change, whoever makes it', async () => {
    const page = await site.open('/variables')
    await page.getByText('No variables yet').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    const names = () => page.locator('tbody tr').evaluateAll(rows => rows.map(row => row.querySelector('.name')?.textContent))
    for (const name of ['beta', 'alpha']) await site.rest.setVariable(name, 1)
    await expect.poll(names).toEqual(['alpha', 'beta'])
    await fetch(`${site.server.apiUrl}/variables/name/alpha`, { method: 'DELETE' })
    await expect.poll(names).toEqual(['beta'])
    await closePage(page)
    isUnhurt()
  })

  describe('a server that dies and comes back', () => {
    test('heals the pages, which then equal a fresh reload; meanwhile they say so', async () => {
      const id = await site.rest.createRun({ name: 'gap-wren' })
      await site.rest.setState(id, 'RUNNING')
      await site.rest.log(id, 'before the gap')
      const dashboard = await site.open('/dashboard')
      const run = await site.open(`/runs/flow-run/${id}`)
      for (const page of [dashboard, run]) await page.getByText('Live', { exact: true }).waitFor()
      await dashboard.locator('tbody tr', { hasText: 'gap-wren' }).waitFor()
      await run.getByText('before the gap').waitFor()

      await site.server.kill()
      for (const page of [dashboard, run])
        await expect.poll(() => badgeOf(page)).toMatch(/^(Reconnecting, as of|Offline since) \d\d:\d\d:\d\d$/)
      // Another server writes to the same file, unseen by the pages.
      const other = await startServer({ databaseUrl: site.database.url })
      const there = restOf(other.url)
      await there.setState(id, 'COMPLETED', { message: 'while nobody looked' })
      await there.log(id, 'inside the gap')
      await there.createRun({ name: 'gap-finch' })
      await other.dispose()
      await site.server.restart()

      for (const page of [dashboard, run]) await expect.poll(() => badgeOf(page)).toBe('Live')
      await expect.poll(async () => (await rowsOf(dashboard)).slice(0, 2)).toEqual(['Pending gap-finch', 'Completed gap-wren'])
      await expect.poll(async () => (await runOf(run)).pill).toEqual(['Completed'])
      await expect.poll(async () => (await runOf(run)).log).toEqual(['before the gap', 'inside the gap'])
      await expect.poll(() => legendOf(dashboard)).toEqual(await site.rest.counts())
      const [freshDashboard, freshRun] = [await site.open('/dashboard'), await site.open(`/runs/flow-run/${id}`)]
      await expect.poll(() => legendOf(freshDashboard)).toEqual(await site.rest.counts())
      for (const read of [rowsOf, tilesOf]) await untilAlike(read, dashboard, freshDashboard)
      await untilAlike(runOf, run, freshRun)
      for (const page of [freshDashboard, freshRun]) await closePage(page)

      // And what comes now is live again.
      await site.rest.log(id, 'after the gap')
      await run.getByText('after the gap').waitFor()
      await closePage(dashboard)
      await closePage(run)
      isUnhurt()
    })

    test('stops the clocks of the pages', async () => {
      const id = await site.rest.createRun({ name: 'ticking-ibis' })
      await site.rest.setState(id, 'RUNNING')
      const page = await site.open('/server')
      await page.clock.install()
      await page.goto(`${site.server.url}/runs/flow-run/${id}`)
      await page.getByText('Live', { exact: true }).waitFor()
      const clocks = async () => [await page.locator('.clock').textContent(), await page.locator('main .head dl').textContent()]
      const moving = await clocks()
      await page.clock.fastForward('00:07')
      await expect.poll(clocks).not.toEqual(moving)

      await site.server.kill()
      await expect.poll(() => badgeOf(page)).toMatch(/^(Reconnecting|Offline)/)
      const stopped = await clocks()
      await page.clock.fastForward('00:07')
      await page.clock.fastForward('00:07')
      expect(await clocks()).toEqual(stopped)
      await site.server.restart()
      await expect.poll(() => badgeOf(page)).toBe('Live')
      await expect.poll(clocks).not.toEqual(stopped)
      await closePage(page)
      isUnhurt()
    })
  })
}

const inParallel = async <T>(count: number, work: (index: number) => Promise<T>, clients = 12): Promise<T[]> => {
  const results: T[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) {
        const index = next++
        results[index] = await work(index)
      }
    }),
  )
  return results
}

describeUnless(missingPages(), 'pages follow the server on SQLite', pagesFollow(sqlitePlace))
describeUnless(missingPages() ?? missingPostgres(18), 'pages follow the server on Postgres', pagesFollow(postgresPlace))
