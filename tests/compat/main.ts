// `npm run compat -- record --matrix task-runs --url http://127.0.0.1:4200/api`: records a matrix from the peer's own server, and goes on
// where an earlier recording was stopped. Without --matrix: flow-runs.
// `npm run compat -- compare --matrix task-runs --url …`: asks a running server of ours and prints what differs.
import { parseArgs } from 'node:util'
import { compare } from './compare.ts'
import { askAll, type Matrix, matrices } from './matrices.ts'
import { readRecorded, writeRecorded } from './recordings.ts'

const SAVED_EVERY = 250

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, matrix: { type: 'string', default: 'flow-runs' }, connections: { type: 'string', default: '4' } },
})
if (!values.url) throw new Error('--url is needed: the address of a server, with its /api.')
const matrix = matrices.find(({ name }) => name === values.matrix)
if (!matrix) throw new Error(`--matrix must be one of ${matrices.map(({ name }) => name).join(', ')}.`)

if (positionals[0] === 'record') await record(matrix, values.url)
else await compareWith(matrix, values.url)

async function record({ name, keys }: Matrix, url: string): Promise<void> {
  const recorded = { ...readRecorded(name) }
  const missing = keys.filter(key => !recorded[key])
  let count = 0
  await askAll(matrix!, url, missing, Number(values.connections), (key, answer) => {
    recorded[key] = answer
    if (++count % SAVED_EVERY !== 0) return
    writeRecorded(name, keys, recorded)
    process.stderr.write(`${count} of ${missing.length}\n`)
  })
  writeRecorded(name, keys, recorded)
  process.stdout.write(`${missing.length} of ${keys.length} cells recorded\n`)
}

async function compareWith({ name, keys, differences }: Matrix, url: string): Promise<void> {
  const answers = await askAll(matrix!, url, keys, Number(values.connections))
  const { equal, listed, unlisted } = compare(readRecorded(name), answers, differences)
  for (const { key, recorded, ours } of unlisted)
    process.stdout.write(`${key}\n  peer ${JSON.stringify(recorded)}\n  ours ${JSON.stringify(ours)}\n`)
  process.stdout.write(`${equal} equal, ${listed} different with a listed reason, ${unlisted.length} different without\n`)
  process.exitCode = unlisted.length === 0 ? 0 : 1
}
