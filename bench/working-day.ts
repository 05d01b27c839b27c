// Scenario `working-day`: hours of a busy team at sixty times their pace, with pages open all the while. What the server and each page hold at the end is what they held early on.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { missingBrowser } from '../tests/support/browser.ts'
import { openSite, type Site } from '../tests/web/browser/site.ts'
import { connectEvents, sendConfirmed } from './events-load.ts'
import { inspected, openHeap } from './heap.ts'
import { lookAtMachine } from './machine.ts'
import type { Measured } from './measured.ts'
import { taskRunReports } from './task-run-reports.ts'
import { createChance } from './uuids.ts'

const TIMES_THE_PACE = 60
const SECONDS_BETWEEN_RUNS = 10
const MOST_SECONDS_OF_A_RUN = 1_200
const TASKS_OF_A_RUN = 5
const LINES_OF_A_RUN = 10
const FLOWS = ['ingest', 'clean', 'join', 'score', 'publish']
/** Of the first hours, while lists and caches fill. */
const HOURS_OF_FILLING = 2
const MOST_GROWTH_MEGABYTES = 5

export async function* measureWorkingDay(hours: number): AsyncGenerator<Measured> {
  const missing = missingBrowser()
  if (missing !== undefined) return console.error(`working-day is left out: ${missing}.`)
  const machine = lookAtMachine()
  const site = await openSite({ env: inspected })
  try {
    const heaps = await openHeaps(site)
    const work = startWork(site)
    const held = heaps.map((): number[] => [])
    for (let hour = 0; hour < hours; hour++) {
      await sleep((3_600 / TIMES_THE_PACE) * 1000)
      for (const [index, { megabytes }] of heaps.entries()) held[index]!.push(await megabytes())
    }
    const runs = await work.stop()
    for (const [index, { name }] of heaps.entries()) {
      const at = (hour: number) => held[index]![Math.min(hour, hours) - 1]!
      yield {
        what: `${name}: heap after a collection, from hour ${HOURS_OF_FILLING} to hour ${hours}`,
        value: at(hours) - at(HOURS_OF_FILLING),
        unit: 'MB more',
        bar: { most: MOST_GROWTH_MEGABYTES },
        beside: `${runs} runs of ${TASKS_OF_A_RUN} tasks; ${held[index]!.map(one => one.toFixed(1)).join(' ')} MB hour by hour`,
        machine,
      }
    }
  } finally {
    await site.close()
  }
}

interface NamedHeap {
  name: string
  megabytes(): Promise<number>
}

async function openHeaps(site: Site): Promise<NamedHeap[]> {
  const { megabytes } = await openHeap(site.server.output())
  const run = await site.rest.createRun({ flow: 'watch', name: 'standing-heron' })
  await site.rest.setState(run, 'RUNNING')
  const pages = { dashboard: '/', runs: '/runs', events: '/events', flows: '/flows', 'a run that goes on': `/runs/${run}` }
  const opened: NamedHeap[] = [{ name: 'server', megabytes }]
  for (const [name, path] of Object.entries(pages)) opened.push({ name, megabytes: await heapOf(await site.open(path)) })
  return opened
}

async function heapOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  return async () => {
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1_000_000
  }
}

/** A run begins every ten seconds of the day, and lasts up to twenty minutes of it. */
function startWork(site: Site): { stop(): Promise<number> } {
  const chance = createChance(1)
  const underWay = new Set<Promise<void>>()
  let isOver = false
  let begun = 0
  const day = (async () => {
    const socket = await connectEvents(site.server.url)
    const startedAt = performance.now()
    while (!isOver) {
      const run = workOn(site, socket, begun, chance).finally(() => underWay.delete(run))
      underWay.add(run)
      begun++
      await sleep(Math.max(0, startedAt + begun * (SECONDS_BETWEEN_RUNS / TIMES_THE_PACE) * 1000 - performance.now()))
    }
    await Promise.all(underWay)
    socket.close()
  })()
  return {
    async stop() {
      isOver = true
      await day
      return begun
    },
  }
}

async function workOn(site: Site, socket: Awaited<ReturnType<typeof connectEvents>>, index: number, chance: () => number): Promise<void> {
  const { rest } = site
  const name = `run-${index}`
  const id = await rest.createRun({ name, flow: FLOWS[index % FLOWS.length]!, tags: index % 2 === 0 ? ['nightly'] : [] })
  await rest.setState(id, 'RUNNING')
  const { flowRun } = await rest.graphql<{ flowRun: { flow: { id: string } } }>(`{ flowRun(id: "${id}") { flow { id } } }`)
  await sendConfirmed(socket, taskRunReports({ id, flowId: flowRun.flow.id, name }, chance), TASKS_OF_A_RUN * 3)
  await rest.log(id, ...Array.from({ length: LINES_OF_A_RUN }, (_, line) => `Read part ${line} of ${name}`))
  await sleep((chance() * MOST_SECONDS_OF_A_RUN * 1000) / TIMES_THE_PACE)
  await rest.setState(id, chance() < 0.08 ? 'FAILED' : 'COMPLETED', { message: 'The day goes on.' })
}
