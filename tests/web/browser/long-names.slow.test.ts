import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { closePage, missingPages, openSite, type Site, untilSettled } from './site.ts'

const long = `Ein-Name-ohne-Ende-${'x'.repeat(90)}`
const message = `ValueError: ${'a-message-without-a-single-space-'.repeat(60)}`

describeUnless(missingPages(), 'names and messages of any length', () => {
  let site: Site
  let pages: Record<string, string>
  beforeAll(async () => {
    site = await openSite()
    const { rest } = site
    const tags = Array.from({ length: 12 }, (_, index) => `one-tag-of-many-${index}`)
    const deploymentId = await rest.deploy(long, long)
    const run = await rest.createRun({ flow: long, name: long, tags, parameters: { long }, deploymentId })
    await rest.setState(run, 'RUNNING')
    const task = await rest.createTask(run, long)
    await rest.setTaskState(task, 'FAILED', { message })
    await rest.log(run, message, { message, level: 40 })
    await rest.setState(run, 'FAILED', { message })
    for (const type of ['markdown', 'link'])
      await rest.makeArtifact({ flow_run_id: run, key: 'a-key-of-many-words-'.repeat(5), type, data: message, description: message })
    await rest.setVariable('v'.repeat(120), long, tags)
    const { flows } = await rest.graphql<{ flows: { nodes: { id: string }[] } }>('{ flows { nodes { id } } }')
    pages = {
      dashboard: '/dashboard',
      runs: '/runs',
      run: `/runs/flow-run/${run}`,
      tasks: `/runs/flow-run/${run}?tab=tasks`,
      inputs: `/runs/flow-run/${run}?tab=inputs`,
      artifactsOfRun: `/runs/flow-run/${run}?tab=artifacts`,
      task: `/runs/task-run/${task}`,
      flows: '/flows',
      flow: `/flows/flow/${flows.nodes[0]!.id}`,
      events: '/events',
      variables: '/variables',
      artifacts: '/artifacts',
    }
  })
  afterAll(() => site?.close())

  test.each([1440, 1180, 1024, 820, 390])('stay within the screen, %i wide', { timeout: 120_000 }, async width => {
    const page = await site.open('/dashboard', { viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    const tooWide: Record<string, number> = {}
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(site.server.url + path)
      await untilSettled(page)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (overflow !== 0) tooWide[name] = overflow
    }
    expect(tooWide).toEqual({})
    await closePage(page)
  })

  test('push no column of a table out of sight', async () => {
    for (const path of ['/variables', '/artifacts']) {
      const page = await site.open(path)
      await page.locator('tbody tr').first().waitFor()
      expect([path, await page.locator('.table-scroll').evaluate(box => box.scrollWidth - box.clientWidth)]).toEqual([path, 0])
      await closePage(page)
    }
  })

  test('cut no name of a page that has the room', async () => {
    const page = await site.open('/notifications/deliveries')
    const cut = await page.locator('header h1 > *').evaluateAll(parts => parts.map(part => part.scrollWidth - part.clientWidth))
    expect(cut).toEqual([0, 0, 0])
    await closePage(page)
  })

  test('leave the page of a task run its own name, and its head to what is short', async () => {
    const page = await site.open(pages['task']!)
    await page.locator('main .strip').waitFor()
    expect((await page.locator('header h1 .own').boundingBox())!.width).toBeGreaterThan(200)
    expect((await page.locator('main .head').boundingBox())!.height).toBeLessThan(320)
    await page.goto(site.server.url + pages['run']!)
    await page.locator('main .strip').waitFor()
    expect(await page.locator('header h1 .parent').evaluate(parent => parent.scrollWidth - parent.clientWidth)).toBe(0)
    await closePage(page)
  })
})
