import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM as PostgresOrm, SchemaGenerator as PostgresSchemaGenerator } from '@mikro-orm/postgresql'
import { MikroORM as SqliteOrm, SchemaGenerator as SqliteSchemaGenerator } from '@mikro-orm/sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rollups } from '../../migrations/0005-rollups.ts'
import { taskRunRollups } from '../../migrations/0019-task-run-rollups.ts'
import { revisions } from '../../migrations/index.ts'
import { toMigration } from '../../migrations/revision.ts'
import { checkStore } from '../../src/core/checks/index.ts'
import { entities } from '../../src/core/entities.ts'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun } from '../../src/core/task-runs/index.ts'
import { MIGRATIONS_TABLE } from '../../src/storage/migrator.ts'
import { openBareHouse } from '../support/house.ts'
import { createDatabase } from '../support/postgres.ts'
import { describeOnPostgres } from '../support/storages.ts'

const migrations = {
  tableName: MIGRATIONS_TABLE,
  migrationsList: revisions.map(revision => ({ name: revision.name, class: toMigration(revision) })),
  snapshot: false,
  silent: true,
}

// Triggers are written by hand in their revisions: no entity describes them.
const schemaGenerator = { ignoreTriggers: true }

async function openSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'castellan.db')
  const orm = await SqliteOrm.init({
    dbName: path,
    entities: [...entities],
    extensions: [SqliteSchemaGenerator, Migrator],
    migrations,
    schemaGenerator,
  })
  onTestFinished(() => orm.close())
  return { orm, url: `sqlite:///${path}` }
}

async function openPostgres() {
  const database = await createDatabase()
  onTestFinished(() => database.drop())
  const orm = await PostgresOrm.init({
    clientUrl: database.url,
    entities: [...entities],
    extensions: [PostgresSchemaGenerator, Migrator],
    migrations,
    schemaGenerator,
  })
  onTestFinished(() => orm.close())
  return { orm, url: database.url }
}

/** On SQLite it holds more than its order, for which Postgres would have no room: what the entities describe fits both. */
const searchedIndex = 'flow_run_workspace_id_sort_time_id_index'

function rules(open: typeof openSqlite | typeof openPostgres): void {
  // The migrator keeps a table of its own, which no entity describes.
  const drift = async (orm: Awaited<ReturnType<typeof open>>['orm']) =>
    (await orm.schema.getUpdateSchemaSQL({ wrap: false }))
      .split('\n')
      .filter(
        sentence => sentence.trim() && !sentence.includes(MIGRATIONS_TABLE) && !(open === openSqlite && sentence.includes(searchedIndex)),
      )

  test('make what the entities describe, to the letter', async () => {
    const { orm } = await open()
    await orm.migrator.up()
    expect(await drift(orm)).toEqual([])
  })

  test('can be undone, all or one by one, and done again', async () => {
    const { orm } = await open()
    await orm.migrator.up()
    for (let index = revisions.length; index > 0; index--) {
      await orm.migrator.down()
      expect(await orm.migrator.getPending()).toHaveLength(revisions.length - index + 1)
    }
    await orm.migrator.up()
    expect(await drift(orm)).toEqual([])
    await orm.migrator.down({ to: 0 })
    await orm.migrator.up()
    expect(await drift(orm)).toEqual([])
  })

  test('are done when a server starts, once', async () => {
    const { orm, url } = await open()
    const first = await openBareHouse(url)
    await first.close()
    const second = await openBareHouse(url)
    expect(second.logId).toBe(first.logId)
    await second.close()
    expect((await orm.migrator.getExecuted()).map(({ name }) => name)).toEqual(revisions.map(({ name }) => name))
    expect(await drift(orm)).toEqual([])
  })

  test('count the runs that are there when the roll-ups come', async () => {
    const { orm, url } = await open()
    const before = await openBareHouse(url)
    const { flow } = await ensureFlow(before.as(), { name: 'hello' })
    const states = [
      { type: 'RUNNING' },
      { type: 'SCHEDULED', name: 'Late', scheduledTime: -5_000_000 },
      { type: 'SCHEDULED' },
      { type: 'FAILED' },
      null,
    ] as const
    for (const state of states)
      for (const parentTaskRunId of [null, before.ids.uuid()])
        await createFlowRun(before.as(), { flowId: flow.id, state, parentTaskRunId, tags: ['a', state?.type ?? 'b'] })
    await before.close()
    while ((await orm.migrator.getExecuted()).some(({ name }) => name === rollups.name)) await orm.migrator.down()
    const after = await openBareHouse(url)
    const found = (await checkStore(after.as(), {})).find(({ name }) => name === 'rollup.count')
    expect(found).toMatchObject({ examined: 126, violations: 0 })
    await after.close()
  })

  test('count the task runs that are there when theirs come', async () => {
    const { orm, url } = await open()
    const before = await openBareHouse(url)
    for (const state of [{ type: 'RUNNING' }, { type: 'COMPLETED' }, null] as const)
      await createTaskRun(before.as(), { taskKey: 'load', dynamicKey: `${state?.type}`, tags: ['a', state?.type ?? 'b'], state })
    await before.close()
    while ((await orm.migrator.getExecuted()).some(({ name }) => name === taskRunRollups.name)) await orm.migrator.down()
    const after = await openBareHouse(url)
    const found = (await checkStore(after.as(), {})).find(({ name }) => name === 'task-rollup.count')
    expect(found).toMatchObject({ examined: 18, violations: 0 })
    await after.close()
  })

  test('refuse a database that is newer than the server, and leave it alone', async () => {
    const { orm, url } = await open()
    await orm.migrator.up()
    await orm.em.fork().execute(`insert into ${MIGRATIONS_TABLE} (name, executed_at) values ('9999-from-the-future', current_timestamp)`)
    await expect(openBareHouse(url)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('9999-from-the-future') })
    expect(await drift(orm)).toEqual([])
  })

  test('refuse the database of a Prefect server, and leave it alone', async () => {
    const { orm, url } = await open()
    await orm.em.fork().execute('create table alembic_version (version_num varchar(32) not null)')
    await expect(openBareHouse(url)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('belongs to a Prefect server'),
    })
    const listing = url.startsWith('sqlite')
      ? "select name from sqlite_master where type = 'table'"
      : "select table_name as name from information_schema.tables where table_schema = 'public'"
    expect(await orm.em.fork().execute(listing)).toEqual([{ name: 'alembic_version' }])
  })
}

describe('migrations on SQLite', () => {
  rules(openSqlite)

  test('end with an index of runs that holds what they are searched by behind their order', async () => {
    const { orm } = await openSqlite()
    await orm.migrator.up()
    const columns: { name: string }[] = await orm.em.fork().execute(`pragma index_info("${searchedIndex}")`)
    expect(columns.map(({ name }) => name)).toEqual(['workspace_id', 'sort_time', 'id', 'name', 'tags'])
  })
})

describeOnPostgres('migrations on Postgres', () => {
  rules(openPostgres)

  test('are done once by servers that start together', async () => {
    const { orm, url } = await openPostgres()
    const houses = await Promise.all(Array.from({ length: 4 }, () => openBareHouse(url)))
    expect(new Set(houses.map(({ logId }) => logId)).size).toBe(1)
    await Promise.all(houses.map(house => house.close()))
    expect(await orm.migrator.getExecuted()).toHaveLength(revisions.length)
  })
})
