// `castellan server check` over what a scenario has left behind.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CheckResult } from '../../src/core/checks/index.ts'

const entries = { sources: '../../src/main.ts', build: '../../dist/castellan.js' }

export interface Verdict {
  violations: number
  details: string[]
  /** How many runs it looked at. */
  runs: number
}

/** No server may hold the database meanwhile. */
export async function askOracle(databaseUrl: string): Promise<Verdict> {
  const entry = entries[process.env['CASTELLAN_TEST_FROM'] === 'build' ? 'build' : 'sources']
  const home = mkdtempSync(join(tmpdir(), 'castellan-oracle-'))
  try {
    const text = await output(process.execPath, [fileURLToPath(new URL(entry, import.meta.url)), 'server', 'check', '--json'], {
      PATH: process.env['PATH'],
      CASTELLAN_HOME: home,
      CASTELLAN_API_DATABASE_CONNECTION_URL: databaseUrl,
    })
    const { results } = JSON.parse(text) as { results: CheckResult[] }
    return {
      violations: results.reduce((sum, result) => sum + result.violations, 0),
      details: results
        .filter(result => result.violations > 0)
        .map(({ name, violations, samples }) => `${name}: ${violations}, e.g. ${samples.join('; ')}`),
      runs: results.find(result => result.name === 'run.version')?.examined ?? 0,
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function output(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let complained = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => (said ? resolve(said) : reject(new Error(`The check ended with ${code}: ${complained}`))))
  })
}
