// What can be known about the machine beside a figure, so that two figures are compared only where they may be.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

export interface MachineState {
  /** How long a fixed empty loop takes now: a figure taken while it is slow is a figure of a slow machine. */
  calibrationMilliseconds: number
  /** Mean number of runnable processes over the last minute. */
  load: number
  cores: number
}

export function lookAtMachine(): MachineState {
  return { calibrationMilliseconds: calibrate(), load: loadavg()[0]!, cores: availableParallelism() }
}

const ROUNDS = 100_000_000

function calibrate(): number {
  const startedAt = performance.now()
  let sum = 0
  for (let round = 0; round < ROUNDS; round++) sum = (sum + round) | 0
  return sum === 1 ? Number.NaN : performance.now() - startedAt
}

/** User and system time of a process since it started, in microseconds; null where there is no /proc. */
export function cpuMicrosecondsOf(pid: number | null): number | null {
  const fields = pid === null ? undefined : readProc(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')
  return fields ? ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / ticksPerSecond() : null
}

/** The same of a process with all that it has started and that still runs. */
export function cpuMicrosecondsOfTree(pid: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? readProc(`/proc/${name}/stat`)?.split(') ').at(-1)?.split(' ') : undefined
    if (fields) parents.set(Number(name), Number(fields[1]))
  }
  const isInTree = (one: number): boolean => one === pid || (parents.has(one) && isInTree(parents.get(one)!))
  return [...parents.keys()].filter(isInTree).reduce((sum, one) => sum + (cpuMicrosecondsOf(one) ?? 0), 0)
}

/** Resident memory of a process, in megabytes; null where there is no /proc. */
export function residentMegabytesOf(pid: number): number | null {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) / 1024
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

let ticks: number | undefined
const ticksPerSecond = (): number => (ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })))
