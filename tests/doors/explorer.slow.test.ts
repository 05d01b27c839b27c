import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { launchBrowser, missingBrowser } from '../support/browser.ts'
import { describeUnless } from '../support/skip.ts'
import { type Doors, openDoors } from './house.ts'
import { until } from './subscription.ts'

describeUnless(missingBrowser(), 'the explorer, in a real browser', () => {
  let browser: Browser
  let doors: Doors
  beforeAll(async () => {
    doors = await openDoors()
    browser = await launchBrowser({
      args: ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    })
  })
  afterAll(async () => {
    await browser.close()
    await doors.close()
  })

  test('works without the internet, and a subscription ticks in it', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const foreign: string[] = []
    const complaints: string[] = []
    await context.route('**/*', route => {
      const url = new URL(route.request().url())
      if (/^https?:/.test(url.protocol) && url.origin !== doors.url) foreign.push(url.href)
      return route.continue()
    })
    page.on('websocket', socket => new URL(socket.url()).host === new URL(doors.url).host || foreign.push(socket.url()))
    page.on('console', message => /Content Security Policy|Refused to/.test(message.text()) && complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))

    const query = 'subscription Changes { flowRunStateChanged { changes { flowRun { name } state { name } } } }'
    const answer = await page.goto(`${doors.url}/graphql?query=${encodeURIComponent(query)}`)
    expect([answer!.status(), answer!.headers()['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.title()).toContain('Castellan')
    await page.locator('.graphiql-execute-button').click()
    await until(() => doors.house.events.followers === 1)
    const ctx = doors.house.as(owner)
    const { flow } = await ensureFlow(ctx, { name: 'explored' })
    for (const name of ['first-tick', 'second-tick']) {
      await createFlowRun(ctx, { flowId: flow.id, name, state: { type: 'RUNNING' } })
      await page.locator('.result-window').getByText(name).waitFor()
    }
    await page.locator('.graphiql-execute-button').click()
    await until(() => doors.house.events.followers === 0)
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] })
    await context.close()
  })

  test('opens with examples, and its address can be opened again', async () => {
    const page = await browser.newPage()
    await page.goto(`${doors.url}/graphql`)
    await page.locator('.graphiql-query-editor').getByText('NewestRuns').first().waitFor()
    const again = await page.reload()
    expect(again!.headers()['content-type']).toBe('text/html; charset=utf-8')
    await page.close()
  })
})
