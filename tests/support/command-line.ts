// The product's command line in a process of its own, from the sources, with no settings but those given.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface CommandResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** `input` is what it reads from its standard input, which is no terminal. */
export const runCommand = (words: readonly string[], environment: Record<string, string>, input = ''): Promise<CommandResult> =>
  new Promise(resolve => {
    const child = spawn(process.execPath, [main, ...words], { env: { PATH: process.env['PATH'] ?? '', ...environment } })
    let out = ''
    let err = ''
    child.stdout.on('data', data => (out += data))
    child.stderr.on('data', data => (err += data))
    child.on('close', code => resolve({ code, out, err }))
    child.stdin.end(input)
  })
