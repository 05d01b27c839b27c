// A real server process for a test: from the sources or from the build, on a free port, with a home folder of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from './ports.ts'
import { areStallsWanted } from './stalls.ts'

export interface ServerOptions {
  /** `sources` runs src/main.ts; `build` runs dist/castellan.js. Default: the build under `npm test`, which has made it; else the sources. */
  from?: 'sources' | 'build'
  /** Connection URL of its database. Default: a SQLite file in its home folder, which survives `kill` and `restart`. */
  databaseUrl?: string
  /** Settings in the environment, e.g. `{ CASTELLAN_SERVER_API_AUTH_STRING: 'ada:lovelace' }`. */
  env?: Record<string, string>
  /** More words on the command line. */
  args?: string[]
  /** How long it may take until it answers: on a busy machine, long. Default: 120 000. */
  readyMilliseconds?: number
}

export interface TestServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  url: string
  /** `${url}/api`: what PREFECT_API_URL takes. */
  apiUrl: string
  port: number
  home: string
  pid(): number
  /** All that it has written to its standard output and error, since the first start. */
  output(): string
  /** Asks it to end (SIGTERM) and answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut would (SIGKILL). */
  kill(): Promise<void>
  /** Starts it again after `stop` or `kill`: same port, home and settings. */
  restart(): Promise<void>
  /** Stops it and removes its home folder. */
  dispose(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const entries = { sources: join(root, 'src/main.ts'), build: join(root, 'dist/castellan.js') }

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const entry = entries[options.from ?? (process.env['CASTELLAN_TEST_FROM'] === 'build' ? 'build' : 'sources')]
  if (!existsSync(entry)) throw new Error(`There is no ${entry}: run \`npm run build\` first.`)
  const home = mkdtempSync(join(tmpdir(), 'castellan-home-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let said = ''
  let child: ChildProcess

  const launch = async () => {
    child = spawn(process.execPath, [entry, 'server', 'start', '--host', '127.0.0.1', '--port', String(port), ...(options.args ?? [])], {
      cwd: home,
      env: environment(home, options),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    await untilReady(child, url, options, () => said)
  }
  await launch().catch(error => {
    rmSync(home, { recursive: true, force: true })
    throw error
  })

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
    child.kill(signal)
    await exited
    return child.exitCode
  }
  const orphan = () => void child.kill('SIGKILL')
  process.once('exit', orphan)

  return {
    url,
    apiUrl: `${url}/api`,
    port,
    home,
    pid: () => child.pid!,
    output: () => said,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    restart: launch,
    async dispose() {
      await end('SIGTERM')
      process.off('exit', orphan)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

// Nothing of the caller's own settings reaches the server under test, but that it is to stand still now and then.
const isForeign = (name: string) => /^(CASTELLAN|PREFECT|VITEST)/.test(name) || (name === 'NODE_OPTIONS' && !areStallsWanted)

function environment(home: string, { databaseUrl, env }: ServerOptions): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !isForeign(name))
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    HOME: home,
    CASTELLAN_HOME: home,
    ...(databaseUrl ? { CASTELLAN_API_DATABASE_CONNECTION_URL: databaseUrl } : {}),
    ...env,
  }
}

async function untilReady(
  child: ChildProcess,
  url: string,
  { readyMilliseconds = 120_000 }: ServerOptions,
  said: () => string,
): Promise<void> {
  const deadline = Date.now() + readyMilliseconds
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended with ${child.exitCode ?? child.signalCode} before it was ready:\n${said()}`)
    }
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(25)
  }
  child.kill('SIGKILL')
  throw new Error(`The server did not answer ${url}/api/health within ${readyMilliseconds} ms:\n${said()}`)
}
