// `npm run bench -- [start|lifecycle|dom|replay|hostile|reads|events-in|logs-in|ten-tasks|fan-out|graph|graph-data|notifications|lighthouse|working-day …] [--database sqlite,memory,postgres|URL] [--door rest,graphql] [--clients 1,16,64] [--seconds 8] [--replay-seconds 30] [--runs 1000000] [--lines 1000000] [--events 200000] [--task-runs 5000] [--rounds 5] [--deliveries 3000] [--hours 8] [--peer URL] [--peer-command COMMAND]`
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from '../scripts/build.js'
import { stopShared } from '../tests/support/shared.ts'
import { type LargeRun, largeRunLine } from '../tests/web/browser/large-run.ts'
import { type Replay, replayLine } from '../tests/web/browser/replay.ts'
import { barsOf } from './bars.ts'
import { type DomRow, domLine, measureDom } from './dom.ts'
import { measureEventsIn } from './events-in.ts'
import { type FanOutRow, fanOutLine, measureFanOut } from './fan-out.ts'
import { measureGraphs } from './graph.ts'
import { measureGraphData } from './graph-data.ts'
import { type HostileRow, hostileLine, measureHostile } from './hostile.ts'
import type { DoorName } from './lifecycle.ts'
import { type LifecycleRow, measureLifecycles } from './lifecycles.ts'
import { type LighthouseRow, lighthouseLine, measureLighthouse } from './lighthouse.ts'
import { measureLogsIn } from './logs-in.ts'
import { lookAtMachine } from './machine.ts'
import { type Measured, measuredLine } from './measured.ts'
import { measureNotifications } from './notifications.ts'
import { measureReads } from './reads.ts'
import { measureReplay } from './replay.ts'
import { measureStarts, type StartRow } from './starts.ts'
import { lifecycleLine, lifecycleTable, startLine } from './tables.ts'
import { measureTenTasks } from './ten-tasks.ts'
import { measureWorkingDay } from './working-day.ts'

export interface Results {
  at: string
  node: string
  lifecycles: LifecycleRow[]
  starts: StartRow[]
  doms: DomRow[]
  replays: Replay[]
  refusals: HostileRow[]
  figures: Measured[]
  fanOuts: FanOutRow[]
  largeRuns: LargeRun[]
  lighthouses: LighthouseRow[]
}

const words = (text: string): string[] => text.split(',').filter(Boolean)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    database: { type: 'string' },
    door: { type: 'string', default: 'rest,graphql' },
    clients: { type: 'string', default: '1,16' },
    seconds: { type: 'string', default: '8' },
    'replay-seconds': { type: 'string', default: '30' },
    starts: { type: 'string', default: '10' },
    refusals: { type: 'string', default: '300' },
    runs: { type: 'string', default: '1000000' },
    'task-runs': { type: 'string', default: '5000' },
    lines: { type: 'string', default: '1000000' },
    events: { type: 'string', default: '200000' },
    subscribers: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    deliveries: { type: 'string', default: '3000' },
    hours: { type: 'string', default: '8' },
    'peer-command': { type: 'string' },
    peer: { type: 'string' },
  },
})

const databasesOr = (usual: string): string[] => words(values.database ?? usual)

if (!build(process.execPath)) process.exit(1)
const scenarios = positionals.length > 0 ? positionals : ['start', 'lifecycle', 'dom', 'replay', 'hostile']
const results: Results = {
  at: new Date().toISOString(),
  node: process.version,
  lifecycles: [],
  starts: [],
  doms: [],
  replays: [],
  refusals: [],
  figures: [],
  fanOuts: [],
  largeRuns: [],
  lighthouses: [],
}
const machine = lookAtMachine()
console.log(
  `Node ${process.version}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, calibration ${machine.calibrationMilliseconds.toFixed(0)} ms\n`,
)

if (scenarios.includes('start')) {
  results.starts.push(await measureStarts(Number(values.starts)))
  console.log(startLine(results.starts[0]!))
}
if (scenarios.includes('lifecycle')) {
  const options = {
    databases: databasesOr('sqlite,memory,postgres'),
    doors: words(values.door) as DoorName[],
    clients: words(values.clients).map(Number),
    seconds: Number(values.seconds),
    peer: values.peer,
  }
  for await (const row of measureLifecycles(options)) {
    results.lifecycles.push(row)
    console.log(lifecycleLine(row))
  }
  console.log(`\n${lifecycleTable(results.lifecycles)}`)
}
if (scenarios.includes('dom')) {
  for await (const row of measureDom()) {
    results.doms.push(row)
    console.log(domLine(row))
  }
}
if (scenarios.includes('replay')) {
  results.replays.push(...(await measureReplay(Number(values['replay-seconds']))))
  for (const row of results.replays) console.log(replayLine(row))
}
if (scenarios.includes('hostile')) {
  for await (const row of measureHostile(Number(values.refusals))) {
    results.refusals.push(row)
    console.log(hostileLine(row))
  }
}
const figuresOf: Record<string, () => AsyncGenerator<Measured>> = {
  reads: () =>
    measureReads(databasesOr('sqlite'), { runs: Number(values.runs), lines: Number(values.lines), events: Number(values.events) }),
  'events-in': () => measureEventsIn(databasesOr('sqlite,postgres'), Number(values.seconds)),
  'ten-tasks': () => measureTenTasks(Number(values.rounds), values['peer-command']),
  'graph-data': () => measureGraphData(databasesOr('sqlite,postgres'), Number(values['task-runs'])),
  notifications: () =>
    measureNotifications(databasesOr('sqlite'), { deliveries: Number(values.deliveries), rounds: Number(values.rounds) }),
  'working-day': () => measureWorkingDay(Number(values.hours)),
  'logs-in': () => measureLogsIn(databasesOr('sqlite,postgres'), Number(values.seconds)),
}
for (const name of scenarios) {
  for await (const figure of figuresOf[name]?.() ?? []) {
    results.figures.push(figure)
    console.log(measuredLine(figure))
  }
}
if (scenarios.includes('fan-out')) {
  results.fanOuts.push(await measureFanOut(Number(values.subscribers), Number(values.seconds)))
  for (const row of results.fanOuts) console.log(fanOutLine(row))
}
if (scenarios.includes('graph')) {
  results.largeRuns.push(...(await measureGraphs(Number(values['task-runs']))))
  for (const row of results.largeRuns) console.log(largeRunLine(row))
}
if (scenarios.includes('lighthouse')) {
  for await (const row of measureLighthouse()) {
    results.lighthouses.push(row)
    console.log(lighthouseLine(row))
  }
}
await stopShared()

const bars = barsOf(results)
for (const { sentence, isMet, found } of bars) console.log(`${isMet ? 'met   ' : 'MISSED'} ${sentence}: ${found}`)
const folder = fileURLToPath(new URL('results', import.meta.url))
mkdirSync(folder, { recursive: true })
const file = join(folder, `${results.at.replaceAll(':', '-')}.json`)
writeFileSync(file, `${JSON.stringify({ ...results, bars }, null, 2)}\n`)
console.log(`\n${file}`)
process.exitCode = bars.every(({ isMet }) => isMet) ? 0 : 1
