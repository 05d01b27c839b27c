import type pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, FlowRun, findFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, Flow } from '../../src/core/flows/index.ts'
import { createVariable } from '../../src/core/variables/index.ts'
import { parseDatabaseUrl } from '../../src/kernel/database-url.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import type { StorageSite } from '../../src/storage/open.ts'
import { openPostgres } from '../../src/storage/postgres.ts'
import { someEvent } from '../doors/operations.ts'
import type { BareHouse } from '../support/house.ts'
import { onPostgres } from './for-each-storage.ts'
import { deadlocks, killOthers, listens, openRaw, somebodyWaits, twoWait, untilTrue } from './raw.ts'

/** A server that does not take the append lock: what the lock is good for shows where it is missing. */
const withoutAppendLock = ({ settings, ...site }: StorageSite) => {
  const target = parseDatabaseUrl(settings.databaseUrl!, 'test') as { url: string; location: string }
  return openPostgres({
    ...site,
    ...target,
    source: 'test',
    commitDelayMilliseconds: settings.commitDelayMilliseconds,
    withoutAppendLock: true,
  })
}

const append = (house: BareHouse, name: string) => receiveEvents(house.as(), { events: [someEvent(house.ids.uuid(), name)] })

/** The names of the events that a follower gets, until it has got the last one. */
function follow(house: BareHouse, last: string): { readonly seen: readonly string[]; readonly ended: Promise<readonly string[]> } {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const seen: string[] = []
  const read = async () => {
    for await (const { entries } of house.events.follow(0, stop.signal)) {
      seen.push(...entries.map(({ event }) => event))
      if (seen.includes(last)) break
    }
    return seen
  }
  return { seen, ended: read() }
}

interface Watched {
  readonly raw: pg.Client
  readonly seenByTwo: readonly string[]
}

/** A transaction that has appended an event of this name waits before its commit, until the transaction that `gate` opens here ends. */
async function holdCommitsOf(gate: pg.Client, event: string): Promise<void> {
  await gate.query(`
    create function wait_at_the_gate() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
    create constraint trigger held after insert on event deferrable initially deferred for each row
      when (new.event = '${event}') execute function wait_at_the_gate()`)
  await gate.query('begin')
  await gate.query('select pg_advisory_xact_lock(1)')
}

const rowsOf = (house: BareHouse, entity: typeof Flow | typeof FlowRun) =>
  house.storage.read.select({ entity, workspaceId: null, where: [], orderBy: [['id', 'asc']], limit: 1000 })

onPostgres(open => {
  describe('two servers', () => {
    /** One appends and holds its commit; the other appends meanwhile, and once more at the end; a third only follows. */
    async function appendAcross(how: { open?: typeof withoutAppendLock }, untilOthersHave: (watched: Watched) => Promise<unknown>) {
      const one = await open(how)
      const two = await open({ ...how, on: one.url })
      const watching = await open({ on: one.url })
      const [raw, gate] = [await openRaw(one.url), await openRaw(one.url)]
      await holdCommitsOf(gate, 'a')
      const followed = [one, two, watching].map(house => follow(house, 'c'))
      const held = append(one, 'a')
      await untilTrue(raw, somebodyWaits)
      const meanwhile = append(two, 'b')
      await untilOthersHave({ raw, seenByTwo: followed[1]!.seen })
      await gate.query('rollback')
      await Promise.all([held, meanwhile])
      await append(two, 'c')
      return Promise.all(followed.map(({ ended }) => ended))
    }

    test('that append at once are followed without a miss: numbers are committed in their order', async () => {
      const seen = await appendAcross({}, ({ raw }) => untilTrue(raw, twoWait))
      expect(seen).toEqual([
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
      ])
    })

    test('would be followed with a miss if they did not take the append lock: the sentence above bites', async () => {
      const [, two] = await appendAcross({ open: withoutAppendLock }, ({ seenByTwo }) => expect.poll(() => seenByTwo).toEqual(['b']))
      expect(two).toEqual(['b', 'c'])
    })

    test('wake each other after a commit', async () => {
      const one = await open()
      const two = await open({ on: one.url })
      const woken = new Promise<void>(resolve => two.storage.onWake(resolve))
      const raw = await openRaw(one.url)
      await untilTrue(raw, `(select count(*) ${listens}) = 2`)
      await append(one, 'a')
      await woken
      expect(await follow(two, 'a').ended).toEqual(['a'])
    })

    test('do not wake themselves', async () => {
      const one = await open()
      const raw = await openRaw(one.url)
      let isWoken = false
      await raw.query('listen castellan_log')
      const heard: (string | undefined)[] = []
      raw.on('notification', ({ payload }) => heard.push(payload))
      const appended = () => append(one, 'a').then(() => heard.at(-1))
      // Its own connection stands, and has looked what it had missed, when others hear of it.
      await expect.poll(appended).toEqual(expect.any(String))
      one.storage.onWake(() => (isWoken = true))
      await append(one, 'b')
      await expect.poll(() => heard.at(-1)).toBe(`${one.events.newest} 0`)
      await raw.query('select 1')
      await one.storage.ping()
      expect(isWoken).toBe(false)
    })

    test('that name a flow at once make one, and both answer it', async () => {
      const one = await open()
      const two = await open({ on: one.url })
      const names = Array.from({ length: 20 }, (_, index) => `flow ${index}`)
      const answers = await Promise.all(
        [one, two].map(house => Promise.all((house === one ? names : names.toReversed()).map(name => ensureFlow(house.as(), { name })))),
      )
      const stored = new Map((await rowsOf(one, Flow)).map(flow => [flow['name'], flow['id']]))
      expect(stored.size).toBe(20)
      for (const { flow } of answers.flat()) expect(flow.id).toBe(stored.get(flow.name))
      expect(answers.flat().filter(({ isNew }) => isNew)).toHaveLength(20)
      expect(await one.storage.readLog('events', 0, 100)).toHaveLength(20)
    })

    test('that use an idempotency key at once make one run, and both answer it', async () => {
      const one = await open()
      const two = await open({ on: one.url })
      const { flow } = await ensureFlow(one.as(), { name: 'hello' })
      const ask = (house: BareHouse, index: number) =>
        createFlowRun(house.as(), { flowId: flow.id, idempotencyKey: `k${index}`, state: { type: 'PENDING' } })
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => [ask(one, index), ask(two, index)]).flat())
      const stored = new Map((await rowsOf(one, FlowRun)).map(run => [run['idempotencyKey'], run['id']]))
      expect(stored.size).toBe(20)
      for (const { run } of answers) expect(run.id).toBe(stored.get(run.idempotencyKey))
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(20)
    })

    test('that move one run at once write every state it was answered, numbered without a hole', async () => {
      const one = await open()
      const two = await open({ on: one.url })
      const { flow } = await ensureFlow(one.as(), { name: 'hello' })
      const { run } = await createFlowRun(one.as(), { flowId: flow.id })
      const move = (house: BareHouse, index: number) =>
        setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'SCHEDULED', name: `n${index}` }, force: true })
      const answers = await Promise.all(Array.from({ length: 24 }, (_, index) => move(index % 2 ? one : two, index)))
      const written = answers.filter(({ isWritten }) => isWritten).map(({ state }) => state!.ordinal)
      expect(written.toSorted((a, b) => a - b)).toEqual(Array.from({ length: written.length }, (_, index) => index + 1))
      expect((await findFlowRun(two.as(), { id: run.id })).run.version).toBe(written.length)
    })
  })

  describe('somebody else’s transaction', () => {
    test('that holds a run makes its command wait alone: its neighbours are answered before', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const runs = await Promise.all(
        Array.from({ length: 17 }, () => createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })),
      )
      const [held, ...neighbours] = runs.map(({ run }) => run.id) as [string, ...string[]]
      await raw.query('begin')
      await raw.query('select from flow_run where id = $1 for update', [held])

      const order: string[] = []
      const run = (flowRunId: string) =>
        setFlowRunState(house.as(), { flowRunId, state: { type: 'RUNNING' } }).then(
          ({ status }) => void order.push(`${flowRunId} ${status}`),
        )
      const waiting = run(held)
      await Promise.all(neighbours.map(run))
      expect(order).toEqual(neighbours.map(id => `${id} ACCEPT`))
      order.push('released')
      await raw.query('commit')
      await waiting
      expect(order.slice(-2)).toEqual(['released', `${held} ACCEPT`])
    })

    test('that is a mutation with a command inside, and long, ends without a deadlock', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const runs = await Promise.all(
        Array.from({ length: 17 }, () => createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })),
      )
      const [held, ...neighbours] = runs.map(({ run }) => run.id) as [string, ...string[]]
      const [entered, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const mutation = inTransaction(house.as(), async ctx => {
        await createVariable(ctx, { name: 'v', value: 1 })
        await setFlowRunState(ctx, { flowRunId: held, state: { type: 'RUNNING' } })
        entered.resolve()
        await release.promise
      })
      await entered.promise
      const waiting = setFlowRunState(house.as(), { flowRunId: held, state: { type: 'COMPLETED' } })
      await Promise.all(neighbours.map(flowRunId => setFlowRunState(house.as(), { flowRunId, state: { type: 'RUNNING' } })))
      await untilTrue(raw, somebodyWaits)
      release.resolve()
      await mutation
      expect(await waiting).toMatchObject({ status: 'ACCEPT', run: { version: 3, stateType: 'COMPLETED' } })
      expect(await deadlocks(raw)).toBe(0)
    })

    test('that makes the same flow decides whose it is: its own when it commits, ours when it does not', async () => {
      const house = await open()
      const raw = await openRaw(house.url)
      for (const [name, ending] of [
        ['theirs', 'commit'],
        ['ours', 'rollback'],
      ]) {
        const id = house.ids.uuid()
        await raw.query('begin')
        await raw.query(
          `insert into flow (id, workspace_id, name, tags, labels, created, updated) values ($1, $2, $3, '[]', '{}', now(), now())`,
          [id, house.as().workspace.id, name],
        )
        const asked = ensureFlow(house.as(), { name: name! })
        await untilTrue(await openRaw(house.url), somebodyWaits)
        await raw.query(ending!)
        expect(await asked).toMatchObject(ending === 'commit' ? { flow: { id }, isNew: false } : { flow: { name }, isNew: true })
      }
    })

    test('that stands in the way crosswise ends one of them, which is run again', async () => {
      const { url } = await open()
      const [raw, eye] = [await openRaw(url), await openRaw(url)]
      // Who has waited so long looks once whether it stands in somebody's way: not before the other one does.
      await raw.query(`alter database ${raw.database} set deadlock_timeout = '3s'`)
      const house = await open({ on: url })
      const insert = (name: string) =>
        raw.query(
          `insert into flow (id, workspace_id, name, tags, labels, created, updated) values ($1, $2, $3, '[]', '{}', now(), now())`,
          [house.ids.uuid(), house.as().workspace.id, name],
        )
      await raw.query("begin; set local deadlock_timeout = '20s'")
      await insert('b')
      const asked = ensureFlow.all(house.as(), [{ name: 'a' }, { name: 'b' }])
      await untilTrue(eye, somebodyWaits)
      await insert('a')
      await raw.query('commit')
      expect((await asked).map(({ flow, isNew }) => [flow.name, isNew])).toEqual([
        ['a', false],
        ['b', false],
      ])
      expect(await deadlocks(eye)).toBeGreaterThan(0)
    })
  })

  describe('the connection for wake-ups', () => {
    test('comes back when it is lost, and looks at once what was missed', async () => {
      const one = await open()
      const raw = await openRaw(one.url)
      await untilTrue(raw, `exists (select ${listens})`)
      const woken = new Promise<void>(resolve => one.storage.onWake(resolve))
      await killOthers(raw, "query like 'listen%'")
      await woken
    })
  })
})
