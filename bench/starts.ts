// Scenario `start`: from the spawn to the line that says it listens, and what it holds in memory when nobody asks anything.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuMicrosecondsOf, lookAtMachine, type MachineState, residentMegabytesOf } from './machine.ts'

export interface StartRow {
  /** With the schema still to be made. */
  firstMilliseconds: number
  /** The median of the later ones. */
  medianMilliseconds: number
  fastestMilliseconds: number
  slowestMilliseconds: number
  /** Median of the server's CPU time until it listens. */
  cpuMilliseconds: number | null
  /** Resident after two seconds of rest; the largest of all. */
  idleMegabytes: number | null
  machine: MachineState
}

interface Start {
  milliseconds: number
  cpuMicroseconds: number | null
  megabytes: number | null
}

const entry = fileURLToPath(new URL('../dist/castellan.js', import.meta.url))

/** As `npm start` serves it: the minified bundle with its compile cache, on one SQLite file. */
export async function measureStarts(count: number): Promise<StartRow> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-start-'))
  try {
    const machine = lookAtMachine()
    const first = await start(home, 0)
    const later: Start[] = []
    for (let index = 0; index < count; index++) later.push(await start(home, index === count - 1 ? 2000 : 0))
    const milliseconds = later.map(one => one.milliseconds).sort((one, other) => one - other)
    const cpu = later.map(one => one.cpuMicroseconds ?? Number.NaN).sort((one, other) => one - other)
    const middle = Math.floor(count / 2)
    return {
      machine,
      firstMilliseconds: first.milliseconds,
      medianMilliseconds: milliseconds[middle]!,
      fastestMilliseconds: milliseconds[0]!,
      slowestMilliseconds: milliseconds.at(-1)!,
      cpuMilliseconds: Number.isNaN(cpu[middle]!) ? null : cpu[middle]! / 1000,
      idleMegabytes: later.at(-1)!.megabytes,
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function start(home: string, restMilliseconds: number): Promise<Start> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [entry, 'server', 'start', '--port', '0'], {
    env: { PATH: process.env['PATH'], HOME: home, CASTELLAN_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await untilListening(child)
  const milliseconds = performance.now() - startedAt
  const cpuMicroseconds = cpuMicrosecondsOf(child.pid!)
  await new Promise(resolve => setTimeout(resolve, restMilliseconds))
  const megabytes = residentMegabytesOf(child.pid!)
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
  return { milliseconds, cpuMicroseconds, megabytes }
}

function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`The server ended with code ${code} before it listened.`)))
    child.stdout!.setEncoding('utf8').on('data', (text: string) => text.includes('is running') && resolve())
  })
}
