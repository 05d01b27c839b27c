// What is stored survives every step of the schema, down and up, as far as the older schema can hold it.
import { describe, expect, onTestFinished, test } from 'vitest'
import { revisions } from '../../migrations/index.ts'
import { checkStore } from '../../src/core/checks/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { openMaintenance } from '../../src/storage/maintenance.ts'
import { type Dump, dumpOf, restricted } from '../support/dump.ts'
import { fillEveryTable } from '../support/every-table.ts'
import { openBareHouse } from '../support/house.ts'
import { describeOnPostgres, postgresPlace, type StoragePlace, sqlitePlace } from '../support/storages.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Made from the runs, and made anew when their table comes. */
const isDerived = (table: string) => table.includes('rollup')
const kept = (dump: Dump) => Object.fromEntries(Object.entries(dump).filter(([table]) => !isDerived(table)))

function rules(makePlace: () => Promise<StoragePlace>): void {
  const open = async () => {
    const place = await makePlace()
    onTestFinished(() => place.dispose())
    return place.url
  }
  const migrate = async (url: string, direction: 'up' | 'down', revision?: string) => {
    const settings = loadSettings({ CASTELLAN_API_DATABASE_CONNECTION_URL: url })
    const maintenance = await openMaintenance({ settings, log: silent, clock: systemClock })
    await maintenance.migrate(await (direction === 'up' ? maintenance.planUpgrade(revision) : maintenance.planDowngrade(revision)))
    await maintenance.close()
  }
  const expectSound = async (url: string) => {
    const house = await openBareHouse(url)
    const found = await checkStore(house.as(), {})
    expect(found.filter(({ violations }) => violations > 0)).toEqual([])
    const { flow } = await ensureFlow(house.as(), { name: 'later' })
    const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
    expect(await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' } })).toMatchObject({ status: 'ACCEPT' })
    await house.close()
  }

  test('every table holds something to lose', async () => {
    const url = await open()
    await fillEveryTable(url)
    const full = await dumpOf(url)
    expect(Object.entries(full).filter(([, { rows }]) => rows.length === 0)).toEqual([])
  })

  test.each(revisions.slice(0, -1).map(({ name }) => name))('what %s can hold is kept on the way down to it and up again', async name => {
    const url = await open()
    await fillEveryTable(url)
    const before = await dumpOf(url)
    await migrate(url, 'down', name)
    const below = await dumpOf(url)
    expect(kept(below)).toEqual(kept(restricted(before, below)))
    await migrate(url, 'up')
    const after = await dumpOf(url)
    expect(Object.keys(after)).toEqual(Object.keys(before))
    for (const [table, held] of Object.entries(after))
      if (!isDerived(table)) expect([table, held]).toEqual([table, table in below ? before[table] : { ...before[table], rows: [] }])
    await expectSound(url)
  })

  test('all the way down leaves nothing, and up again is an empty database that works', async () => {
    const url = await open()
    await fillEveryTable(url)
    const before = await dumpOf(url)
    await migrate(url, 'down', 'base')
    expect(await dumpOf(url)).toEqual({})
    await migrate(url, 'up')
    const after = await dumpOf(url)
    expect(Object.keys(after)).toEqual(Object.keys(before))
    const filled = Object.entries(after).filter(([, { rows }]) => rows.length > 0)
    expect(filled.map(([table, { rows }]) => [table, rows.length])).toEqual([
      ['history', 1],
      ['workspace', 1],
    ])
    await expectSound(url)
  })
}

describe('migrations of data on SQLite', () => rules(sqlitePlace))
describeOnPostgres('migrations of data on Postgres', () => rules(postgresPlace))
