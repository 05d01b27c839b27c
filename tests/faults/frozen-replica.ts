import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createHttpClient } from '../../bench/http-client.ts'
import { doors } from '../../bench/lifecycle.ts'
import { openPlace } from '../../bench/places.ts'
import { advisoryLocks } from '../../src/storage/advisory-locks.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite, type Site } from './site.ts'

const COMMIT_DELAY_MILLISECONDS = 1000
/** What a server that stands still while it holds the append lock may cost the others. */
const LIMIT_MILLISECONDS = 3000
/** Some air, in which a write of one's own must fit: so many as it takes before, and half a second at least. */
const AIR_MILLISECONDS = 500
const AIR_WRITES = 10
const TRIES = 40

export const frozenReplica: Scenario = {
  name: 'frozen-replica',
  sentence:
    'A server that stops while it holds the append lock stops the others for three seconds at most, and says afterwards what it has lost.',
  databases: ['postgres'],
  options: { rounds: 2 },
  async run({ options }) {
    const place = await openPlace('postgres')
    const [frozen, other] = [createSite(place.url), createSite(place.url)]
    const watch = new pg.Client({ connectionString: place.url })
    const broken = {
      'times the others waited too long': 0,
      'acknowledged but lost': 0,
      'refused but stored': 0,
      'answers other than 201 and 503': 0,
      'times it did not recover': 0,
      'times it could not be caught': 0,
      'otherwise wrong': 0,
    }
    const seen: Record<string, string> = {}
    try {
      await watch.connect()
      for (const moment of ['commit', 'flight'] as const) {
        await frozen.start(moment === 'commit' ? { CASTELLAN_TEST_COMMIT_DELAY_MILLISECONDS: String(COMMIT_DELAY_MILLISECONDS) } : {})
        await other.start()
        const rounds: string[] = []
        for (let round = 0; round < options['rounds']!; round++) {
          const usual = await millisecondsOf(() => untilWritten(other.url))
          const caught = await catchHolding(frozen, watch, moment)
          if (!caught) {
            broken['times it could not be caught']++
            continue
          }
          const milliseconds = await millisecondsOf(() => untilWritten(other.url))
          process.kill(frozen.server.pid(), 'SIGCONT')
          const status = await caught.answer
          const isStored = await hasLines(watch, caught.name)
          if (milliseconds > LIMIT_MILLISECONDS + Math.max(AIR_MILLISECONDS, AIR_WRITES * usual))
            broken['times the others waited too long']++
          if (status === 201 && !isStored) broken['acknowledged but lost']++
          if (status === 503 && isStored) broken['refused but stored']++
          if (status !== 201 && status !== 503) broken['answers other than 201 and 503']++
          if (!(await isWritten(frozen.url))) broken['times it did not recover']++
          rounds.push(`${Math.round(milliseconds)} ms and then ${status}`)
        }
        seen[
          moment === 'commit'
            ? `stopped in a commit of ${COMMIT_DELAY_MILLISECONDS} ms, others wrote after`
            : 'stopped half way through its statements, others wrote after'
        ] = rounds.join(', ')
        await Promise.all([frozen.close(), other.close()])
      }
      const verdict = await askOracle(place.url)
      broken['otherwise wrong'] = verdict.violations
      return { broken, details: verdict.details, seen }
    } finally {
      await watch.end()
      await Promise.all([frozen.close(), other.close()])
      await place.dispose()
    }
  },
}

interface Caught {
  /** Status of the write that was under way. */
  answer: Promise<number>
  /** Under which its lines are stored. */
  name: string
}

/**
 * Stops a server that holds the append lock. Statements and commit leave it in one flight, so it must be stopped while the database sleeps before the
 * commit, or in the few milliseconds in which a flight of many megabytes is not yet out of its hands.
 */
async function catchHolding(site: Site, watch: pg.Client, moment: 'commit' | 'flight'): Promise<Caught | undefined> {
  for (let index = 0; index < TRIES; index++) {
    const name = `faults.${moment}.${index}.${performance.now()}`
    const answer = appendLines(site.url, name, moment === 'commit' ? 1 : 1800)
    if (!(await untilHeld(watch, answer))) continue
    process.kill(site.server.pid(), 'SIGSTOP')
    if (moment === 'flight') await sleep(400)
    if (await isHeld(watch)) return { answer, name }
    process.kill(site.server.pid(), 'SIGCONT')
    await answer
  }
  return undefined
}

/** Log lines of eight thousand letters each. */
async function appendLines(url: string, name: string, count: number): Promise<number> {
  const client = createHttpClient(url)
  const line = { name, level: 20, message: 'x'.repeat(8000), timestamp: '2026-01-01T00:00:00Z' }
  try {
    return (await client.post('/api/logs/', JSON.stringify(Array.from({ length: count }, () => line)))).status
  } finally {
    client.close()
  }
}

async function untilHeld(watch: pg.Client, answer: Promise<unknown>): Promise<boolean> {
  let isOver = false
  void answer.finally(() => (isOver = true))
  while (!isOver) if (await isHeld(watch)) return true
  return false
}

async function isHeld(watch: pg.Client): Promise<boolean> {
  const { rowCount } = await watch.query({
    name: 'held',
    text: `select from pg_locks where locktype = 'advisory' and classid = ${advisoryLocks.class} and objid = ${advisoryLocks.append} and granted`,
  })
  return rowCount === 1
}

async function hasLines(watch: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await watch.query('select from log_line where name = $1 limit 1', [name])
  return rowCount === 1
}

async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Tries as an SDK does, which takes a 503 for "again, soon". */
async function untilWritten(url: string): Promise<void> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline) {
    if (await isWritten(url)) return
    await sleep(50)
  }
  throw new Error(`Nothing could be written at ${url} for 20 s.`)
}

async function isWritten(url: string): Promise<boolean> {
  const client = createHttpClient(url)
  try {
    await doors.rest.create(client, await doors.rest.ensureFlow(client, 'faults'))
    return true
  } catch {
    return false
  } finally {
    client.close()
  }
}
