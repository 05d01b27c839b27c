// The examples as an integrator starts them, against a real server that is killed and started again, and are themselves killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, missingBrowser } from '../support/browser.ts'
import { missingPython } from '../support/python.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/skip.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const authString = 'ada:lovelace'
const authorization = `Basic ${Buffer.from(authString).toString('base64')}`

/** An example that runs. */
interface Example {
  /** `run: state` of each change that it has printed, in order. */
  changes(): string[]
  kill(): Promise<void>
}

let server: TestServer
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-examples-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = async (path: string, body: object): Promise<any> => {
  const headers = { 'content-type': 'application/json', authorization }
  const response = await fetch(`${server.apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.ok, await response.clone().text()).toBe(true)
  return response.json()
}

/** Takes a run through its life and answers what there is to see of it. */
const run = async (name: string): Promise<string[]> => {
  const { id: flowId } = await ask('/flows/', { name: 'exemplary' })
  const { id } = await ask('/flow_runs/', { flow_id: flowId, name, state: { type: 'PENDING' } })
  for (const type of ['RUNNING', 'COMPLETED']) await ask(`/flow_runs/${id}/set_state`, { state: { type } })
  return [`${name}: Pending`, `${name}: Running`, `${name}: Completed`]
}

const restartServer = async () => {
  await server.kill()
  await server.restart()
}

/** A frame that was in hand when the program was killed comes once more; nothing else does. */
const withoutRepeats = (changes: string[]): string[] => [...new Set(changes)]

const misses = async (start: () => Promise<Example>) => {
  const first = await start()
  const expected = await run('first')
  await expect.poll(() => first.changes()).toEqual(expected)
  await restartServer()
  expected.push(...(await run('after a restart of the server')))
  await expect.poll(() => first.changes(), { timeout: 30_000 }).toEqual(expected)
  await first.kill()
  const seen = first.changes()
  expected.push(...(await run('while nobody listens')))
  const second = await start()
  await expect.poll(() => withoutRepeats([...seen, ...second.changes()]), { timeout: 30_000 }).toEqual(expected)
  expected.push(...(await run('last')))
  await expect.poll(() => withoutRepeats([...seen, ...second.changes()])).toEqual(expected)
  await second.kill()
}

const startProgram = (command: string, args: string[], read: (line: string) => string[]) => async (): Promise<Example> => {
  const cursorFile = join(folder, `${basename(command)}.cursor`)
  const environment = { ...process.env, CASTELLAN_URL: server.url, CASTELLAN_SERVER_API_AUTH_STRING: authString }
  // A group of its own, so that what a shell has started ends with it.
  const child: ChildProcess = spawn(command, [...args, cursorFile], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let complaints = ''
  child.stdout!.setEncoding('utf8').on('data', text => (printed += text))
  child.stderr!.setEncoding('utf8').on('data', text => (complaints += text))
  await expect.poll(() => existsSync(cursorFile), { message: complaints }).toBe(true)
  return {
    changes: () => printed.split('\n').slice(0, -1).flatMap(read),
    async kill() {
      const ended = new Promise(resolve => child.once('exit', resolve))
      process.kill(-child.pid!, 'SIGKILL')
      await ended
    },
  }
}

const lineOf = (line: string) => [line.split(' / ')[1]!]
const batchOf = (line: string): string[] => {
  const { changes } = JSON.parse(line).data.flowRunStateChanged
  return changes.map((change: any) => `${change.flowRun.name}: ${change.state.name}`)
}

describe('each example misses nothing and repeats nothing, through restarts of the server and of itself', () => {
  beforeAll(async () => {
    server = await startServer({ env: { CASTELLAN_SERVER_API_AUTH_STRING: authString } })
  })
  afterAll(() => server.dispose())

  test('Node.js', () => misses(startProgram(process.execPath, ['examples/node/follow-runs.js'], lineOf)))

  test('curl', () => misses(startProgram('bash', ['examples/curl/follow-runs.sh'], batchOf)))

  describeUnless(missingPython(), 'with Python', () => {
    test('Python', () => misses(startProgram('python3', ['examples/python/follow_runs.py'], lineOf)))
  })
})

describeUnless(missingBrowser(), 'the example for browsers', () => {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
  const files = createServer((request, response) => {
    const path = join(root, new URL(request.url!, 'http://x').pathname.replace(/\/$/, '/index.html'))
    response.setHeader('content-type', types[extname(path)] ?? 'text/plain')
    try {
      response.end(readFileSync(path))
    } catch {
      response.writeHead(404).end()
    }
  })
  let page: Page
  let address: string

  beforeAll(async () => {
    await new Promise<void>(resolve => files.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`
    server = await startServer({ env: { PREFECT_SERVER_CORS_ALLOWED_ORIGINS: origin } })
    const browser = await launchBrowser()
    page = await browser.newPage()
    address = `${origin}/examples/browser/?server=${server.url}`
  })
  afterAll(async () => {
    await page?.context().browser()?.close()
    files.close()
    await server.dispose()
  })

  const start = async (): Promise<Example> => {
    await page.goto(address)
    await page.waitForFunction(() => localStorage.getItem('follow-runs') !== null)
    let seen: string[] = []
    const look = async () => (seen = (await page.locator('#changes li').allTextContents()).reverse().flatMap(lineOf))
    const timer = setInterval(() => void look().catch(() => undefined), 50)
    return {
      changes: () => seen,
      async kill() {
        clearInterval(timer)
        await page.goto('about:blank')
      },
    }
  }

  test('misses nothing either, from another origin that the server lists', () => misses(start))
})
