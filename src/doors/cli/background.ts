import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { pause } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { product } from '../../kernel/product.ts'

const READY_WITHIN_MILLISECONDS = 30_000
const STOPPED_WITHIN_MILLISECONDS = 30_000
const LOOK_EVERY_MILLISECONDS = 100

/** A server that runs without a terminal: its process id, where it listens and what it says are kept in the home folder. */
interface Running {
  readonly pid: number
  readonly url: string
}

export interface BackgroundSite {
  /** Where it is kept which server runs. */
  readonly home: string
  /** Whether a server answers at this address. */
  answersAt(url: string): Promise<boolean>
}

/** Starts this same program again without a terminal, and waits until it answers. */
export async function startInBackground({ home, answersAt }: BackgroundSite, url: string, words: readonly string[]): Promise<void> {
  const running = read(home)
  if (running && isAlive(running.pid))
    throw new AppError(
      'CONFLICT',
      `A server runs in the background already (process ${running.pid}, ${running.url}). Stop it first: ${product.name} server stop`,
    )
  mkdirSync(home, { recursive: true })
  const log = join(home, 'server.log')
  const output = openSync(log, 'a', 0o600)
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], {
    detached: true,
    stdio: ['ignore', output, output],
  })
  const pid = child.pid!
  child.unref()
  for (let waited = 0; !(await answersAt(url)); waited += LOOK_EVERY_MILLISECONDS) {
    if (!isAlive(pid) || waited > READY_WITHIN_MILLISECONDS) throw new AppError('UNAVAILABLE', `The server did not start. ${log} says why.`)
    await pause(LOOK_EVERY_MILLISECONDS)
  }
  writeFileSync(file(home), JSON.stringify({ pid, url }), { mode: 0o600 })
  say(`${product.title} runs in the background at ${url} (process ${pid}). It writes to ${log}.`)
}

export function backgroundCommands(server: Command, { home, answersAt }: BackgroundSite, urlOf: () => string): void {
  server
    .command('status')
    .description('Say whether the server answers. Exit code 1 when it does not.')
    .action(async () => {
      const url = read(home)?.url ?? urlOf()
      if (await answersAt(url)) return say(`${product.title} answers at ${url}.`)
      say(`Nothing answers at ${url}.`)
      process.exitCode = 1
    })

  server
    .command('stop')
    .description('Stop the server that runs in the background; what is under way is finished first.')
    .action(async () => {
      const running = read(home)
      if (!running || !isAlive(running.pid)) {
        rmSync(file(home), { force: true })
        throw new AppError('NOT_FOUND', 'No server runs in the background.')
      }
      process.kill(running.pid, 'SIGTERM')
      for (let waited = 0; isAlive(running.pid); waited += LOOK_EVERY_MILLISECONDS) {
        if (waited > STOPPED_WITHIN_MILLISECONDS)
          throw new AppError('UNAVAILABLE', `Process ${running.pid} does not stop. End it with: kill -9 ${running.pid}`)
        await pause(LOOK_EVERY_MILLISECONDS)
      }
      rmSync(file(home), { force: true })
      say('Stopped.')
    })
}

const file = (home: string): string => join(home, 'server.json')

function read(home: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file(home), 'utf8')) as Running
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
