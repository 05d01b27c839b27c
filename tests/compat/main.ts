// `npm run compat -- record --url http://127.0.0.1:4200/api`: records the matrix from the peer's own server into recorded.json.
// `npm run compat -- compare --url …`: asks a running server of ours and prints what differs.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Answer, ask, prepareGround } from './ask.ts'
import { cells } from './cells.ts'
import { compare } from './compare.ts'

const file = new URL('recorded.json', import.meta.url)
const { values, positionals } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } })
if (!values.url) throw new Error('--url is needed: the address of a server, with its /api.')

const ground = await prepareGround(values.url, positionals[0] === 'record' ? null : '019ab000-0000-7000-8000-0000000000f7')
const answers: Record<string, Answer> = {}
for (const [index, cell] of cells.entries()) {
  answers[cell.key] = await ask(ground, cell)
  if (index % 250 === 0) process.stderr.write(`${index} of ${cells.length}\n`)
}

if (positionals[0] === 'record') {
  writeFileSync(file, `{\n${cells.map(({ key }) => `${JSON.stringify(key)}: ${JSON.stringify(answers[key])}`).join(',\n')}\n}\n`)
  process.stdout.write(`${cells.length} cells recorded\n`)
} else {
  const { equal, listed, unlisted } = compare(JSON.parse(readFileSync(file, 'utf8')), answers)
  for (const { key, recorded, ours } of unlisted)
    process.stdout.write(`${key}\n  peer ${JSON.stringify(recorded)}\n  ours ${JSON.stringify(ours)}\n`)
  process.stdout.write(`${equal} equal, ${listed} different with a listed reason, ${unlisted.length} different without\n`)
  process.exitCode = unlisted.length === 0 ? 0 : 1
}
