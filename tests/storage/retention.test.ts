import { describe, expect, test } from 'vitest'
import { AuditEntryEntity } from '../../src/core/audit/index.ts'
import { checkStore } from '../../src/core/checks/index.ts'
import { EventEntity, receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, FlowRun, FlowRunState, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs, LogLineEntity } from '../../src/core/logs/index.ts'
import { expiredAtOnce } from '../../src/core/orchestration/index.ts'
import { expiryAt, sweepRetention } from '../../src/core/retention/index.ts'
import { createTaskRun, TaskRun, TaskRunState } from '../../src/core/task-runs/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { resume } from '../../src/kernel/cursor.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import type { LogName, Query } from '../../src/kernel/storage.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage, type OpenHouse } from './for-each-storage.ts'

const day = 86_400_000_000
const start = 1_780_000_000_000_000

/** A house on the first of its days; `on(day)` moves the clock. */
async function openAged(open: OpenHouse) {
  let now = start
  const house = await open({ clock: { ...systemClock, now: () => now } })
  return Object.assign(house, { on: (days: number) => void (now = start + days * day) })
}

const settings = { retentionRunsDays: 90, retentionEventsDays: 7, retentionLogsDays: 30 }

async function sweep(house: BareHouse, days = settings) {
  const steps = []
  for (;;) {
    const step = await sweepRetention(house.as(), expiryAt(house.clock.now(), days))
    if (step.isDone) return steps
    steps.push(step)
  }
}

const rows = (house: BareHouse, entity: Query['entity'], order = 'id') =>
  house.storage.read.select({ entity, workspaceId: null, where: [], orderBy: [[order, 'asc']], limit: 10_000 })
const faults = async (house: BareHouse) => (await checkStore(house.as(), {})).filter(({ violations }) => violations > 0)

async function endedRun(house: BareHouse, type: 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'CRASHED' | 'RUNNING' | 'PAUSED', ctx = house.as()) {
  const { flow } = await ensureFlow(ctx, { name: 'hello' })
  const { run } = await createFlowRun(ctx, { flowId: flow.id, state: { type: 'PENDING' } })
  await setFlowRunState(ctx, { flowRunId: run.id, state: { type }, force: true })
  return run.id
}
const log = (house: BareHouse, flowRunId: string | null, many: number) =>
  appendLogs(house.as(), { lines: Array.from({ length: many }, () => ({ name: 'n', level: 20, message: 'm', timestamp: 0, flowRunId })) })

forEachStorage(open => {
  describe('retention', () => {
    test('deletes runs that ended too long ago in every room, and no other, with their states and lines', async () => {
      const house = await openAged(open)
      const room = await openRoom(house, 'other')
      const old = [await endedRun(house, 'COMPLETED'), await endedRun(house, 'FAILED'), await endedRun(house, 'CANCELLED')]
      const elsewhere = await endedRun(house, 'CRASHED', house.as(undefined, room))
      const open_ = [await endedRun(house, 'RUNNING'), await endedRun(house, 'PAUSED')]
      house.on(1)
      const young = await endedRun(house, 'COMPLETED')
      await log(house, old[0]!, 3)
      house.on(90.5)
      const steps = await sweep(house, { ...settings, retentionEventsDays: 0, retentionLogsDays: 0 })
      expect((await rows(house, FlowRun)).map(({ id }) => id).sort()).toEqual([...open_, young].sort())
      expect(await rows(house, FlowRunState)).toHaveLength(6)
      expect(await rows(house, LogLineEntity)).toHaveLength(0)
      expect(steps.reduce((sum, step) => sum + step.flowRuns, 0)).toBe(4)
      expect([...old, elsewhere]).toHaveLength(4)
      expect(await faults(house)).toEqual([])
    })

    test('tells of it by one event for each room and transaction, and leaves an audit row there', async () => {
      const house = await openAged(open)
      await endedRun(house, 'COMPLETED')
      await endedRun(house, 'COMPLETED')
      house.on(91)
      const before = (await rows(house, AuditEntryEntity)).length
      await sweep(house, { ...settings, retentionEventsDays: 0, retentionLogsDays: 0 })
      const told = ((await house.storage.readLog('events', 0, 1000)) as LogEvent[]).slice(-1)
      expect(told).toMatchObject([{ event: 'retention.swept', payload: { flowRuns: 2, taskRuns: 0, logLines: 0, events: 0 } }])
      expect((await rows(house, AuditEntryEntity)).slice(before)).toMatchObject([{ operation: 'retention.sweep', subject: null }])
    })

    test('takes task runs in the background that ended before the moment, in small steps, and leaves those that have not', async () => {
      const house = await openAged(open)
      const inBackground = async (state: 'SCHEDULED' | 'COMPLETED') =>
        (await createTaskRun(house.as(), { taskKey: 'notify', dynamicKey: house.ids.uuid(), state: { type: state } })).run.id
      const waiting = await inBackground('SCHEDULED')
      const many = expiredAtOnce.taskRuns + 1
      for (let index = 0; index < many; index++) await inBackground('COMPLETED')
      house.on(90.5)
      const young = await inBackground('COMPLETED')
      const steps = await sweep(house, { ...settings, retentionEventsDays: 0, retentionLogsDays: 0 })
      expect(steps.map(step => step.taskRuns)).toEqual([expiredAtOnce.taskRuns, 1])
      expect((await rows(house, TaskRun)).map(({ id }) => id).sort()).toEqual([waiting, young].sort())
      expect(await rows(house, TaskRunState)).toHaveLength(2)
      expect(await faults(house)).toEqual([])
    })

    test('works in small steps, each one transaction', async () => {
      const house = await openAged(open)
      const many = 2 * expiredAtOnce.runs + 1
      const ids = []
      for (let index = 0; index < many; index++) ids.push(await endedRun(house, 'COMPLETED'))
      await log(house, ids[0]!, expiredAtOnce.lines + 1)
      house.on(91)
      const steps = await sweep(house)
      expect(
        steps.every(
          step => step.flowRuns <= expiredAtOnce.runs && step.logLines <= expiredAtOnce.lines && step.events <= expiredAtOnce.entries,
        ),
      ).toBe(true)
      expect(steps.filter(step => step.flowRuns > 0).length).toBeGreaterThanOrEqual(3)
      expect(await rows(house, FlowRun)).toEqual([])
      expect(await rows(house, LogLineEntity)).toEqual([])
    })

    test('takes a stretch from the beginning of each log by the time of receipt, whatever times the entries claim', async () => {
      const house = await openAged(open)
      await log(house, null, 2)
      const event = () => ({ id: house.ids.uuid(), occurred: start + 1000 * day, event: 'x', resource: { 'prefect.resource.id': 'x' } })
      await receiveEvents(house.as(), { events: [event(), event()] })
      house.on(5)
      await receiveEvents(house.as(), { events: [{ ...event(), occurred: 0 }] })
      await log(house, null, 1)
      house.on(7.5)
      await sweep(house)
      expect((await rows(house, EventEntity, 'seq')).map(({ event }) => event)).toEqual(['x', 'retention.swept'])
      expect(await rows(house, LogLineEntity, 'seq')).toHaveLength(3)
      house.on(31)
      await sweep(house)
      expect(await rows(house, LogLineEntity, 'seq')).toHaveLength(1)
    })

    test('never takes the newest entry of a log, so that every cursor keeps its meaning', async () => {
      const house = await openAged(open)
      await log(house, null, 3)
      await receiveEvents(house.as(), {
        events: [{ id: house.ids.uuid(), occurred: 0, event: 'x', resource: { 'prefect.resource.id': 'x' } }],
      })
      const before = await house.storage.heads()
      house.on(1000)
      await sweep(house, { ...settings, retentionLogsDays: 30 })
      const after = await house.storage.heads()
      expect(after.newest.logs).toBe(before.newest.logs)
      expect(after.oldest.logs).toBe(before.newest.logs)
      expect(after.newest.events).toBeGreaterThanOrEqual(before.newest.events)
      expect(await rows(house, EventEntity, 'seq')).not.toEqual([])
    })

    test('keeps all for ever where the settings say 0 days', async () => {
      const house = await openAged(open)
      await log(house, await endedRun(house, 'COMPLETED'), 2)
      house.on(10_000)
      expect(await sweep(house, { retentionRunsDays: 0, retentionEventsDays: 0, retentionLogsDays: 0 })).toEqual([])
      expect([await rows(house, FlowRun), await rows(house, LogLineEntity)].map(found => found.length)).toEqual([1, 2])
    })

    test('leaves runs whose events have gone with age as they should be', async () => {
      const house = await openAged(open)
      await endedRun(house, 'COMPLETED')
      house.on(8)
      const steps = await sweep(house)
      expect(steps.some(({ events }) => events > 0)).toBe(true)
      await endedRun(house, 'COMPLETED')
      expect(await faults(house)).toEqual([])
    })

    test.each<LogName>(['events', 'logs'])('tells a cursor of the %s that has lost something, and none that has not', async name => {
      const house = await openAged(open)
      await log(house, null, 3)
      for (let index = 0; index < 3; index++) await endedRun(house, 'COMPLETED')
      const old = (await house.storage.readLog(name, 0, 2)).at(-1)!.seq
      const last = (await house.storage.heads()).newest[name]
      house.on(40)
      await log(house, null, 1)
      await endedRun(house, 'COMPLETED')
      await sweep(house)
      const { logId, newest, oldest } = await house.storage.heads()
      const from = (seq: number) => resume({ logId, log: name, seq }, { logId, log: name, newest: newest[name], oldest: oldest[name] })
      expect(from(old).gap).toMatchObject({ reason: 'EXPIRED', resumeFrom: { seq: oldest[name] - 1 } })
      expect(from(last)).toEqual({ from: last })
    })
  })
})
