// What can be known about the machine beside a figure, so that two figures are compared only where they may be.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
