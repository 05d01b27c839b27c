import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { colorSchemes, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site, untilShown } from './site.ts'

const report = `# Orders of today

Loaded **4,211** of 4,300, see [the shop](https://shop.example).

| region | orders |
|---|---:|
| eu-west | 3,001 |

- [x] read
- [ ] checked

<script>window.stolen = 1</script><img src="https://spy.example/a.png" alt="a picture" onerror="window.stolen = 2">`

describeUnless(missingPages(), 'what runs leave behind and share', () => {
  let site: Site
  let ids: Record<'report' | 'table' | 'image' | 'progress', string>
  beforeAll(async () => {
    site = await openSite()
    const flow_run_id = await site.rest.createRun({ flow: 'load-orders', name: 'brisk-lark' })
    const make = (artifact: object) => site.rest.makeArtifact({ flow_run_id, ...artifact })
    await make({ key: 'orders', type: 'markdown', data: report.replace('4,211', '4,100') })
    ids = {
      report: await make({ key: 'orders', type: 'markdown', data: report, description: 'What came in' }),
      table: await make({
        key: 'regions',
        type: 'table',
        data: JSON.stringify([
          { region: 'us', n: 10 },
          { region: 'eu', n: 9 },
          { region: 'ap', n: null },
        ]),
      }),
      image: await make({ key: 'curve', type: 'image', data: 'https://pictures.example/curve.png' }),
      progress: await make({ key: 'copying', type: 'progress', data: 25, description: 'Copying files' }),
    }
    await site.rest.setVariable('thresholds', { late_seconds: 15, regions: ['eu-west'] }, ['shared'])
  })
  afterAll(() => site?.close())

  const rowsOf = (page: Page) =>
    page.locator('tbody tr').evaluateAll(rows => rows.map(row => row.querySelector('.key, .name')?.textContent))

  test('artifacts are listed by key, and follow what happens', async () => {
    const page = await site.open('/artifacts')
    await expect.poll(() => rowsOf(page)).toEqual(['copying', 'curve', 'regions', 'orders'])
    const bar = page.getByRole('progressbar', { name: 'Copying files' })
    expect(await bar.getAttribute('aria-valuenow')).toBe('25')
    await site.rest.graphql(`mutation { updateArtifact(input: { id: "${ids.progress}", data: 80 }) { artifact { id } } }`)
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('80')
    await page.getByRole('link', { name: 'orders', exact: true }).click()
    await page.getByRole('heading', { name: 'Orders of today' }).waitFor()
    await closePage(page)
  })

  test('a report is shown as it is meant, and does nothing of what its writer may have had in mind', async () => {
    const page = await site.open(`/artifacts/artifact/${ids.report}`)
    await page.getByRole('heading', { name: 'Orders of today' }).waitFor()
    expect(
      await page
        .locator('.markdown')
        .last()
        .evaluate(markdown => markdown.querySelectorAll('script, img, [onerror]').length),
    ).toBe(0)
    expect(await page.evaluate(() => (window as any).stolen)).toBeUndefined()
    const boxes = page.locator('.markdown').last().getByRole('checkbox')
    expect(await boxes.evaluateAll(inputs => inputs.map(input => [(input as HTMLInputElement).checked, input.ariaLabel]))).toEqual([
      [true, 'done'],
      [false, 'not done'],
    ])
    expect(await page.getByRole('cell', { name: '3,001' }).evaluate(cell => getComputedStyle(cell).textAlign)).toBe('right')
    expect(await page.getByRole('link', { name: 'the shop' }).getAttribute('rel')).toBe('noopener noreferrer')
    await page.getByText('Pictures of spy.example are not loaded').waitFor()
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })

  test('two versions are compared line by line', async () => {
    const page = await site.open('/artifacts/key/orders')
    await page.getByRole('link', { name: 'Compare with version 1' }).click()
    const changed = page.getByRole('list', { name: 'Differences' }).locator('.gone, .new')
    await expect
      .poll(() => changed.locator('code').allTextContents())
      .toEqual([
        'Loaded **4,100** of 4,300, see [the shop](https://shop.example).',
        'Loaded **4,211** of 4,300, see [the shop](https://shop.example).',
      ])
    await closePage(page)
  })

  test('a table is sorted by its heads, and what is missing stays last', async () => {
    const page = await site.open(`/artifacts/artifact/${ids.table}`)
    const cells = () => page.locator('tbody tr').evaluateAll(rows => rows.map(row => row.lastElementChild?.textContent))
    await expect.poll(cells).toEqual(['10', '9', 'none'])
    expect(await page.locator('h1 .own').textContent()).toBe('regions')
    const head = page.getByRole('button', { name: 'n', exact: true })
    await head.click()
    await expect.poll(cells).toEqual(['9', '10', 'none'])
    await head.click()
    await expect.poll(cells).toEqual(['10', '9', 'none'])
    await closePage(page)
  })

  test('a variable is made, changed, deleted, and put back', async () => {
    const page = await site.open('/variables')
    await page.getByRole('button', { name: 'New variable' }).click()
    await page.getByLabel('Name', { exact: true }).fill('stage')
    await page.getByLabel('Value').fill('production')
    await page.getByRole('button', { name: 'Create variable' }).click()
    await expect.poll(() => rowsOf(page)).toEqual(['stage', 'thresholds'])
    await page.getByRole('button', { name: 'stage', exact: true }).click()
    await page.getByLabel('Value').fill('{"a": [1]}')
    await page.getByRole('button', { name: 'Save variable' }).click()
    await page.getByText('{"a":[1]}').waitFor()
    await page.getByRole('button', { name: 'Actions for stage' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.poll(() => rowsOf(page)).toEqual(['thresholds'])
    await page.keyboard.press('z')
    await expect.poll(() => rowsOf(page)).toEqual(['stage', 'thresholds'])
    await page.getByText('{"a":[1]}').waitFor()
    await closePage(page)
  })

  describe.each(colorSchemes)('in %s', colorScheme => {
    test.each(screens)('axe finds nothing to say, and no page is wider than its screen: $width', async viewport => {
      const folder = process.env['PICTURES']
      if (folder) mkdirSync(folder, { recursive: true })
      const page = await site.open('/artifacts', { colorScheme, viewport, reducedMotion: 'reduce' })
      const pages = { list: '/artifacts', none: '/artifacts?key=nowhere', versions: '/artifacts/key/orders', variables: '/variables' }
      for (const [name, path] of Object.entries({
        ...pages,
        ...Object.fromEntries(Object.entries(ids).map(([kind, id]) => [kind, `/artifacts/artifact/${id}`])),
      })) {
        await page.goto(site.server.url + path)
        await untilShown(page)
        expect({ name, violations: await violationsOf(page) }).toEqual({ name, violations: [] })
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect({ name, overflow }).toEqual({ name, overflow: 0 })
        if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${viewport.width}.png` })
      }
      await closePage(page)
    })
  })
})
