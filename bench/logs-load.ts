// Clients that post log lines as the SDK does, 200 a request, in a process of their own.
import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpClient } from './http-client.ts'
import { doors } from './lifecycle.ts'
import { serveLoad } from './load-process.ts'
import { at } from './measured.ts'

export interface LogsOrder {
  url: string
  clients: number
  warmUpSeconds: number
  seconds: number
}

export interface LogsResult {
  /** Lines acknowledged while counting. */
  operations: number
  seconds: number
  errors: number
  /** Acknowledged in all. */
  lines: number
  /** Of a request. */
  p50Milliseconds: number
  p99Milliseconds: number
}

const LINES = 200

async function load({ url, clients, warmUpSeconds, seconds }: LogsOrder, warm: () => Promise<void>): Promise<LogsResult> {
  const setup = createHttpClient(url)
  const flowId = await doors.rest.ensureFlow(setup, 'bench')
  const tally = { isCounting: false, isOver: false, counted: 0, lines: 0, errors: 0, milliseconds: [] as number[] }
  const write = async (runId: string) => {
    const client = createHttpClient(url)
    while (!tally.isOver) {
      const startedAt = performance.now()
      const { status } = await client.post('/api/logs/', bodyOf(runId))
      if (status !== 201) tally.errors++
      else tally.lines += LINES
      if (tally.isCounting) tally.milliseconds.push(performance.now() - startedAt)
      if (tally.isCounting && status === 201) tally.counted += LINES
    }
    client.close()
  }
  const runs: string[] = []
  while (runs.length < clients) runs.push((await doors.rest.create(setup, flowId)).runId)
  setup.close()
  const writers = runs.map(write)
  await sleep(warmUpSeconds * 1000)
  await warm()
  const startedAt = performance.now()
  tally.isCounting = true
  await sleep(seconds * 1000)
  tally.isCounting = false
  const result = { operations: tally.counted, seconds: (performance.now() - startedAt) / 1000 }
  tally.isOver = true
  await Promise.all(writers)
  return {
    ...result,
    errors: tally.errors,
    lines: tally.lines,
    p50Milliseconds: at(0.5, tally.milliseconds),
    p99Milliseconds: at(0.99, tally.milliseconds),
  }
}

function bodyOf(runId: string): string {
  const now = new Date().toISOString().slice(0, -1)
  const lineOf = (index: number) => ({
    name: 'prefect.flow_runs',
    level: 20,
    message: `Row ${index} of 200 was read, checked and written to the table of orders`,
    timestamp: `${now}${String(index).padStart(3, '0')}Z`,
    flow_run_id: runId,
    task_run_id: null,
  })
  return JSON.stringify(Array.from({ length: LINES }, (_, index) => lineOf(index)))
}

await serveLoad(import.meta.url, load)
