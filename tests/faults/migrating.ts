// `castellan server database upgrade` and `downgrade` as processes that can be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Place } from '../../bench/places.ts'
import { select } from './stored.ts'

export interface Step {
  readonly direction: 'upgrade' | 'downgrade'
  readonly revision: string
}

const entries = { sources: '../../src/main.ts', build: '../../dist/castellan.js' }

/** From the moment it says what it is about to do until it has ended, in milliseconds. */
export async function migrateWhole(place: Place, step: Step): Promise<number> {
  const migrating = start(place, step)
  await migrating.announced
  const startedAt = performance.now()
  const code = await migrating.ended
  if (code !== 0) throw new Error(`${step.direction} ended with ${code}.`)
  return performance.now() - startedAt
}

/** Kills it that long after it has said what it is about to do. Answers whether it was still at it. */
export async function migrateAndKill(place: Place, step: Step, milliseconds: number): Promise<boolean> {
  const migrating = start(place, step)
  await migrating.announced
  await Promise.race([sleep(milliseconds), migrating.ended])
  migrating.child.kill('SIGKILL')
  const code = await migrating.ended
  if (place.file === undefined) await untilAlone(place)
  return code === null
}

function start(place: Place, { direction, revision }: Step) {
  const home = mkdtempSync(join(tmpdir(), 'castellan-migration-'))
  const entry = fileURLToPath(new URL(entries[process.env['CASTELLAN_TEST_FROM'] === 'build' ? 'build' : 'sources'], import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [entry, 'server', 'database', direction, '--yes', '--revision', revision], {
    env: { PATH: process.env['PATH'], CASTELLAN_HOME: home, CASTELLAN_API_DATABASE_CONNECTION_URL: place.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve))
  const announced = new Promise(resolve => child.stdout!.once('data', resolve).once('close', resolve))
  return { child, announced, ended: ended.finally(() => rmSync(home, { recursive: true, force: true })) }
}

/** Postgres may work on for a client that is dead. */
async function untilAlone(place: Place): Promise<void> {
  const others =
    "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
  while ((await select(place, others)).length > 0) await sleep(10)
}
