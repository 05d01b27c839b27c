// A busy server as the list of runs meets it: a stream of changes, played into the page's own socket, so that nothing else on the machine is measured.
import type { Page } from 'playwright-core'
import { closePage, openSite, type Site } from './site.ts'

export interface Replay {
  changes: number
  perSecond: number
  seconds: number
  /** Milliseconds between the pictures drawn meanwhile. */
  frame: { p50: number; p95: number; max: number }
  /** Milliseconds of processor time that a second cost the page's main thread: what a busy machine does not change. */
  busyMilliseconds: number
  /** In MB, after a collection: when the stream had run for a moment, and at its end. */
  heap: { before: number; after: number }
  /** State of the first row at the end, as sent and as shown. */
  sent: string
  shown: string
  waiting: string
}

const STANDING_RUNS = 250
const WARM_UP_SECONDS = 3

interface Player {
  play(perSecond: number, seconds: number): Promise<{ changes: number; frames: number[]; sent: string }>
}

/** Half of the changes are of runs in the list, a quarter of runs it has not read, a quarter are new runs. */
export async function replayChanges(perSecond: number, seconds: number): Promise<Replay> {
  const site = await openSite()
  try {
    for (let index = 0; index < STANDING_RUNS; index += 1)
      await site.rest.createRun({ name: `standing-${index}`, type: 'RUNNING', tags: ['nightly'] })
    const page = await openWithPlayer(site)
    const session = await page.context().newCDPSession(page)
    const heapMegabytes = async () => {
      await session.send('HeapProfiler.collectGarbage')
      const { usedSize } = await session.send('Runtime.getHeapUsage')
      return usedSize / 1_000_000
    }
    const play = (length: number) =>
      page.evaluate(
        ([perSecond, length]) => (window as unknown as { player: Player }).player.play(perSecond!, length!),
        [perSecond, length],
      )
    await play(WARM_UP_SECONDS)
    const before = await heapMegabytes()
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const taskSeconds = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value
    const busyBefore = await taskSeconds()
    const { changes, frames, sent } = await play(seconds)
    const busyMilliseconds = (((await taskSeconds()) - busyBefore) / seconds) * 1000
    const after = await heapMegabytes()
    const row = page.locator('tbody tr:not(.space)').first()
    const shown = `${await row.locator('.run').textContent()} ${await row.locator('.label').textContent()}`
    const waiting = (await page.getByRole('button', { name: /new runs/ }).textContent()) ?? ''
    await closePage(page)
    const sorted = frames.toSorted((left, right) => left - right)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
    return {
      changes,
      perSecond,
      seconds,
      frame: { p50: at(0.5), p95: at(0.95), max: sorted.at(-1)! },
      busyMilliseconds,
      heap: { before, after },
      sent,
      shown,
      waiting,
    }
  } finally {
    await site.close()
  }
}

export const replayLine = ({ changes, perSecond, seconds, frame, busyMilliseconds, heap }: Replay): string =>
  `runs, ${changes} changes at ${perSecond}/s for ${seconds} s: frame p50 ${frame.p50.toFixed(1)} / p95 ${frame.p95.toFixed(1)} / max ${frame.max.toFixed(1)} ms, main thread busy ${busyMilliseconds.toFixed(0)} ms of each second, heap ${heap.before.toFixed(1)} to ${heap.after.toFixed(1)} MB`

async function openWithPlayer(site: Site): Promise<Page> {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(installPlayer)
  await page.goto(`${site.server.url}/runs`)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.locator('tbody tr').first().waitFor()
  return page
}

/** Runs in the page. */
function installPlayer(): void {
  const Native = WebSocket
  let socket: WebSocket | undefined
  let subscription = ''
  let template: any
  let lastCursor = ''
  window.WebSocket = class extends Native {
    constructor(...parameters: ConstructorParameters<typeof WebSocket>) {
      super(...parameters)
      socket = this
    }
    override send(text: string) {
      const { id, type, payload } = JSON.parse(text)
      if (type === 'subscribe' && payload.query.includes('flowRunStateChanged')) {
        subscription = id
        lastCursor = payload.variables.after
      }
      super.send(text)
    }
  }
  const nativeFetch = window.fetch
  window.fetch = async (...parameters) => {
    const response = await nativeFetch(...parameters)
    // What a page asks in one turn is answered together.
    const answers = await response
      .clone()
      .json()
      .catch(() => [])
    for (const { data } of [answers].flat()) if (data?.flowRuns?.eventCursor) template = data.flowRuns.nodes
    return response
  }

  const types = ['RUNNING', 'COMPLETED', 'FAILED', 'PENDING']
  const names: Record<string, string> = { RUNNING: 'Running', COMPLETED: 'Completed', FAILED: 'Failed', PENDING: 'Pending' }
  let made = 0
  let version = 1_000

  const change = () => {
    made += 1
    version += 1
    const kind = made % 4
    const known = template[(made * 7) % template.length]
    const type = types[(made % 7) % 4]!
    const now = new Date().toISOString()
    const isListed = kind < 2
    const id = isListed ? known.id : `019ab000-0000-7000-8000-${String(kind === 2 ? made % 5_000 : made).padStart(12, '0')}`
    const expectedStartTime = kind === 2 ? '2020-01-01T00:00:00.000000Z' : isListed ? known.expectedStartTime : now
    const state = { type, name: names[type] }
    return {
      flowRun: {
        ...known,
        id,
        name: isListed ? known.name : `run-${made}`,
        version,
        stateType: type,
        stateName: state.name,
        stateTimestamp: now,
        expectedStartTime,
        startTime: now,
      },
      state,
      previousState: kind === 3 ? null : { type: 'RUNNING', name: 'Running' },
    }
  }

  const player: Player = {
    play: (perSecond, seconds) =>
      new Promise(resolve => {
        const started = performance.now()
        const frames: number[] = []
        let changes = 0
        let sent = ''
        let before = started
        const onFrame = (now: number) => {
          frames.push(now - before)
          before = now
          if (performance.now() - started < seconds * 1000) requestAnimationFrame(onFrame)
          else {
            clearInterval(timer)
            requestAnimationFrame(() => requestAnimationFrame(() => resolve({ changes, frames: frames.slice(1), sent })))
          }
        }
        // As the server does: what came together within 30 ms is one message.
        const timer = setInterval(() => {
          const due = Math.floor(((performance.now() - started) / 1000) * perSecond) - changes
          const batch = Array.from({ length: due }, change)
          changes += due
          for (const { flowRun } of batch) if (flowRun.id === template[0].id) sent = `${flowRun.name} ${flowRun.stateName}`
          const frame = { flowRunStateChanged: { cursor: lastCursor, changes: batch, gap: null } }
          socket!.dispatchEvent(
            new MessageEvent('message', { data: JSON.stringify({ id: subscription, type: 'next', payload: { data: frame } }) }),
          )
        }, 30)
        requestAnimationFrame(onFrame)
      }),
  }
  Object.assign(window, { player })
}
