// `npm run check`: format, lint, types, the house's rules and the quick tests, in under a minute. It downloads nothing.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail, findNode, isInstalled, root } from './prepare.js'

if (!isInstalled()) fail('The packages are not installed: run `npm ci` first (npm run check downloads nothing).')
const node = findNode()
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
      command: [...bin('svelte-check/bin/svelte-check'), '--tsconfig', 'web/tsconfig.json', '--output', 'human'],
    },
  ],
  [{ name: 'house rules and quick tests', command: [...bin('vitest/vitest.mjs'), 'run', '--maxWorkers=2'] }],
]

const results = (await Promise.all(lanes.map(runLane))).flat()
const failures = results.filter(result => result.code !== 0)
for (const { name, output } of failures) console.log(`\n── ${name} ──\n${output}`)
for (const { name, code, seconds } of results) console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
process.exit(failures.length > 0 ? 1 : 0)

async function runLane(steps) {
  const results = []
  for (const step of steps) if (!step.needs || existsSync(join(root, step.needs))) results.push(await runStep(step))
  return results
}

function runStep({ name, command: [program, ...args] }) {
  const started = process.hrtime.bigint()
  const child = spawn(program, args, { cwd: root, env: { ...process.env, CASTELLAN_TEST_QUICK: '1', FORCE_COLOR: '0', NO_COLOR: '1' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  return new Promise(resolve => {
    child.on('error', error => resolve({ name, code: 1, output: error.message, seconds: 0 }))
    child.on('close', code => resolve({ name, code: code ?? 1, output, seconds: Number(process.hrtime.bigint() - started) / 1e9 }))
  })
}
