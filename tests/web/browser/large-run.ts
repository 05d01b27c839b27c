// A run of thousands of tasks, and how the drawings of it bear them.
import type { Page } from 'playwright-core'
import { busyMilliseconds, type Frames, framesLine, measureFrames, workedSince } from './frames.ts'
import { closePage, openSite, type Site } from './site.ts'

const AT_ONCE = 16
const STAGES = ['fetch', 'parse', 'check', 'score', 'store']

export interface LargeRun {
  taskRuns: number
  drawing: 'graph' | 'timeline'
  /** From the address being asked for to what is drawn answering a key, in milliseconds. */
  interactive: number
  /** What the page's main thread worked until then, in milliseconds, and what the server had answered it, in kB: a busy machine changes neither. */
  worked: number | undefined
  answered: number
  /** By what is done. */
  frames: Readonly<Record<string, Frames>>
}

/** One task, five stages of as many calls, each waiting for its call in the stage before, and one that waits for all. */
export async function makeLargeRun(site: Site, taskRuns: number): Promise<string> {
  const run = await site.rest.createRun({ flow: 'wide', name: 'broad-heron' })
  await site.rest.setState(run, 'RUNNING')
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${site.server.apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const make = async (taskKey: string, index: number, parents: readonly string[]): Promise<string> => {
    const rows = parents.map(id => ({ input_type: 'task_run', id }))
    const key = { task_key: taskKey, dynamic_key: String(index), name: `${taskKey}-${index}` }
    const { id } = await post('/task_runs/', { ...key, flow_run_id: run, task_inputs: { rows } })
    for (const type of ['RUNNING', index % 97 === 96 ? 'FAILED' : 'COMPLETED'])
      await post(`/task_runs/${id}/set_state`, { state: { type }, force: true })
    return id
  }
  const first = await make('list', 0, [])
  const width = Math.ceil((taskRuns - 2) / STAGES.length)
  let before = Array.from({ length: width }, () => first)
  let left = taskRuns - 2
  for (const stage of STAGES) {
    const made: string[] = []
    const count = Math.min(width, left)
    left -= count
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, lane) => {
        for (let index = lane; index < count; index += AT_ONCE) made[index] = await make(stage, index, [before[index]!])
      }),
    )
    before = made
  }
  await make('sum', 0, before)
  return run
}

/** Task runs that wait for nothing, about in the order of their numbers: every hundredth has failed, the last one runs. */
export async function makeWideRun(site: Site, taskRuns: number): Promise<string> {
  const run = await site.rest.createRun({ flow: 'wide', name: 'vast-heron' })
  await site.rest.setState(run, 'RUNNING')
  const make = async (index: number) => {
    const type = index === taskRuns - 1 ? 'RUNNING' : index % 100 === 99 ? 'FAILED' : 'COMPLETED'
    const key = { flow_run_id: run, task_key: 'fetch', dynamic_key: String(index), name: `fetch-${index}` }
    const body = JSON.stringify({ ...key, state: { type } })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${site.server.apiUrl}/task_runs/`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`A task run was answered with ${answer.status}: ${await answer.text()}`)
  }
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      for (let index = lane; index < taskRuns; index += AT_ONCE) await make(index)
    }),
  )
  return run
}

export async function measureLargeRun(taskRuns: number): Promise<LargeRun[]> {
  const site = await openSite()
  try {
    const run = await makeLargeRun(site, taskRuns)
    return [await measureGraph(site, run, taskRuns), await measureTimeline(site, run, taskRuns)]
  } finally {
    await site.close()
  }
}

async function measureGraph(site: Site, run: string, taskRuns: number): Promise<LargeRun> {
  const page = await openMeasured(site)
  const plane = page.locator('.graph .plane')
  const opening = await measureOpening(page, async () => {
    await page.goto(`${site.server.url}/runs/flow-run/${run}?tab=graph`)
    await plane.press('ArrowRight')
    await page.locator('.graph .foot').getByText('waits for nothing').waitFor()
  })
  const pan = (by: number) =>
    measureFrames(
      page,
      by => {
        const plane = document.querySelector('.graph .plane')!
        plane.dispatchEvent(new WheelEvent('wheel', { deltaX: by, deltaY: by / 4, bubbles: true, cancelable: true }))
      },
      by,
    )
  const zoom = () =>
    measureFrames(
      page,
      by => {
        const { left, top, width, height } = document.querySelector('.graph .plane')!.getBoundingClientRect()
        const at = { clientX: left + width / 2, clientY: top + height / 2 }
        document
          .querySelector('.graph .plane')!
          .dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: by, ctrlKey: true, bubbles: true, cancelable: true }))
      },
      -8,
    )
  await plane.press('Escape')
  await page.getByRole('button', { name: 'Show all' }).click()
  const folded = await pan(3)
  await page.getByRole('switch', { name: 'Fold calls of one task' }).click()
  await page.getByText(`${taskRuns.toLocaleString('en-GB')} task runs in 7 layers;`, { exact: false }).waitFor()
  const frames = { 'panning the folded': folded, 'panning all': await pan(1), 'coming nearer': await zoom(), 'panning near': await pan(12) }
  await closePage(page)
  return { taskRuns, drawing: 'graph', ...opening, frames }
}

async function measureTimeline(site: Site, run: string, taskRuns: number): Promise<LargeRun> {
  const page = await openMeasured(site)
  const opening = await measureOpening(page, async () => {
    await page.goto(`${site.server.url}/runs/flow-run/${run}`)
    await page.getByRole('button', { name: 'Nearer' }).click()
  })
  await page.waitForLoadState('networkidle')
  const frames = {
    scrolling: await measureFrames(page, by => void (document.querySelector('.timeline .rows')!.scrollTop += by), 90),
    'moving in time': await measureFrames(
      page,
      by => {
        const rows = document.querySelector('.timeline')!
        rows.dispatchEvent(new WheelEvent('wheel', { deltaX: by, bubbles: true, cancelable: true }))
      },
      4,
    ),
  }
  await closePage(page)
  return { taskRuns, drawing: 'timeline', ...opening, frames }
}

async function measureOpening(page: Page, open: () => Promise<void>): Promise<Pick<LargeRun, 'interactive' | 'worked' | 'answered'>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.dataReceived', ({ encodedDataLength }) => void (bytes += encodedDataLength))
  const before = await busyMilliseconds(page)
  const started = Date.now()
  await open()
  const interactive = Date.now() - started
  const answered = Math.round(bytes / 1000)
  const worked = await workedSince(page, before)
  await session.detach()
  return { interactive, answered, worked: worked === undefined ? undefined : Math.round(worked) }
}

/** A page of the browser that has the code of the pages already, as from the second look on. */
async function openMeasured(site: Site): Promise<Page> {
  const page = await site.open('/dashboard')
  await page.getByText('Live', { exact: true }).waitFor()
  return page
}

export const largeRunLine = ({ taskRuns, drawing, interactive, worked, answered, frames }: LargeRun): string =>
  `${drawing} of ${taskRuns} task runs: answers after ${interactive} ms, ${answered} kB and ${worked} ms of its main thread; ${Object.entries(
    frames,
  )
    .map(([what, frame]) => `${what} ${framesLine(frame)}`)
    .join('; ')}`
