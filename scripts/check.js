// `npm run check`: format, lint, types, the house's rules and the quick tests, in under a minute. It downloads nothing.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fail, findNode, isInstalled, root } from './prepare.js'

if (!isInstalled()) fail('The packages are not installed: run `npm ci` first (npm run check downloads nothing).')
const node = findNode()
const PROMISED_SECONDS = 60
const report = join(root, '.cache/quick-tests.json')
const environment = {
  ...process.env,
  CASTELLAN_TEST_QUICK: '1',
  FORCE_COLOR: '0',
  NO_COLOR: '1',
  // Threads that run a source would each bring Node's reader of TypeScript for it.
  NODE_COMPILE_CACHE: join(root, '.cache/compiled'),
}
const bin = path => [node, join(root, 'node_modules', path)]

// Two lanes for two cores: the tests in one, which takes what the other leaves, and everything else in the other.
const lanes = [
  [
    { name: 'format and lint', command: [join(root, 'node_modules/.bin/biome'), 'check', '.'] },
    { name: 'types', command: [...bin('@typescript/native/bin/tsc'), '-p', '.'] },
    { name: 'types of the client', command: [...bin('@typescript/native/bin/tsc'), '-p', 'client', '--noEmit'] },
    { name: 'types of the scripts', command: [...bin('@typescript/native/bin/tsc'), '-p', 'scripts'] },
    {
      name: 'types of the pages',
      needs: 'web/tsconfig.json',
      // Only what has changed is read anew. It passes over a component that cannot be parsed: tests/house/components.test.ts does not.
      command: [
        ...bin('svelte-check/bin/svelte-check'),
        ...'--workspace web --tsconfig tsconfig.json --output human --tsgo --incremental'.split(' '),
      ],
    },
  ],
  [
    {
      name: 'house rules and quick tests',
      command: [
        ...bin('vitest/vitest.mjs'),
        'run',
        '--maxWorkers=2',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
    },
  ],
]

const started = process.hrtime.bigint()
const results = (await Promise.all(lanes.map(runLane))).flat()
const failures = results.filter(result => result.code !== 0)
for (const { name, output } of failures) console.log(`\n── ${name} ──\n${output}`)
for (const { name, code, seconds } of results) console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
const total = secondsSince(started)
if (total > PROMISED_SECONDS && failures.length === 0) tellWhatTookLong(total)
process.exit(failures.length > 0 ? 1 : 0)

async function runLane(steps) {
  const results = []
  for (const step of steps) if (!step.needs || existsSync(join(root, step.needs))) results.push(await runStep(step))
  return results
}

function tellWhatTookLong(total) {
  console.log(`\nThis took ${total.toFixed(0)} s, more than its minute. Unless the machine was busy, these test files have grown too long:`)
  const seconds = ({ startTime, endTime }) => (endTime - startTime) / 1000
  const files = JSON.parse(readFileSync(report, 'utf8')).testResults.toSorted((one, other) => seconds(other) - seconds(one))
  for (const file of files.slice(0, 8)) console.log(`${seconds(file).toFixed(1).padStart(6)} s  ${relative(root, file.name)}`)
  console.log('What is slow by nature is named *.slow.test.ts, and left to `npm test`.')
}

function secondsSince(moment) {
  return Number(process.hrtime.bigint() - moment) / 1e9
}

function runStep({ name, command: [program, ...args] }) {
  const started = process.hrtime.bigint()
  const child = spawn(program, args, { cwd: root, env: environment })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  return new Promise(resolve => {
    child.on('error', error => resolve({ name, code: 1, output: error.message, seconds: 0 }))
    child.on('close', code => resolve({ name, code: code ?? 1, output, seconds: secondsSince(started) }))
  })
}
