import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpClient } from '../../bench/http-client.ts'
import { doors } from '../../bench/lifecycle.ts'
import { openPlace, type Place } from '../../bench/places.ts'
import { runChecks, taskRunChecks } from '../../src/core/checks/index.ts'
import { askOracle } from './oracle.ts'
import { createSite } from './site.ts'

const elsewhere = "'00000000-0000-7000-8000-00000000000f'"

/** One way to break each promise, and the checks that must say so. */
const damages: [check: string, sql: string, alsoBroken?: string[]][] = [
  ['run.version', 'update flow_run set version = version + 1'],
  ['state.ordinals', 'update flow_run_state set ordinal = 7 where ordinal = 3'],
  ['run.state', "update flow_run set state_name = 'Cached'"],
  ['state.timestamps', 'update flow_run_state set timestamp = timestamp - 3600000000 where ordinal = 2', ['state.event']],
  ['run.end-time', 'update flow_run set end_time = null'],
  ['state.event', 'delete from event where id in (select id from flow_run_state where ordinal = 1)'],
  ['event.order', 'update event set seq = seq + 100 where id in (select id from flow_run_state where ordinal = 1)'],
  ['rollup.count', 'update flow_run_rollup set count = count + 1 where bucket = -1'],
  ['rollup.count', 'delete from flow_run_rollup where bucket > 0'],
  ['row.workspace', `update flow set workspace_id = ${elsewhere}`],
  ['task-run.state', "update task_run set state_name = 'Cached'"],
  ['task-state.event', "delete from event where event = 'prefect.task-run.Pending'"],
  ['task-run.workspace', `update task_run_state set workspace_id = ${elsewhere}`, ['task-state.event']],
  ['artifact.latest', 'update artifact set is_latest = 1'],
  ['artifact.workspace', `update artifact set workspace_id = ${elsewhere}`],
  ['event.state', 'delete from flow_run_state where ordinal = 3', ['run.version', 'run.state']],
  ['database', `update flow_run_state set flow_run_id = ${elsewhere} where ordinal = 3`, ['run.version', 'run.state']],
]

describe('the oracle', () => {
  let place: Place
  beforeAll(async () => {
    place = await openPlace('sqlite')
    const site = createSite(place.url)
    await site.start()
    const client = createHttpClient(site.url)
    const { runId } = await doors.rest.create(client, await doors.rest.ensureFlow(client, 'faults'))
    await doors.rest.setState(client, runId, 'RUNNING')
    await doors.rest.setState(client, runId, 'COMPLETED')
    await client.post('/api/task_runs/', JSON.stringify({ task_key: 'fault', dynamic_key: '0', flow_run_id: runId }))
    for (const data of [1, 2]) await client.post('/api/artifacts/', JSON.stringify({ key: 'fault', data, flow_run_id: runId }))
    client.close()
    await site.close()
  })
  afterAll(() => place.dispose())

  it('finds nothing wrong with what a server has written', async () => {
    expect(await askOracle(place.url)).toEqual({ violations: 0, details: [], runs: 1 })
  })

  it.each(damages)('says that %s is broken after: %s', async (check, sql, alsoBroken = []) => {
    const damaged = `${place.file}.damaged`
    copyFileSync(place.file!, damaged)
    const database = new Database(damaged)
    database.pragma('foreign_keys = off')
    database.exec(sql)
    database.close()
    const { details } = await askOracle(`sqlite:///${damaged}`)
    expect(details.map(line => line.split(':')[0]).sort()).toEqual([check, ...alsoBroken].sort())
  })

  it('knows a way to break each promise about runs', () => {
    expect([...runChecks, ...taskRunChecks].map(({ name }) => name).filter(name => !damages.some(([check]) => check === name))).toEqual([])
  })
})
