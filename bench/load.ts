// The load, in a process of its own: so many clients that each do one lifecycle after the other for so long. Started by `runLoad`.
import { createHttpClient } from './http-client.ts'
import { type Door, type DoorName, doors } from './lifecycle.ts'
import { serveLoad } from './load-process.ts'

export interface LoadOrder {
  url: string
  door: DoorName
  clients: number
  /** Not counted. */
  warmUpSeconds: number
  seconds: number
}

export interface LoadResult {
  operations: number
  errors: number
  firstError: string | null
  seconds: number
  p50Milliseconds: number
  p99Milliseconds: number
  worstMilliseconds: number
  /** Of the load itself, for each operation. */
  clientCpuMicroseconds: number
}

interface Tally {
  isCounting: boolean
  isOver: boolean
  milliseconds: number[]
  errors: number
  firstError: string | null
}

async function load(order: LoadOrder, warm: () => Promise<void>): Promise<LoadResult> {
  const door = doors[order.door]
  const tally: Tally = { isCounting: false, isOver: false, milliseconds: [], errors: 0, firstError: null }
  const setup = createHttpClient(order.url)
  const flowId = await door.ensureFlow(setup, 'bench')
  setup.close()
  const clients = Array.from({ length: order.clients }, () => client(order.url, door, flowId, tally))
  await elapse(order.warmUpSeconds)
  await warm()
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()]
  tally.isCounting = true
  await elapse(order.seconds)
  tally.isCounting = false
  const [seconds, cpu] = [(performance.now() - startedAt) / 1000, process.cpuUsage(cpuBefore)]
  const result = summarise(tally, seconds, cpu.user + cpu.system)
  tally.isOver = true
  await Promise.all(clients)
  return result
}

async function client(url: string, door: Door, flowId: string, tally: Tally): Promise<void> {
  const http = createHttpClient(url)
  while (!tally.isOver) {
    try {
      const { runId } = await timed(tally, () => door.create(http, flowId))
      await timed(tally, () => door.setState(http, runId, 'RUNNING'))
      await timed(tally, () => door.setState(http, runId, 'COMPLETED'))
    } catch (error) {
      if (!tally.isCounting) continue
      tally.errors++
      tally.firstError ??= (error as Error).message
    }
  }
  http.close()
}

async function timed<T>(tally: Tally, operation: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const answer = await operation()
  if (tally.isCounting) tally.milliseconds.push(performance.now() - startedAt)
  return answer
}

function summarise({ milliseconds, errors, firstError }: Tally, seconds: number, cpuMicroseconds: number): LoadResult {
  const sorted = Float64Array.from(milliseconds).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return {
    operations: sorted.length,
    errors,
    firstError,
    seconds,
    p50Milliseconds: at(0.5),
    p99Milliseconds: at(0.99),
    worstMilliseconds: sorted.at(-1) ?? Number.NaN,
    clientCpuMicroseconds: cpuMicroseconds / Math.max(1, sorted.length),
  }
}

const elapse = (seconds: number) => new Promise<void>(resolve => setTimeout(resolve, seconds * 1000))

await serveLoad(import.meta.url, load)
