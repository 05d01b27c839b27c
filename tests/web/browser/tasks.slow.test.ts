import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { violationsOf } from './axe.ts'
import { makeLargeRun } from './large-run.ts'
import { colorSchemes, screens } from './pages.ts'
import { closePage, missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'what happens inside a run', () => {
  let site: Site
  let run: string
  const tasks: Record<string, string> = {}

  const post = async (path: string, body: object): Promise<any> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${site.server.apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.ok, await answer.clone().text()).toBe(true)
    return answer.json()
  }
  const addTask = async (name: string, parents: string[] = []) => {
    const rows = parents.map(parent => ({ input_type: 'task_run', id: tasks[parent] }))
    tasks[name] = (await post('/task_runs/', { flow_run_id: run, name, task_key: name, dynamic_key: '0', task_inputs: { rows } })).id
  }
  const enter = (name: string, type: string, state: object = {}) =>
    post(`/task_runs/${tasks[name]}/set_state`, { state: { type, ...state }, force: true })
  const rows = (page: Page) => page.locator('.timeline li .name').allTextContents()

  beforeAll(async () => {
    site = await openSite()
    run = await site.rest.createRun({ flow: 'etl', name: 'brisk-lark' })
    await site.rest.setState(run, 'RUNNING')
    await addTask('extract')
    for (const type of ['RUNNING', 'COMPLETED']) await enter('extract', type)
    await addTask('load', ['extract'])
    await enter('load', 'RUNNING')
    await enter('load', 'SCHEDULED', { name: 'AwaitingRetry' })
    await enter('load', 'RUNNING')
    await post('/artifacts/', { key: 'report', type: 'markdown', data: '# Rows\n\nFour of them.', flow_run_id: run })
    await post('/logs/', [
      {
        name: 'prefect.task_runs',
        level: 20,
        message: 'loading',
        timestamp: new Date().toISOString(),
        flow_run_id: run,
        task_run_id: tasks['load'],
      },
    ])
  })
  afterAll(() => site.close())

  const open = (path: string, options = {}) => site.open(path, options)

  test('is a timeline that goes on live, with each attempt and what waits for what', async () => {
    const page = await open(`/runs/flow-run/${run}`)
    await expect.poll(() => rows(page)).toEqual(['extract', 'load'])
    const load = page.locator('.timeline li').filter({ has: page.getByRole('link', { name: 'load', exact: true }) })
    await load.getByText('2 attempts').waitFor()
    const bars = load.locator('.bar')
    expect(await bars.evaluateAll(all => all.map(bar => (bar as HTMLElement).dataset['family']))).toEqual(['failed', 'running'])
    expect(await load.locator('.cap').count()).toBe(1)
    await addTask('publish', ['load'])
    await enter('publish', 'PENDING')
    await page.getByText('waits for load').waitFor()
    await load.hover()
    await expect.poll(() => page.locator('.timeline li.kin').count()).toBe(2)
    await enter('load', 'COMPLETED')
    await page.getByText('3 tasks: 2 completed').waitFor()
    await page.getByText('not started yet').waitFor()
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })

  test('is a graph of what waits for what, walked by keys and searched, whose tasks open', async () => {
    const page = await open(`/runs/flow-run/${run}`)
    await page.getByRole('navigation', { name: 'What happens in the run' }).getByRole('link', { name: 'Graph', exact: true }).click()
    const plane = page.getByRole('application', { name: /^What waits for what in brisk-lark/ })
    const foot = page.locator('.graph .foot')
    await foot.getByText('3 task runs in 3 layers').waitFor()
    await plane.press('ArrowRight')
    await foot.getByRole('link', { name: 'extract' }).waitFor()
    await foot.getByText('waits for nothing, before 2 task runs').waitFor()
    await plane.press('ArrowRight')
    await foot.getByText('after 1 task run, before 1 task run').waitFor()
    await plane.press('Escape')
    await foot.getByText('3 task runs in 3 layers').waitFor()
    await page.getByRole('textbox', { name: 'Search the graph' }).fill('pub')
    await page.getByText('1 found').waitFor()
    await page.keyboard.press('Enter')
    await foot.getByRole('link', { name: 'publish' }).waitFor()
    await enter('publish', 'FAILED')
    await foot.getByText('Failed').waitFor()
    await plane.press('Enter')
    await page.getByRole('heading', { name: 'publish', level: 2 }).waitFor()
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })

  test('moves under the pointer, and folds many calls of one task until somebody opens them', async () => {
    const wide = await makeLargeRun(site, 212)
    const page = await open(`/runs/flow-run/${wide}?tab=graph`)
    const plane = page.locator('.graph .plane')
    const foot = page.locator('.graph .foot')
    await foot.getByText('212 task runs in 7 layers, drawn as 7 nodes').waitFor()
    const showAll = page.getByRole('button', { name: 'Show all' })
    await expect.poll(() => showAll.getAttribute('aria-disabled')).toBe('true')
    const { x, y, width, height } = (await plane.boundingBox())!
    await page.mouse.move(x + width / 2, y + height / 3)
    await page.mouse.down()
    await page.mouse.move(x + width / 3, y + height / 3, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => showAll.getAttribute('aria-disabled')).toBe('false')
    await showAll.click()
    await page.mouse.click(x + width / 2, y + height / 2)
    await foot.getByText('42 task runs: 42 completed').waitFor()
    await page.getByRole('button', { name: 'Unfold 42' }).click()
    await foot.getByRole('button', { name: 'Fold', exact: true }).waitFor()
    await page.getByRole('switch', { name: 'Fold calls of one task' }).click()
    await foot.getByText('212 task runs in 7 layers; choose one to see its lines').waitFor()
    await closePage(page)
  })

  test('names the task of each line of the log', async () => {
    const page = await open(`/runs/flow-run/${run}`)
    await expect.poll(() => page.locator('main .line .name').allTextContents()).toContain('load')
    await closePage(page)
  })

  test('is a table too, and what the run has made, each at an address of its own', async () => {
    const page = await open(`/runs/flow-run/${run}`)
    const tabs = page.getByRole('navigation', { name: 'What happens in the run' })
    await tabs.getByRole('link', { name: /^Task runs/ }).click()
    await page.getByRole('cell', { name: 'extract' }).waitFor()
    expect(page.url()).toContain('tab=tasks')
    await tabs.getByRole('link', { name: /^Artifacts/ }).click()
    await page.getByText('Four of them.').waitFor()
    await page.reload()
    await page.getByText('Four of them.').waitFor()
    await closePage(page)
  })

  test('leads to the page of a task run, which follows it and leads back', async () => {
    const page = await open(`/runs/flow-run/${run}`)
    await page.locator('.timeline').getByRole('link', { name: 'load', exact: true }).click()
    await page.getByRole('heading', { name: 'load', level: 2 }).waitFor()
    await page.getByText('loading').waitFor()
    await page.getByRole('link', { name: 'extract' }).waitFor()
    await enter('load', 'FAILED', { message: 'the shop closed' })
    await page.locator('.pill').getByText('Failed').waitFor()
    await page.getByText('the shop closed').first().waitFor()
    await page.getByRole('main').getByRole('link', { name: 'brisk-lark' }).click()
    await page.getByRole('heading', { name: 'brisk-lark' }).waitFor()
    await closePage(page)
  })

  test('is found under the addresses of other days too', async () => {
    const page = await open(`/flow-runs/flow-run/${run}?tab=tasks`)
    await page.getByRole('heading', { name: 'brisk-lark' }).waitFor()
    expect(page.url()).toBe(`${site.server.url}/runs/flow-run/${run}?tab=tasks`)
    await page.goto(`${site.server.url}/flow-runs`)
    await page.getByRole('link', { name: 'brisk-lark' }).waitFor()
    const deployment = await site.rest.deploy('etl', 'nightly')
    await page.goto(`${site.server.url}/deployments/deployment/${deployment}`)
    await page.getByRole('button', { name: 'Deployment: nightly' }).waitFor()
    expect(page.url()).toBe(`${site.server.url}/runs?deployment=${deployment}`)
    await closePage(page)
  })

  test('shows of its log what one task or one logger wrote, and any line of it among all', async () => {
    const timestamp = (second: number) => new Date(Date.parse('2026-11-25T12:00:00Z') + second * 1000).toISOString()
    const line = (second: number, message: string, task_run_id?: string) => ({
      name: task_run_id ? 'prefect.task_runs' : 'prefect.flow_runs',
      level: 20,
      message,
      timestamp: timestamp(second),
      flow_run_id: noisy,
      ...(task_run_id && { task_run_id }),
    })
    const noisy = await site.rest.createRun({ flow: 'etl', name: 'noisy-wren' })
    const { id: task } = await post('/task_runs/', { flow_run_id: noisy, name: 'copy-rows', task_key: 'copy', dynamic_key: '0' })
    await post('/logs/', [line(0, 'first'), line(1, '\u001b[31mcopying\u001b[0m rows', task), line(2, 'between'), line(3, 'copied', task)])
    const page = await open(`/runs/flow-run/${noisy}`)
    const messages = () => page.locator('main .line .message').allTextContents()
    await expect.poll(messages).toEqual(['first', 'copying rows', 'between', 'copied'])
    await expect.poll(() => page.locator('[data-ink=red]').textContent()).toBe('copying')
    await page.getByRole('button', { name: 'From: everything' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'flow_runs: 2' }).click()
    await expect.poll(messages).toEqual(['first', 'between'])
    await page.getByRole('button', { name: 'From: flow_runs' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'copy-rows: 2' }).click()
    await expect.poll(messages).toEqual(['copying rows', 'copied'])
    await expect.poll(() => page.url()).toContain(`task=${task}`)
    await post('/logs/', [line(4, 'elsewhere'), line(5, 'closed', task)])
    await expect.poll(messages).toEqual(['copying rows', 'copied', 'closed'])
    await page.getByRole('link', { name: 'Line 2', exact: true }).click()
    await page.getByRole('button', { name: 'Show among all lines' }).click()
    await expect.poll(messages).toEqual(['first', 'copying rows', 'between', 'copied', 'elsewhere', 'closed'])
    await expect.poll(() => new URL(page.url()).search).toBe('?line=4')
    await page.goto(`${site.server.url}/runs/task-run/${task}`)
    await expect.poll(messages).toEqual(['copying rows', 'copied', 'closed'])
    await post('/logs/', [line(6, 'over', task)])
    await page.getByRole('link', { name: 'Line 4', exact: true }).click()
    await page.getByRole('group', { name: 'Marked lines' }).waitFor()
    await page.keyboard.press('a')
    await page.getByRole('heading', { name: 'noisy-wren' }).waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('?line=7')
    expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
    await closePage(page)
  })

  test('says why it does not run, until it does', async () => {
    const waiting = await site.rest.createRun({
      name: 'patient-owl',
      type: 'SCHEDULED',
      scheduledTime: new Date(Date.now() + 3_600_000).toISOString(),
    })
    const page = await open(`/runs/flow-run/${waiting}`)
    await page.getByText(/^It is due at /).waitFor()
    await site.rest.setState(waiting, 'PAUSED')
    await page.getByText(/^owner has held it in its process since /).waitFor()
    await site.rest.setState(waiting, 'RUNNING')
    await page.locator('.why').waitFor({ state: 'detached' })
    await closePage(page)
  })

  test('without tasks is its own timeline, and what there is none of is said to whom an address leads there', async () => {
    const alone = await site.rest.createRun({ name: 'lone-hare' })
    await site.rest.setState(alone, 'RUNNING')
    const page = await open(`/runs/flow-run/${alone}`)
    const tabs = page.getByRole('navigation', { name: 'What happens in the run' })
    const words = async () => (await tabs.getByRole('link').allTextContents()).map(text => text.trim())
    await expect.poll(words).toEqual(['Timeline', 'Inputs'])
    await expect.poll(() => tabs.locator('[aria-current]').textContent()).toMatch(/Timeline/)
    await page.locator('.timeline .head .bar').waitFor()
    await page.getByText('No task has started in it yet.').waitFor()
    await closePage(page)
    await site.rest.setState(alone, 'COMPLETED')
    for (const [tab, said] of [
      ['tasks', 'It ran without tasks.'],
      ['graph', 'It ran without tasks.'],
      ['artifacts', 'It has made no artifact.'],
    ] as const) {
      const there = await open(`/runs/flow-run/${alone}?tab=${tab}`)
      await there.getByText(said).waitFor()
      expect(await there.getByRole('navigation', { name: 'What happens in the run' }).locator('[aria-current]').count()).toBe(1)
      await closePage(there)
    }
  })

  test('shows what it was started with, and what it was handed since', async () => {
    const asked = await site.rest.createRun({ name: 'curious-owl', type: 'RUNNING', parameters: { day: '2026-11-24' } })
    const page = await open(`/runs/flow-run/${asked}`)
    await page.getByRole('navigation', { name: 'What happens in the run' }).getByRole('link', { name: 'Inputs' }).click()
    await page.getByLabel('parameters of the run').getByText('2026-11-24').waitFor()
    await page.getByText('Nobody has sent it an input since it was started.').waitFor()
    await fetch(`${site.server.apiUrl}/flow_runs/${asked}/input`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: 'greeting', value: '{"hello":"world"}', sender: 'prefect.flow-run.other' }),
    })
    await site.rest.setState(asked, 'PAUSED')
    await page.getByRole('heading', { name: 'greeting' }).waitFor()
    await page.getByLabel('input greeting').getByText('"hello": "world"').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await closePage(page)
  })

  test('tells of a task run what became of it, and leads from what went wrong to the line that says so', async () => {
    const around = await site.rest.createRun({ name: 'wide-hare' })
    await site.rest.setState(around, 'RUNNING')
    const id = await site.rest.createTask(around, 'publish-all')
    await site.rest.setTaskState(id, 'RUNNING')
    await post('/logs/', [
      { name: 'prefect.task_runs', level: 20, message: 'one', timestamp: new Date().toISOString(), flow_run_id: around, task_run_id: id },
      {
        name: 'prefect.task_runs',
        level: 40,
        message: 'broken',
        timestamp: new Date().toISOString(),
        flow_run_id: around,
        task_run_id: id,
      },
    ])
    await site.rest.setTaskState(id, 'FAILED', { message: 'It is broken.' })
    const page = await open(`/runs/task-run/${id}`)
    await page
      .locator('main .sentence')
      .getByText(/^Failed at \d\d:\d\d:\d\d after /)
      .waitFor()
    await page.locator('.strip .said').getByText('It is broken.').waitFor()
    await page.getByRole('button', { name: 'Go to log line 2' }).click()
    await expect.poll(() => page.locator('.line.marked .message').textContent()).toBe('broken')
    await page.getByRole('button', { name: 'Copy task run id' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await closePage(page)
  })

  test('says of an unknown task run that there is none', async () => {
    const page = await open('/runs/task-run/00000000-0000-7000-8000-000000000000')
    await page.getByText('No task run has this id').waitFor()
    await closePage(page)
  })

  describe('for everyone', () => {
    test.each(colorSchemes.flatMap(colorScheme => screens.map(viewport => ({ colorScheme, viewport, width: viewport.width }))))(
      'axe finds nothing to say, and no page is wider than its screen: $colorScheme, $width wide',
      async ({ colorScheme, viewport }) => {
        const found: Record<string, unknown> = {}
        for (const path of [
          `/runs/flow-run/${run}`,
          `/runs/flow-run/${run}?tab=graph`,
          `/runs/flow-run/${run}?tab=tasks`,
          `/runs/flow-run/${run}?tab=artifacts`,
          `/runs/task-run/${tasks['load']}`,
        ]) {
          const page = await open(path, { colorScheme, viewport, reducedMotion: 'reduce' })
          await page.locator('main h2.name').waitFor()
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
          found[path] = [overflow, await violationsOf(page)]
          await closePage(page)
        }
        for (const [path, seen] of Object.entries(found)) expect([path, seen]).toEqual([path, [0, []]])
      },
    )
  })
})
