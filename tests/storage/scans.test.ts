import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createScans } from '../../src/storage/sqlite-scans.ts'

const scanner = new URL('../../src/storage/sqlite-scanner.ts', import.meta.url)

function open(program = scanner) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'))
  const path = join(folder, 'a.db')
  const database = new Database(path)
  database.pragma('journal_mode = wal')
  database.exec('create table "number" ("value" integer)')
  const scans = createScans(program, path)
  onTestFinished(async () => {
    await scans.close()
    database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { database, scans, folder }
}

/** Looks at so many rows that it takes a while. */
const long = {
  text: 'with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?) select count(*) as "count" from numbers',
  parameters: [1_000_000],
}

test('a long search does not keep the server from doing something else', async () => {
  const { scans } = open()
  let turns = 0
  const count = () => {
    turns++
    timer = setImmediate(count)
  }
  let timer = setImmediate(count)
  const [rows] = await scans.read([long])
  clearImmediate(timer)
  expect(rows).toEqual([{ count: 1_000_000 }])
  expect(turns).toBeGreaterThan(100)
})

test('what is read together is of one moment, and what was written before is seen', async () => {
  const { database, scans } = open()
  database.exec('insert into "number" values (1)')
  const count = { text: 'select count(*) as "count" from "number"', parameters: [] }
  let isReading = true
  const asked = scans.read([count, long, count]).finally(() => (isReading = false))
  let written = 1
  while (isReading) {
    database.exec('insert into "number" values (2)')
    written++
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  const [first, , last] = await asked
  expect(last).toEqual(first)
  expect((await scans.read([count]))[0]).toEqual([{ count: written }])
})

test('a statement that is wrong is refused, and the next one answered', async () => {
  const { scans } = open()
  await expect(scans.read([{ text: 'select nonsense', parameters: [] }])).rejects.toMatchObject({ code: 'SQLITE_ERROR' })
  await expect(scans.read([{ text: 'insert into "number" values (1)', parameters: [] }])).rejects.toThrow()
  expect(await scans.read([{ text: 'select 1 as "one"', parameters: [] }])).toEqual([[{ one: 1 }]])
})

test('a thread that breaks makes what it was asked UNAVAILABLE, and is started anew', async () => {
  const { scans, folder } = open()
  const broken = join(folder, 'broken.mjs')
  writeFileSync(broken, 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(1))')
  const others = open(new URL(`file://${broken}`)).scans
  await expect(others.read([long])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(others.read([long])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await scans.read([{ text: 'select 1 as "one"', parameters: [] }])).toEqual([[{ one: 1 }]])
})
