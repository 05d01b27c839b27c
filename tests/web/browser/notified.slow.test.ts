import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { colorSchemes, screens } from './pages.ts'
import { openReceiver, type Receiver } from './receiver.ts'
import { closePage, missingPages, openSite, type Site, untilShown } from './site.ts'

describeUnless(missingPages(), 'who is told of what', () => {
  let site: Site
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await openReceiver()
    site = await openSite({ env: { CASTELLAN_EGRESS_ALLOW: '127.0.0.1/32' } })
    for (const name of ['shy-falcon', 'fuzzy-leopard']) await fail(name)
  })
  afterAll(async () => {
    await site?.close()
    await receiver?.close()
  })

  const fail = async (name: string) => {
    const id = await site.rest.createRun({ flow: 'daily-etl', name, tags: ['daily-etl'] })
    await site.rest.setState(id, 'FAILED', { message: 'the shop closed the connection' })
    return id
  }
  const focus = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '')
  const tabTo = async (page: Page, wanted: RegExp) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (
        wanted.test(
          await page.evaluate(
            () =>
              (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent?.trim() ??
              document.activeElement?.textContent?.trim() ??
              '',
          ),
        )
      )
        return
      await page.keyboard.press('Tab')
    }
    throw new Error(`The keyboard does not reach ${wanted}, but stands on ${await focus(page)}.`)
  }
  const channelNames = async () =>
    (
      await site.rest.graphql<{ blockDocuments: { nodes: { name: string }[] } }>('{ blockDocuments { nodes { name } } }')
    ).blockDocuments.nodes.map(({ name }) => name)
  /** Counts from now on. */
  const countKeys = async (page: Page) => {
    await page.evaluate(() => {
      Object.assign(window, { keysPressed: 0 })
      addEventListener('keydown', () => void (window as unknown as { keysPressed: number }).keysPressed++, { capture: true })
    })
    return () => page.evaluate(() => (window as unknown as { keysPressed: number }).keysPressed)
  }
  const deliveries = (page: Page) => page.getByRole('list', { name: 'Deliveries' })

  test('a notification is made by keys alone, tested for real, and saved, with fewer keys than a minute has room for', async () => {
    const page = await site.open('/notifications')
    const keys = await countKeys(page)
    await page.keyboard.press('c')
    await page.getByText('A run enters').waitFor()
    await tabTo(page, /^failed$/)
    await page.keyboard.press('Space')
    await tabTo(page, /^With any of these tags/)
    await page.keyboard.type('daily')
    await page.getByRole('option', { name: 'daily-etl' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Would have fired 2 times' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('radio', { name: 'Custom' }).waitFor()
    await tabTo(page, /^Custom$/)
    await page.keyboard.press('Space')
    await tabTo(page, /^Name of the channel/)
    await page.keyboard.type('my-receiver')
    await tabTo(page, /^URL/)
    await page.keyboard.type(`${receiver.url}/hook`)
    await page.keyboard.press('Control+Enter')
    await page.getByText('The fuzzy-leopard run of the daily-etl flow entered a failed state').first().waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Read it aloud').waitFor()
    await expect
      .poll(() => page.locator('.sentence').textContent())
      .toContain('with daily-etl tag enters a failed state, send a notification to my-receiver')
    await tabTo(page, /^Name, optional/)
    await page.keyboard.type('nightly failures')
    await tabTo(page, /^Send a test$/)
    await page.keyboard.press('Enter')
    await page.getByText('my-receiver answered 200 ok').waitFor()
    expect(await channelNames()).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.getByRole('list', { name: 'Notifications' }).getByText('nightly failures').waitFor()
    expect(await keys()).toBeLessThan(4 * 60)
    expect(await channelNames()).toEqual(['my-receiver'])
    expect(receiver.heard.map(({ path }) => path)).toEqual(['/hook'])
    expect(JSON.parse(receiver.heard[0]!.body).body).toContain('fuzzy-leopard')
    await closePage(page)
  })

  test('a new channel can be changed before it is saved, and is refused where it could not be', async () => {
    const page = await site.open('/notifications/new')
    await page.getByRole('button', { name: /^Where/ }).click()
    await page.getByRole('radio', { name: 'Custom' }).check()
    await page.getByLabel(/^Name of the channel/).fill('mistaken')
    await page.getByLabel(/^URL/).fill(`${receiver.url}/{{nobody}}`)
    await page.getByRole('button', { name: /^Next: message/ }).click()
    await page
      .getByRole('alert')
      .getByText(/\{\{nobody\}\}/)
      .waitFor()
    await page.getByLabel(/^URL/).fill(`${receiver.url}/mistaken`)
    await page.getByRole('button', { name: /^Next: message/ }).click()
    await page.getByText('What mistaken is given').waitFor()
    await page.getByRole('button', { name: /^Where/ }).click()
    await page.getByRole('button', { name: 'Change mistaken' }).click()
    await expect.poll(() => page.getByLabel(/^URL/).inputValue()).toBe(`${receiver.url}/mistaken`)
    await page.getByLabel(/^Name of the channel/).fill('mended')
    await page.getByLabel(/^URL/).fill(`${receiver.url}/mended`)
    await page.getByRole('button', { name: /^Review/ }).click()
    await expect.poll(() => page.locator('.sentence').textContent()).toContain('send a notification to mended')
    const before = receiver.heard.length
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('mended answered 200 ok').waitFor()
    expect(receiver.heard.slice(before).map(({ path }) => path)).toEqual(['/mended'])
    await page.getByRole('button', { name: /^Where/ }).click()
    await page.getByRole('radio', { name: 'Slack' }).check()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('button', { name: /^Next: message/ }).click()
    await page.getByText('What mended is given').waitFor()
    await page.getByRole('button', { name: /^Where/ }).click()
    await page.getByRole('button', { name: 'Change mended' }).click()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('radio', { name: 'Custom' }).check()
    await page.getByLabel(/^Name of the channel/).fill('another')
    await page.getByLabel(/^URL/).fill(`${receiver.url}/another`)
    await page.getByRole('button', { name: /^Review/ }).click()
    await expect.poll(() => page.locator('.sentence').textContent()).toMatch(/mended.*another/)
    await closePage(page)
    expect(await channelNames()).toEqual(['my-receiver'])
  })

  test('a template that names what there is not is refused at its place', async () => {
    const page = await site.open('/notifications')
    await page.getByRole('list', { name: 'Notifications' }).locator('a.opens').click()
    await page.getByRole('button', { name: /^Message/ }).click()
    const message = page.getByLabel('Message', { exact: true })
    await message.fill('{{ flow_nam }} broke')
    await page.getByText('Line 1: flow_nam is no variable. Do you mean flow_name?').waitFor()
    await page.getByRole('button', { name: /^Next: review/ }).click()
    await page.getByRole('alert').getByText('The message cannot be sent as it is.').waitFor()
    await message.fill('{% for n in (1..100000000) %}{{ n }}{% endfor %}')
    await page.getByText('The default stands in place of the message').waitFor()
    await message.fill('')
    await page.getByRole('button', { name: 'Insert a variable' }).click()
    await page.getByRole('menuitem', { name: 'flow_run_url' }).click()
    await expect.poll(() => message.inputValue()).toMatch(/\{\{ flow_run_url \}\}$/)
    await closePage(page)
  })

  test('what is sent stands in the list and among the deliveries, live, and what failed can be sent again', async () => {
    const list = await site.open('/notifications')
    const history = await site.open('/notifications/deliveries')
    receiver.answer = { status: 403, body: 'invalid routing key' }
    const run = await fail('proud-ibex')
    await deliveries(history).getByText('Gave up').waitFor()
    await list.getByText('Fix the channel').waitFor()
    await list.getByRole('link', { name: '0 sent, 1 failed in 7 days' }).waitFor()
    await list.getByRole('link', { name: 'Deliveries: 1 failed since you looked' }).waitFor()
    await deliveries(history).getByRole('button', { name: 'Gave up, proud-ibex to my-receiver' }).click()
    await history.getByText('invalid routing key').waitFor()
    await expect.poll(() => history.getByRole('list', { name: 'Attempts' }).getByRole('listitem').count()).toBe(1)
    receiver.answer = { status: 200, body: 'ok' }
    await history.getByRole('button', { name: 'Send again' }).click()
    await deliveries(history).getByText('Sent', { exact: true }).waitFor()
    await list.getByRole('link', { name: /^1 sent/ }).waitFor()
    await expect.poll(() => history.getByRole('list', { name: 'Attempts' }).getByRole('listitem').count()).toBe(2)
    expect(await deliveries(history).getByRole('link', { name: 'proud-ibex' }).getAttribute('href')).toContain(run)
    await history.getByRole('button', { name: /^Outcome:/ }).click()
    await history.getByRole('checkbox', { name: 'Gave up' }).check()
    await history.getByRole('heading', { name: 'No delivery matches' }).waitFor()
    await history.getByRole('button', { name: 'Clear filters' }).click()
    await history.getByText(/^\d+ % at first try, in 7 days$/).waitFor()
    await history.getByRole('radio', { name: '24h' }).check()
    await history.getByText(/^\d+ % at first try, in 24 hours$/).waitFor()
    await deliveries(history).getByRole('link', { name: 'proud-ibex' }).waitFor()
    expect(new URL(history.url()).search).toBe('?range=24h')
    await closePage(history)
    await list.goto(`${site.server.url}/runs/flow-run/${run}`)
    await list.getByRole('region', { name: 'Who was told' }).getByRole('link', { name: 'my-receiver sent' }).waitFor()
    await closePage(list)
  })

  test('each delivery is seen on the page soon after it was answered', async () => {
    const page = await site.open('/notifications/deliveries')
    await deliveries(page).waitFor()
    await page.evaluate(() => {
      const seenAt: Record<string, number> = {}
      Object.assign(window, { seenAt })
      new MutationObserver(() => {
        for (const button of document.querySelectorAll('button.opens')) seenAt[button.getAttribute('aria-label') ?? ''] ??= Date.now()
      }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] })
    })
    const delays: number[] = []
    for (let index = 0; index < 10; index += 1) {
      const before = receiver.heard.length
      await fail(`seen-${index}`)
      const name = `Sent, seen-${index} to my-receiver`
      await deliveries(page).getByRole('button', { name }).waitFor()
      const seenAt = await page.evaluate(name => (window as unknown as { seenAt: Record<string, number> }).seenAt[name]!, name)
      delays.push(seenAt - receiver.heard[before]!.answeredAt)
    }
    const sorted = delays.toSorted((left, right) => left - right)
    process.stdout.write(`\nanswer to DOM, deliveries: p50 ${sorted[4]} / max ${sorted.at(-1)} ms\n`)
    expect(delays).toHaveLength(10)
    await closePage(page)
  })

  test('a block is made from the catalogue, its secret never shown; kept when it is changed, guarded when it is used', async () => {
    const page = await site.open('/blocks/catalog?capability=notify')
    await page.getByRole('link', { name: 'Slack Webhook' }).click()
    await page.getByRole('button', { name: 'Create block' }).click()
    await page.getByText('A block needs a name.').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('my-slack')
    await page.getByLabel(/^url$/i).fill('https://hooks.slack.com/services/A/B/C')
    await page.getByRole('button', { name: 'Create block' }).click()
    await page.getByText('kept, never shown').waitFor()
    expect(await page.content()).not.toContain('services/A/B/C')
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: /^Replace url$/i }).waitFor()
    await page.getByRole('button', { name: 'Save block' }).click()
    await page.getByText('kept, never shown').waitFor()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete block' }).click()
    await page.getByRole('link', { name: 'my-receiver' }).click()
    await page.getByRole('link', { name: /send a notification to/ }).waitFor()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByText('1 notification').waitFor()
    await page.getByRole('button', { name: 'Keep the block' }).click()
    await closePage(page)
  })

  test('a form that is refused says all that is wrong at one click, and leads to the first of it', async () => {
    await site.rest.makeBlockType('bucket', {
      properties: { region: { title: 'Region', type: 'string' }, size: { title: 'Size', type: 'integer' } },
      required: ['region'],
    })
    const hasFocus = (label: string) => page.getByLabel(label, { exact: true }).evaluate(field => field === document.activeElement)
    const page = await site.open('/blocks/catalog/bucket/create')
    await page.getByLabel('Size, optional').fill('big')
    await page.getByRole('button', { name: 'Create block' }).click()
    for (const wrong of ['A block needs a name.', 'Region is needed.', 'This is no number.']) await page.getByText(wrong).waitFor()
    await expect.poll(() => hasFocus('Name')).toBe(true)
    await page.goto(`${site.server.url}/notifications/new`)
    await page.getByRole('button', { name: /^Where/ }).click()
    await page.getByRole('radio', { name: 'Discord' }).check()
    await page.getByLabel('Name of the channel').fill('crew')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Webhook token is needed.').waitFor()
    await expect.poll(() => hasFocus('Webhook ID')).toBe(true)
    await closePage(page)
  })

  describe.each(colorSchemes)('in %s', colorScheme => {
    test.each(screens)('axe finds nothing to say, and no page is wider than its screen: $width', async viewport => {
      const page = await site.open('/notifications', { colorScheme, viewport, reducedMotion: 'reduce' })
      const paths = [
        '/notifications',
        '/notifications/new',
        '/notifications/deliveries',
        '/blocks',
        '/blocks/catalog',
        '/blocks/catalog/smtp-email/create',
      ]
      const { blockDocuments, notificationPolicies } = await site.rest.graphql<Record<string, { nodes: { id: string }[] }>>(
        '{ blockDocuments { nodes { id } } notificationPolicies { nodes { id } } }',
      )
      const [block, policy] = [blockDocuments!.nodes[0]!.id, notificationPolicies!.nodes[0]!.id]
      for (const path of [...paths, `/blocks/block/${block}`, `/notifications/${policy}`, `/notifications/${policy}/edit`]) {
        await page.goto(site.server.url + path)
        await untilShown(page)
        await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' })
        expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] })
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect({ path, overflow }).toEqual({ path, overflow: 0 })
      }
      await closePage(page)
    })
  })

  test('the pages ask for nothing outside their server, and keep its content security policy', () => {
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
  })
})
