// Runs a flow of the unmodified SDK against a server, as a user's own process would, and reads what the server kept of it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shared } from '../support/shared.ts'

export interface Door {
  apiUrl: string
  /** What PREFECT_API_AUTH_STRING holds. */
  authString?: string
}

export interface FlowOutcome {
  exitCode: number | null
  output: string
  /** The lines at WARNING, ERROR or CRITICAL, and tracebacks of the SDK's logging. */
  alarms: string[]
  /** What the flow's own last line tells. */
  report: { flow_run_id: string; state_type: string; state_name: string; [fact: string]: unknown }
}

const flows = fileURLToPath(new URL('flows', import.meta.url))

/** `settings` stand in the environment of the flow. `python`: another interpreter than that of the pinned SDK. */
export async function runFlow(name: string, door: Door, settings: Record<string, string> = {}, python?: string): Promise<FlowOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-sdk-'))
  try {
    const { exitCode, output } = await runPython([join(flows, `${name}.py`)], { ...sdkEnvironment(home, door), ...settings }, home, python)
    return { exitCode, output, alarms: alarmsIn(output), report: reportIn(name, output) }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** A script of `flows` that goes on until it is ended, in a home that it shares with others. */
export async function startScript(name: string, home: string, door: Door, settings: Record<string, string> = {}, python?: string) {
  const environment = { ...sdkEnvironment(home, door), ...settings }
  const child = spawn(python ?? (await shared('python')), [join(flows, `${name}.py`)], { env: environment, cwd: home, stdio: 'ignore' })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
  return {
    pid: child.pid!,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** One that ends, and what it reports. */
export async function runScript(
  name: string,
  args: readonly string[],
  home: string,
  door: Door,
  settings: Record<string, string> = {},
  python?: string,
) {
  const { output } = await runPython([join(flows, `${name}.py`), ...args], { ...sdkEnvironment(home, door), ...settings }, home, python)
  return { output, alarms: alarmsIn(output), report: reportIn(name, output) }
}

function reportIn(name: string, output: string) {
  const told = output.split('\n').findLast(line => line.startsWith('REPORT '))
  if (!told) throw new Error(`${name}.py reported nothing:\n${output}`)
  return JSON.parse(told.slice('REPORT '.length))
}

/** One command of the SDK's command line. */
export async function runCommand(command: readonly string[], door: Door): Promise<{ exitCode: number | null; output: string }> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-sdk-'))
  try {
    return await runPython(['-m', 'prefect', ...command], sdkEnvironment(home, door), home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** A command that goes on for ever, ended as soon as it has printed something. */
export async function untilPrinted(command: readonly string[], door: Door, text: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-sdk-'))
  const child = spawn(await shared('python'), ['-m', 'prefect', ...command], { env: sdkEnvironment(home, door), cwd: home })
  try {
    let output = ''
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (part: string) => {
          output += part
          if (output.includes(text)) resolve()
        })
      child.once('close', code => reject(new Error(`prefect ${command.join(' ')} ended with ${code}:\n${output}`)))
    })
  } finally {
    child.kill('SIGKILL')
    rmSync(home, { recursive: true, force: true })
  }
}

/** The SDK's defaults, with a home of its own; nothing of the caller's profile, and no telemetry leaves the machine. */
export function sdkEnvironment(home: string, { apiUrl, authString }: Door): Record<string, string> {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env
  const auth = authString ? { PREFECT_API_AUTH_STRING: authString } : {}
  return {
    PATH,
    LANG,
    HOME: home,
    PREFECT_HOME: join(home, '.prefect'),
    PREFECT_API_URL: apiUrl,
    ...auth,
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
    PYTHONUNBUFFERED: '1',
  }
}

export async function runPython(
  args: string[],
  env: Record<string, string>,
  cwd: string,
  python?: string,
): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(python ?? (await shared('python')), args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exitCode = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  return { exitCode, output }
}

/**
 * When the script ends, a worker of the SDK says how many events or lines it still has to send, and sends them. A quick server is told so of a flow that ends
 * while the worker still connects, and a busy machine of any: whether all came is seen in what is stored.
 */
export const isStillSending = (line: string): boolean => / \| WARNING \| \w+Worker - Still processing items: \d+ items remaining/.test(line)

const alarm = /\| (WARNING|ERROR|CRITICAL) |Error logging to API|^Traceback|Service .* failed/

const alarmsIn = (output: string): string[] => output.split('\n').filter(line => alarm.test(line) && !isStillSending(line))

/** Asks the REST door as the SDK would. */
export async function ask(door: Door, path: string): Promise<any> {
  return answerOf(await fetch(door.apiUrl + path, { headers: authorization(door) }), path)
}

/** Asks for a list at the REST door. */
export async function askFor(door: Door, path: string, body: object): Promise<any> {
  const headers = { ...authorization(door), 'content-type': 'application/json' }
  return answerOf(await fetch(door.apiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) }), path)
}

/** Asks the GraphQL door, which stands beside it. */
export async function query(door: Door, document: string, variables: object = {}): Promise<any> {
  const headers = { ...authorization(door), 'content-type': 'application/json' }
  const response = await fetch(door.apiUrl.replace(/\/api$/, '/graphql'), {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: document, variables }),
  })
  const { data, errors } = await answerOf(response, '/graphql')
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}

const authorization = ({ authString }: Door): Record<string, string> =>
  authString ? { authorization: `Basic ${Buffer.from(authString).toString('base64')}` } : {}

async function answerOf(response: Response, path: string): Promise<any> {
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? undefined : response.json()
}
