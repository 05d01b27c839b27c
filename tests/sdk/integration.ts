// `npm run integration -- --path <folder of test files> [--server <url>] [--auth user:password] [test_file.py …] [pytest options]`
// Runs the test files of a Prefect checkout (its folder integration-tests/) against a server, one file after the other.
// The checkout is its user's own. Without --server a server of the sources' is started and ended with the run.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '../support/server.ts'
import { shared, stopShared } from '../support/shared.ts'
import { runPython, sdkEnvironment } from './sdk.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { path: { type: 'string' }, server: { type: 'string' }, auth: { type: 'string' }, seconds: { type: 'string', default: '90' } },
})
const folder = values.path && resolve(values.path)
if (!folder || !existsSync(folder)) {
  console.error(
    'Usage: npm run integration -- --path <folder of test files> [--server <url>] [--auth user:password] [--seconds 90] [test_file.py …]',
  )
  process.exit(2)
}

const authString = values.auth
const ownServer = values.server ? undefined : await startServer(authString ? { env: { PREFECT_SERVER_API_AUTH_STRING: authString } } : {})
const apiUrl = ownServer?.apiUrl ?? `${values.server!.replace(/\/(api)?\/?$/, '')}/api`
const files = positionals.length > 0 ? positionals : readdirSync(folder).filter(name => /^test_.*\.py$/.test(name))

let passed = 0
let failed = 0
for (const file of files.sort()) await runFile(file)
await ownServer?.dispose()
await stopShared()
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

async function runFile(file: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-integration-'))
  const python = await shared('python')
  const env = sdkEnvironment(home, authString ? { apiUrl, authString } : { apiUrl })
  const pytest = [
    '-m',
    'pytest',
    '-q',
    '-p',
    'no:cacheprovider',
    '--rootdir',
    folder!,
    '--timeout',
    values.seconds,
    '-rfE',
    join(folder!, file),
  ]
  const { exitCode, output } = await runPython(pytest, { ...env, PATH: `${dirname(python)}:${env['PATH']}` }, home)
  const isGreen = exitCode === 0
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0)
  passed += count('passed')
  failed += Math.max(count('failed') + count('errors?'), isGreen ? 0 : 1)
  console.log(`${isGreen ? 'passed' : 'FAILED'} ${file}`)
  if (!isGreen) console.log(output)
  rmSync(home, { recursive: true, force: true })
}
