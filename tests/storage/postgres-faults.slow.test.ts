import { describe, expect, onTestFinished, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, listFlows } from '../../src/core/flows/index.ts'
import { createVariable, findVariable } from '../../src/core/variables/index.ts'
import { findWorkspaceBySlug } from '../../src/core/workspaces/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { asAppError } from '../../src/storage/postgres-errors.ts'
import { createPool, hotSession } from '../../src/storage/postgres-pool.ts'
import { inSession } from '../../src/storage/postgres-transaction.ts'
import { openBareHouse } from '../support/house.ts'
import { freePort } from '../support/ports.ts'
import { createDatabase } from '../support/postgres.ts'
import { onPostgres } from './for-each-storage.ts'
import { killOthers, killOthersAtOnce, openRaw, somebodyHolds, untilTrue } from './raw.ts'

const appendLock = { text: 'select pg_advisory_xact_lock(4200, 2)' }
const slow = { CASTELLAN_TEST_COMMIT_DELAY_MILLISECONDS: '2000' }
const unavailable = { code: 'UNAVAILABLE' }

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

onPostgres(open => {
  describe('a database that is lost', () => {
    test('before the commit fails the command as unavailable, stores nothing of it, and is used again when it is back', async () => {
      const house = await open({ environment: slow })
      const raw = await openRaw(house.url)
      const asked = ensureFlow(house.as(), { name: 'hello' })
      const refused = expect(asked).rejects.toMatchObject(unavailable)
      await untilTrue(raw, somebodyHolds)
      await killOthers(raw)
      await refused
      expect((await listFlows(house.as(), {})).nodes).toEqual([])
      expect(await house.storage.readLog('events', 0, 10)).toEqual([])
      const again = await open({ on: house.url })
      expect(await ensureFlow(again.as(), { name: 'hello' })).toMatchObject({ isNew: true })
      expect(house.published).toEqual([])
    })

    test('in the middle of a mutation fails it as unavailable', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      const mutation = inTransaction(house.as(), async ctx => {
        await createVariable(ctx, { name: 'v', value: 1 })
        await killOthers(raw)
        await createVariable(ctx, { name: 'w', value: 1 })
      })
      await expect(mutation).rejects.toMatchObject(unavailable)
      await expect(findVariable(house.as(), { name: 'v' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await createVariable(house.as(), { name: 'v', value: 1 })
    })

    test('while nobody asks is found again by whoever asks next, also by those who have not yet heard of its loss', async () => {
      const house = await open()
      const ctx = house.as()
      const ask = () =>
        Promise.all([
          ensureFlow(ctx, { name: 'hello' }),
          inTransaction(ctx, inside => ensureFlow(inside, { name: 'hello' })),
          ...Array.from({ length: 5 }, () => findVariable(ctx, { name: 'v' })),
          findWorkspaceBySlug(ctx, { slug: 'default' }),
          house.storage.heads(),
          house.storage.ping(),
        ])
      await createVariable(ctx, { name: 'v', value: 1 })
      await ask()
      killOthersAtOnce(house.url)
      const [alone, inside, variable] = await ask()
      expect([alone, inside]).toMatchObject([{ isNew: false }, { isNew: false }])
      expect(variable).toMatchObject({ value: 1 })
    })

    test('for good fails everything as unavailable, by whatever way it is asked', async () => {
      const database = await createDatabase()
      const house = await openBareHouse(database.url)
      onTestFinished(() => house.storage.close())
      await database.drop()
      const ctx = house.as()
      await expect(house.storage.ping()).rejects.toMatchObject(unavailable)
      await expect(ensureFlow(ctx, { name: 'hello' })).rejects.toMatchObject(unavailable)
      await expect(createVariable(ctx, { name: 'v', value: 1 })).rejects.toMatchObject(unavailable)
      await expect(listFlows(ctx, {})).rejects.toMatchObject(unavailable)
      await expect(findWorkspaceBySlug(ctx, { slug: 'default' })).rejects.toMatchObject(unavailable)
      await expect(house.storage.heads()).rejects.toMatchObject(unavailable)
      await expect(house.storage.readLog('events', 0, 1)).rejects.toMatchObject(unavailable)
      await expect(house.storage.inspect()).rejects.toMatchObject(unavailable)
    })
  })

  describe('a server that stops while it holds the append lock', () => {
    test('stops the others for three seconds at most, and has lost what it did not commit', async () => {
      const house = await open()
      const usual = await timeOf(() => ensureFlow(house.as(), { name: 'usual' }))
      const { pool, close } = createPool({ url: house.url, clock: systemClock, log: house.log, size: 1, session: hotSession })
      onTestFinished(close)
      const [held, thawed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const frozen = inSession(pool, async session => {
        await session.fly([appendLock])
        held.resolve()
        await thawed.promise
        await session.commit([])
      }).catch((error: unknown) => Promise.reject(asAppError(error)))
      const lost = expect(frozen).rejects.toMatchObject(unavailable)
      await held.promise
      expect(await timeOf(() => ensureFlow(house.as(), { name: 'hello' }))).toBeLessThan(4500 + 20 * usual)
      thawed.resolve()
      await lost
    })
  })

  describe('a lock that is held for ever', () => {
    test('fails who waits for it as unavailable after five seconds, and stores nothing', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      await raw.query('begin')
      await raw.query(appendLock.text)
      await expect(ensureFlow(house.as(), { name: 'hello' })).rejects.toMatchObject({
        ...unavailable,
        message: expect.stringContaining('held by somebody else for too long'),
      })
      expect((await listFlows(house.as(), {})).nodes).toEqual([])
      await raw.query('rollback')
      expect(await ensureFlow(house.as(), { name: 'hello' })).toMatchObject({ isNew: true })
    })
  })

  describe('a wish that the database refuses', () => {
    test('is answered as that wish’s own error, while its batch is written', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      await raw.query(`alter table flow_run add constraint odd check (name <> 'odd')`)
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const outcomes = await Promise.allSettled(['even', 'odd', 'equal'].map(name => createFlowRun(house.as(), { flowId: flow.id, name })))
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      const { rows } = await raw.query('select name from flow_run order by name')
      expect(rows).toEqual([{ name: 'equal' }, { name: 'even' }])
    })
  })

  describe('a place where no server can stand', () => {
    const refusal = (url: string) =>
      openBareHouse(url).then(
        () => Promise.reject(new Error('It was opened.')),
        (error: { code: string; message: string }) => error,
      )

    test('is refused in a sentence that names the trouble, and never the password', async () => {
      const database = await createDatabase()
      onTestFinished(() => database.drop())
      const at = (change: (url: URL) => void) => {
        const url = new URL(database.url)
        change(url)
        return url.href
      }
      const port = await freePort()
      const refusals = await Promise.all([
        refusal(at(url => (url.port = String(port)))),
        refusal(at(url => (url.password = 'sesame'))),
        refusal(at(url => (url.pathname = '/nowhere'))),
      ])
      expect(refusals.map(({ code }) => code)).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'])
      expect(refusals.map(({ message }) => message)).toEqual([
        expect.stringContaining('ECONNREFUSED'),
        expect.stringContaining('password authentication failed'),
        expect.stringContaining('"nowhere" does not exist'),
      ])
      expect(refusals.filter(({ message }) => /sesame|only-for-tests/.test(message))).toEqual([])
    })

    test('is one that keeps its texts otherwise than in UTF-8', async () => {
      const { url } = await open()
      const raw = await openRaw(url)
      await raw.query(`create database ascii_only encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0`)
      onTestFinished(async () => void (await raw.query('drop database ascii_only with (force)')))
      const other = new URL(url)
      other.pathname = '/ascii_only'
      expect(await refusal(other.href)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('UTF8') })
    })
  })

  describe('an inspection', () => {
    test('finds nothing in a sound database, and what is broken in another', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
      expect(await house.storage.inspect()).toEqual([])
      const raw = await openRaw(house.url)
      await raw.query(
        `set session_replication_role = replica; delete from flow; alter table flow add constraint odd check (name <> '') not valid`,
      )
      expect(await house.storage.inspect()).toEqual([
        'constraint odd was never checked',
        'flow_run: 1 rows whose flow is gone (flow_run_flow_id_foreign)',
      ])
    })
  })
})
