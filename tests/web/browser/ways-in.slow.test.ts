import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { type ReverseProxy, startProxy } from './proxy.ts'
import { badgeOf, rowsOf, runOf, tilesOf } from './reading.ts'
import { closePage, type Misdeeds, missingPages, openSite, type Site, untilShown, watch } from './site.ts'

describeUnless(missingPages(), 'the ways in', () => {
  describe('a server open to the network without authentication', () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite({ args: ['--host', '0.0.0.0', '--allow-anonymous'] })
    })
    afterAll(() => site?.close())

    test('says so on every page, and that its addresses can be reached', async () => {
      const page = await site.open('/')
      for (const path of ['/dashboard', '/variables', '/server', '/nowhere']) {
        await page.goto(site.server.url + path)
        await page.getByRole('complementary', { name: 'Security' }).getByText('Anyone who can reach this server').waitFor()
      }
      await page.goto(`${site.server.url}/dashboard`)
      const choices = page.getByRole('group', { name: 'Where the client runs' }).getByRole('button')
      await choices.first().waitFor()
      expect((await choices.allTextContents()).join()).not.toContain('not reachable')
      await closePage(page)
      expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    })
  })

  describe('a server with a shared password', () => {
    let site: Site
    const [username, password] = ['ada', 'love: lace']
    beforeAll(async () => {
      site = await openSite({ authString: `${username}:${password}` })
    })
    afterAll(() => site?.close())

    test('asks the browser, and shows nothing to who does not answer', async () => {
      const page = await (await site.browser.newContext()).newPage()
      const answer = await page.goto(`${site.server.url}/dashboard`).catch(() => undefined)
      expect([undefined, 401]).toContain(answer?.status())
      if (answer) expect(answer.headers()['www-authenticate']).toMatch(/^Basic realm=/)
      expect(await page.locator('nav').count()).toBe(0)
      await closePage(page)
    })

    test('shows everything to who answers, the live socket included, with no banner', async () => {
      const page = await site.open('/dashboard', { httpCredentials: { username, password, origin: site.server.url } })
      await page.getByText('Live', { exact: true }).waitFor()
      const id = await site.rest.createRun({ name: 'behind-a-door' })
      await expect.poll(() => rowsOf(page)).toEqual(['Pending behind-a-door'])
      await site.rest.setState(id, 'RUNNING')
      await expect.poll(() => tilesOf(page)).toEqual({ RUNNING: 1 })
      expect(await badgeOf(page)).toBe('Live')
      expect(await page.getByRole('complementary', { name: 'Security' }).count()).toBe(0)
      await page.goto(`${site.server.url}/server`)
      await page.getByText('asks for credentials').waitFor()
      await closePage(page)
      expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    })
  })

  describe('a proxy', () => {
    let site: Site
    let run: string
    const proxies: ReverseProxy[] = []
    beforeAll(async () => {
      site = await openSite()
      run = await site.rest.createRun({ name: 'below-a-path' })
    })
    afterAll(async () => {
      await site?.close()
      for (const proxy of proxies) await proxy.close()
    })

    const openThrough = async (options: Parameters<typeof startProxy>[1], path: string) => {
      const proxy = await startProxy(site.server.url, options)
      proxies.push(proxy)
      const page = await (await site.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
      const misdeeds: Misdeeds = { foreign: [], complaints: [] }
      await watch(page, proxy.url, misdeeds)
      await page.goto(proxy.url + path)
      await untilShown(page)
      return { page, proxy, misdeeds }
    }

    test('that adds a path gets every page, link, file and the live socket below it', async () => {
      const { page, proxy, misdeeds } = await openThrough({ path: '/tools/castellan/' }, `runs/flow-run/${run}`)
      await page.getByText('Live', { exact: true }).waitFor()
      await site.rest.setState(run, 'RUNNING')
      await expect.poll(async () => (await runOf(page)).pill).toEqual(['Running'])
      await page.getByRole('link', { name: 'Dashboard' }).click()
      await page.locator('tbody tr').getByRole('link', { name: 'below-a-path' }).click()
      await page.locator('main h2.name').getByText('below-a-path').waitFor()
      expect(page.url()).toBe(`${proxy.url}runs/flow-run/${run}`)
      const links = await page.locator('a').evaluateAll(anchors => anchors.map(anchor => (anchor as HTMLAnchorElement).pathname))
      expect(links.filter(link => !link.startsWith('/tools/castellan/'))).toEqual([])
      const icon = await page.request.get(await page.evaluate(() => new URL('favicon.svg', document.baseURI).href))
      expect(icon.status()).toBe(200)
      await page.reload()
      await page.locator('main h2.name').getByText('below-a-path').waitFor()
      await closePage(page)
      expect(misdeeds).toEqual({ foreign: [], complaints: [] })
    })

    test('that drops the socket for a moment costs nothing: what happened meanwhile is sent afterwards, once', async () => {
      const { page, proxy, misdeeds } = await openThrough({}, 'dashboard')
      await page.getByText('Live', { exact: true }).waitFor()
      await site.rest.setState(run, 'RUNNING')
      await expect.poll(() => rowsOf(page)).toEqual(['Running below-a-path'])
      proxy.cutSockets()
      await expect.poll(() => badgeOf(page)).toMatch(/^Reconnecting/)
      const short = await site.rest.createRun({ name: 'in-the-moment' })
      await site.rest.setState(short, 'RUNNING')
      proxy.mendSockets()
      await expect.poll(() => rowsOf(page)).toEqual(['Running in-the-moment', 'Running below-a-path'])
      await expect.poll(() => tilesOf(page)).toEqual({ RUNNING: 2 })
      await site.rest.setState(short, 'CANCELLED')
      await expect.poll(() => tilesOf(page)).toEqual({ RUNNING: 1 })
      await closePage(page)
      expect(withoutRefusals(misdeeds)).toEqual({ foreign: [], complaints: [] })
    })

    test('that ends every session leaves the pages true, and live again once it lets one be', async () => {
      const page = await (await site.browser.newContext()).newPage()
      let isRefusing = true
      await page.routeWebSocket('**/graphql', socket =>
        isRefusing ? socket.close({ code: 4403, reason: 'Forbidden' }) : void socket.connectToServer(),
      )
      await page.goto(`${site.server.url}/runs/flow-run/${run}`)
      await expect.poll(() => badgeOf(page)).toBe('Live over HTTP')
      await site.rest.setState(run, 'CRASHED')
      await expect.poll(async () => (await runOf(page)).pill).toEqual(['Crashed'])
      isRefusing = false
      await expect.poll(() => badgeOf(page)).toBe('Live')
      await site.rest.setState(run, 'RUNNING')
      await expect.poll(async () => (await runOf(page)).pill).toEqual(['Running'])

      // Also where nothing but the bell depends on it.
      isRefusing = true
      await page.goto(`${site.server.url}/nowhere`)
      await expect.poll(() => badgeOf(page)).toBe('Live over HTTP')
      isRefusing = false
      await expect.poll(() => badgeOf(page)).toBe('Live')
      await closePage(page)
    })

    test('that lets no socket through leaves the pages live, over streams', async () => {
      const { page, misdeeds } = await openThrough({ refusesSockets: true }, 'dashboard')
      await expect.poll(() => badgeOf(page)).toBe('Live over HTTP')
      await site.rest.setState(run, 'COMPLETED')
      await expect.poll(() => tilesOf(page)).toEqual({ COMPLETED: 1 })
      await expect.poll(() => rowsOf(page)).toEqual(['Cancelled in-the-moment', 'Completed below-a-path'])

      // And through a death of the server, after which nothing is missed and nothing counted twice.
      await site.server.kill()
      await expect.poll(() => badgeOf(page)).toMatch(/^(Reconnecting|Offline)/)
      await site.server.restart()
      await site.rest.setState(run, 'FAILED')
      await expect.poll(() => tilesOf(page)).toEqual({ FAILED: 1 })
      await closePage(page)
      expect(withoutRefusals(misdeeds)).toEqual({ foreign: [], complaints: [] })
    })

    test('that lets neither socket nor stream through leaves them true, if not live', async () => {
      const { page, misdeeds } = await openThrough({ refusesSockets: true, refusesStreams: true }, 'dashboard')
      await expect.poll(() => badgeOf(page)).toBe('Polling every 5s')
      await site.rest.setState(run, 'COMPLETED')
      await expect.poll(() => tilesOf(page)).toEqual({ COMPLETED: 1 })
      await expect.poll(() => rowsOf(page)).toEqual(['Cancelled in-the-moment', 'Completed below-a-path'])
      await closePage(page)
      expect(withoutRefusals(misdeeds)).toEqual({ foreign: [], complaints: [] })
    })
  })
})

/** The browser itself tells of each socket and stream that is refused. */
const withoutRefusals = ({ foreign, complaints }: Misdeeds): Misdeeds => ({
  foreign,
  complaints: complaints.filter(text => !text.includes('501')),
})
