// What a release must reach on two shared cores. CPU time an operation is the figure that a busy machine distorts least.
import { DOM_P95_MILLISECONDS } from './dom.ts'
import { GRAPH_FRAME_P95_MILLISECONDS, INTERACTIVE_MILLISECONDS } from './graph.ts'
import type { DoorName } from './lifecycle.ts'
import type { LifecycleRow } from './lifecycles.ts'
import { LIGHTHOUSE_LEAST } from './lighthouse.ts'
import type { Results } from './main.ts'
import { barsOfMeasured } from './measured.ts'
import { REPLAY_FRAME_P95_MILLISECONDS, REPLAY_HEAP_GROWTH_MEGABYTES } from './replay.ts'

export interface Bar {
  sentence: string
  found: string
  isMet: boolean
}

const CPU_MICROSECONDS: Readonly<Record<string, number>> = { sqlite: 350, postgres: 500 }
const GRAPHQL_FACTOR = 1.4
const P99_MILLISECONDS = 100
const START_MILLISECONDS = 1200
const IDLE_MEGABYTES = 150
const REFUSAL_MILLISECONDS = 5
const FAN_OUT_MEGABYTES = 120

export function barsOf({ lifecycles, starts, doms, replays, refusals, fanOuts, largeRuns, lighthouses, figures }: Results): Bar[] {
  const find = (database: string, door: DoorName) =>
    lifecycles.find(row => row.database === database && row.door === door && row.clients === 16)
  const bars: Bar[] = []
  const check = (sentence: string, value: number | null | undefined, limit: number, unit: string) => {
    if (value !== null && value !== undefined)
      bars.push({ sentence: `${sentence} <= ${limit} ${unit}`, found: `${value.toFixed(1)} ${unit}`, isMet: value <= limit })
  }
  for (const [database, limit] of Object.entries(CPU_MICROSECONDS)) {
    const rest = find(database, 'rest')
    check(`${database}, REST, 16 clients: server CPU for each operation`, rest?.serverCpuMicroseconds, limit, 'µs')
    check(`${database}, REST, 16 clients: p99`, rest?.p99Milliseconds, P99_MILLISECONDS, 'ms')
    check(`${database}, 16 clients: GraphQL by REST, server CPU`, quotient(find(database, 'graphql'), rest), GRAPHQL_FACTOR, 'times')
  }
  const ours = lifecycles.filter(row => row.database !== 'peer')
  if (ours.length > 0)
    check(
      'errors',
      ours.reduce((sum, row) => sum + row.errors, 0),
      0,
      'errors',
    )
  for (const row of starts) {
    check('start, median', row.medianMilliseconds, START_MILLISECONDS, 'ms')
    check('resident memory at rest', row.idleMegabytes, IDLE_MEGABYTES, 'MB')
  }
  for (const row of doms) check(`${row.page}: from commit to page, p95`, row.fromTimestamp.p95, DOM_P95_MILLISECONDS, 'ms')
  for (const { perSecond, frame, heap } of replays) {
    check(`runs, ${perSecond} changes/s: between two pictures, p95`, frame.p95, REPLAY_FRAME_P95_MILLISECONDS, 'ms')
    check(`runs, ${perSecond} changes/s: growth of the heap`, heap.after - heap.before, REPLAY_HEAP_GROWTH_MEGABYTES, 'MB')
  }
  for (const row of fanOuts) {
    check(`fan-out to ${row.subscribers}: p99`, row.p99Milliseconds, P99_MILLISECONDS, 'ms')
    check(`fan-out to ${row.subscribers}: lost or repeated`, row.lost + row.repeated, 0, 'changes')
    check(`fan-out to ${row.subscribers}: growth`, row.grownMegabytes, FAN_OUT_MEGABYTES, 'MB')
  }
  for (const { drawing, taskRuns, interactive, frames } of largeRuns) {
    check(`${drawing} of ${taskRuns} task runs: until it answers`, interactive, INTERACTIVE_MILLISECONDS, 'ms')
    for (const [what, { p95 }] of Object.entries(frames))
      check(`${drawing} of ${taskRuns} task runs, ${what}: between two pictures, p95`, p95, GRAPH_FRAME_P95_MILLISECONDS, 'ms')
  }
  for (const { page, scores } of lighthouses)
    for (const [category, least] of Object.entries(LIGHTHOUSE_LEAST)) {
      const score = scores[category as keyof typeof scores]
      bars.push({ sentence: `${page}: ${category} >= ${least}`, found: score.toFixed(0), isMet: score >= least })
    }
  for (const row of refusals.filter(({ isLimit }) => isLimit)) {
    check(`refused for ${row.reason}: p95`, row.p95Milliseconds, REFUSAL_MILLISECONDS, 'ms')
    check(
      `refused for ${row.reason}: server CPU`,
      row.serverCpuMicroseconds && row.serverCpuMicroseconds / 1000,
      REFUSAL_MILLISECONDS,
      'ms',
    )
  }
  return [...bars, ...barsOfMeasured(figures)]
}

const quotient = (row: LifecycleRow | undefined, other: LifecycleRow | undefined): number | null =>
  row?.serverCpuMicroseconds && other?.serverCpuMicroseconds ? row.serverCpuMicroseconds / other.serverCpuMicroseconds : null
