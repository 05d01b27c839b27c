import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { describeUnless } from '../../support/skip.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

/** Name and what happened, from the top. */
const eventsOf = (page: Page): Promise<string[]> =>
  page.locator('.rows .opens').evaluateAll(rows => rows.map(row => [...row.children].map(part => part.textContent?.trim()).join(' ')))

const rowCountOf = async (page: Page): Promise<number> =>
  Number((await page.locator('.rows [role=listitem]').first().getAttribute('aria-setsize')) ?? 0)

/** Many events from outside, as clients send them: a ping is answered when what came before it is stored. */
async function sendEvents(site: Site, count: number): Promise<void> {
  const socket = new WebSocket(`${site.server.url.replace('http', 'ws')}/api/events/in`, 'prefect')
  const heard = (name: string) => new Promise(resolve => socket.once(name, resolve))
  await heard('open')
  socket.send(JSON.stringify({ type: 'auth', token: null }))
  await heard('message')
  const now = Date.now()
  for (let index = 0; index < count; index += 1) {
    const occurred = new Date(now - (count - index) * 10).toISOString()
    const resource = { 'prefect.resource.id': `acme.order.${index}`, 'prefect.resource.name': `order-${index}` }
    socket.send(JSON.stringify({ id: randomUUID(), occurred, event: 'acme.order.shipped', resource, related: [], payload: { index } }))
  }
  socket.ping()
  await heard('pong')
  socket.close()
}

describeUnless(missingPages(), 'events', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  test('come as they happen, newest first, and are counted in the histogram', async () => {
    const page = await site.open('/events')
    await page.getByText('Listening. Nothing has happened').waitFor()
    await site.rest.setVariable('release_stage', 'production')
    await expect.poll(() => eventsOf(page)).toEqual(['release_stage created'])
    const id = await site.rest.createRun({ flow: 'etl', name: 'calm-ibis' })
    await site.rest.setState(id, 'FAILED')
    await expect.poll(() => eventsOf(page)).toEqual(['calm-ibis Failed', 'calm-ibis Pending', 'etl created', 'release_stage created'])
    await page.getByText('4 events', { exact: true }).waitFor()
    await page.getByRole('img', { name: /^4 events over time/ }).waitFor()
    await page.reload()
    await expect.poll(() => eventsOf(page)).toHaveLength(4)
    await closePage(page)
  })

  test('have a page each, at the address that SDKs print', async () => {
    const { events } = await site.rest.graphql<{ events: { nodes: { id: string }[] } }>(
      '{ events(first: 1, filter: { names: ["prefect.flow-run.Failed"] }) { nodes { id } } }',
    )
    const page = await site.open(`/events/event/2026-11-25/${events.nodes[0]!.id}`)
    await page.getByRole('heading', { name: 'prefect.flow-run.Failed', level: 2 }).waitFor()
    await page.getByText('"intended"').waitFor()
    await page.getByRole('link', { name: 'Open flow run calm-ibis' }).click()
    await page.getByRole('heading', { name: 'calm-ibis', level: 2 }).waitFor()
    await page.goto(`${site.server.url}/events/event/2026-11-25/00000000-0000-7000-8000-000000000000`)
    await page.getByText('No event has this id').waitFor()
    await closePage(page)
  })

  test('wait while the feed is paused, and are counted; the histogram goes on', async () => {
    const page = await site.open('/events')
    await expect.poll(() => eventsOf(page)).toHaveLength(4)
    await page.keyboard.press('p')
    await site.rest.setVariable('while_paused', 1)
    await page.getByRole('button', { name: '1 new event while paused' }).waitFor()
    await page.getByRole('img', { name: /^5 events over time/ }).waitFor()
    expect(await eventsOf(page)).toHaveLength(4)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(async () => (await eventsOf(page))[0]).toBe('while_paused created')
    await closePage(page)
  })

  test('are narrowed by kind, by resource and by text, all in the address', async () => {
    const page = await site.open('/events')
    await page.getByRole('button', { name: 'Flow runs' }).click()
    await expect.poll(() => eventsOf(page)).toEqual(['calm-ibis Failed', 'calm-ibis Pending'])
    await site.rest.setVariable('not_shown', 1)
    await page.getByLabel('Search the loaded events').fill('failed')
    await page.getByText('1 of 2 loaded events').waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ name: 'prefect.flow-run.', text: 'failed' })
    await page.reload()
    await expect.poll(() => eventsOf(page)).toEqual(['calm-ibis Failed'])
    await page.getByLabel('Search the loaded events').fill('nothing like it')
    await page.getByText('0 of 2 loaded events match').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect.poll(() => eventsOf(page)).toHaveLength(6)
    await closePage(page)
  })

  test('are opened by the keyboard, show what they carry, and lead to what they are about', async () => {
    const page = await site.open('/events?name=prefect.flow-run.')
    await expect.poll(() => eventsOf(page)).toHaveLength(2)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('.detail pre').filter({ hasText: 'validated_state' }).waitFor()
    expect(await page.locator('.detail dl').textContent()).toContain('prefect.flow-run.Failed')
    await page.getByRole('link', { name: 'Only events of this resource' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('resource')).toMatch(/^prefect\.flow-run\./)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Open flow run calm-ibis' }).first().click()
    await page.locator('main h2.name').getByText('calm-ibis', { exact: true }).waitFor()
    await closePage(page)
  })

  describe('by the thousands', () => {
    beforeAll(() => sendEvents(site, 10_100), 180_000)

    test('are loaded as one scrolls, up to 10,000, of which the page holds only what is seen', async () => {
      const page = await site.open('/events?name=acme.')
      await expect.poll(() => rowCountOf(page)).toBe(200)
      await expect
        .poll(
          async () => {
            await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
            return rowCountOf(page)
          },
          { timeout: 120_000, interval: 50 },
        )
        .toBe(10_000)
      const frames = await page.evaluate(async () => {
        const spans: number[] = []
        let before = performance.now()
        for (let frame = 0; frame < 120; frame += 1) {
          scrollTo(0, 100_000 - frame * 240)
          await new Promise(requestAnimationFrame)
          const now = performance.now()
          spans.push(now - before)
          before = now
        }
        return spans.sort((one, other) => one - other)
      })
      process.stdout.write(`\nscrolling 10,000 events: p50 ${frames[60]!.toFixed(1)} / p95 ${frames[114]!.toFixed(1)} ms a frame\n`)
      expect(await page.locator('.rows [role=listitem]').count()).toBeLessThan(80)
      await page.evaluate(() => scrollTo(0, 0))
      await expect.poll(async () => (await eventsOf(page))[0]).toBe('order-10099 shipped')
      await closePage(page)
    })

    test('stay where they are read, and the new ones wait', async () => {
      const page = await site.open('/events?name=acme.')
      await expect.poll(() => rowCountOf(page)).toBe(200)
      await page.evaluate(() => scrollTo(0, 1500))
      const inTheMiddle = () => page.evaluate(() => document.elementFromPoint(720, 450)?.closest('[role=listitem]')?.textContent ?? '')
      await expect.poll(inTheMiddle).toContain('shipped')
      const read = await inTheMiddle()
      await sendEvents(site, 3)
      await page.getByRole('button', { name: '3 new events' }).waitFor()
      expect(await inTheMiddle()).toBe(read)
      await page.keyboard.press('n')
      await expect.poll(async () => (await eventsOf(page))[0]).toBe('order-2 shipped')
      await closePage(page)
    })
  })

  test('ask for nothing outside their server, and keep its content security policy', () => {
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })

  test('have views that everybody finds, apart from those of runs', async () => {
    const page = await site.open('/events?name=prefect.variable.')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Of variables')
    await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
    const other = await site.open('/events')
    await other.getByRole('link', { name: 'Of variables', exact: true }).click()
    await expect.poll(async () => (await eventsOf(other)).at(-1)).toBe('release_stage created')
    expect(new URL(other.url()).search).toBe('?name=prefect.variable.')
    await other.getByRole('link', { name: 'All events' }).click()
    await expect.poll(() => new URL(other.url()).search).toBe('')
    await other.goto(`${site.server.url}/runs`)
    await other.getByRole('link', { name: 'Upcoming' }).waitFor()
    expect(await other.getByRole('navigation', { name: 'Views' }).getByRole('link').count()).toBe(4)
    await closePage(page)
    await closePage(other)
  })
})
