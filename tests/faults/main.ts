// `npm run faults -- [scenario …] [--database sqlite|postgres] [--kills 100 …]`: the scenarios with figures. Without a name: all of them, with their defaults.
import { parseArgs } from 'node:util'
import { lookAtMachine } from '../../bench/machine.ts'
import { build } from '../../scripts/build.js'
import { stopShared } from '../support/shared.ts'
import { describeFigures, type FaultDatabase, isWhole, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const numbers = new Set(scenarios.flatMap(({ options }) => Object.keys(options)))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: 'string' }, ...Object.fromEntries([...numbers].map(name => [name, { type: 'string' as const }])) },
})
const given = values as Record<string, string | undefined>

const unknown = positionals.filter(name => !scenarios.some(scenario => scenario.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no scenario ${unknown.join(', ')}. There are:\n${scenarios.map(({ name, sentence }) => `  ${name}: ${sentence}`).join('\n')}`,
  )
  process.exit(1)
}
if (!build(process.execPath)) process.exit(1)
process.env['CASTELLAN_TEST_FROM'] = 'build'

for (const scenario of scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  for (const database of scenario.databases.filter(name => given['database'] === undefined || given['database'] === name))
    await show(scenario, database)
}
await stopShared()

async function show(scenario: Scenario, database: FaultDatabase): Promise<void> {
  const options = Object.fromEntries(Object.entries(scenario.options).map(([name, value]) => [name, Number(given[name] ?? value)]))
  const machine = lookAtMachine()
  console.log(
    `\n${scenario.name} on ${database}: ${scenario.sentence} (load ${machine.load.toFixed(1)}, calibration ${machine.calibrationMilliseconds.toFixed(0)} ms)`,
  )
  const startedAt = performance.now()
  const figures = await scenario.run({ database, options, tell: line => console.log(`  … ${line}`) })
  if (!isWhole(figures)) process.exitCode = 1
  console.log(
    `${isWhole(figures) ? 'held  ' : 'BROKEN'} ${describeFigures(figures)}\n  ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  )
}
