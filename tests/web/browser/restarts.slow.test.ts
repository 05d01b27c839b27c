import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { badgeOf, legendOf, tilesOf } from './reading.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

/** More of them are asked for by `CASTELLAN_TEST_RESTARTS`. */
const restarts = Number(process.env['CASTELLAN_TEST_RESTARTS'] ?? 3)
describeUnless(missingPages(), 'pages that stay open', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site.close())

  test('heal however often the server is killed under load, and equal a fresh reload', {
    timeout: 120_000 + restarts * 30_000,
  }, async () => {
    await site.rest.createRun({ name: 'first' })
    const [dashboard, runs] = [await site.open('/dashboard'), await site.open('/runs')]
    let isOver = false
    const load = Array.from({ length: 4 }, async () => {
      for (let count = 0; !isOver; count++) {
        try {
          const id = await site.rest.createRun({ flow: `flow ${count % 3}` })
          await site.rest.setState(id, 'RUNNING')
          await site.rest.setState(id, count % 5 === 0 ? 'FAILED' : 'COMPLETED')
        } catch {
          await new Promise(resolve => setTimeout(resolve, 50))
        }
      }
    })
    for (let restart = 0; restart < restarts; restart++) {
      await site.server.kill()
      await site.server.restart()
      for (const page of [dashboard, runs]) await expect.poll(() => badgeOf(page)).toBe('Live')
    }
    isOver = true
    await Promise.all(load)

    await expect.poll(() => legendOf(dashboard)).toEqual(await site.rest.counts())
    const seen = await tilesOf(dashboard)
    await dashboard.reload()
    await expect.poll(() => tilesOf(dashboard)).toEqual(seen)
    await closePage(dashboard)
    await closePage(runs)
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
})
