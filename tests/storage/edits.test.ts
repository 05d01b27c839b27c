import { describe, expect, test } from 'vitest'
import { AuditEntryEntity } from '../../src/core/audit/index.ts'
import { applyDeployment, Deployment } from '../../src/core/deployments/index.ts'
import { createFlowRunInput, FlowRunInput } from '../../src/core/flow-run-inputs/index.ts'
import {
  createFlowRun,
  deleteFlowRun,
  FlowRun,
  FlowRunState,
  findFlowRun,
  setFlowRunLabels,
  setFlowRunState,
  sliceFlowRuns,
  updateFlowRun,
} from '../../src/core/flow-runs/index.ts'
import { deleteFlow, ensureFlow, Flow, findFlow, sliceFlows, updateFlow } from '../../src/core/flows/index.ts'
import { appendLogs, LogLineEntity } from '../../src/core/logs/index.ts'
import { atOnce } from '../../src/core/orchestration/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import type { Query } from '../../src/kernel/storage.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const count = (house: BareHouse, entity: Query['entity']) =>
  house.storage.read.count({ entity, workspaceId: null, where: [], limit: 100_000 })
const events = async (house: BareHouse) => ((await house.storage.readLog('events', 0, 100_000)) as LogEvent[]).map(({ event }) => event)
const lines = (flowRunId: string, many: number) =>
  Array.from({ length: many }, (_, index) => ({ name: 'n', level: 20, message: `line ${index}`, timestamp: index, flowRunId }))

async function someRun(house: BareHouse) {
  const { flow } = await ensureFlow(house.as(), { name: 'hello' })
  const { run } = await createFlowRun(house.as(), {
    flowId: flow.id,
    name: 'first',
    parameters: { x: 1 },
    tags: ['a'],
    labels: { l: 1 },
    state: { type: 'PENDING' },
  })
  return { flow, run }
}

forEachStorage(open => {
  describe('an edit of a run', () => {
    test('changes what is given and leaves the rest, the state included, and is told of', async () => {
      const house = await open()
      const { run } = await someRun(house)
      const change = {
        name: 'second',
        tags: ['b', 'b'],
        parameters: { y: 2 },
        flowVersion: 'v2',
        infrastructurePid: 'p',
        empiricalPolicy: { retries: 3 },
      }
      const edited = await updateFlowRun(house.as(), { id: run.id, change })
      const stored = (await findFlowRun(house.as(), { id: run.id })).run
      expect(stored).toEqual({ ...run, ...change, tags: ['b'], updated: stored.updated })
      expect(edited).toEqual(stored)
      expect(await events(house)).toEqual(['prefect.flow.created', 'prefect.flow-run.Pending', 'flow-run.updated'])
    })

    test('lays labels over those that are there', async () => {
      const house = await open()
      const { run } = await someRun(house)
      await setFlowRunLabels(house.as(), { id: run.id, labels: { m: 2 } })
      await setFlowRunLabels(house.as(), { id: run.id, labels: { l: 3 } })
      expect((await findFlowRun(house.as(), { id: run.id })).run.labels).toEqual({ 'prefect.flow.id': run.flowId, l: 3, m: 2 })
    })

    test('and transitions of the same run at once all hold, in one batch or in many', async () => {
      const house = await open()
      const { run } = await someRun(house)
      await Promise.all([
        setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' } }),
        updateFlowRun(house.as(), { id: run.id, change: { name: 'second' } }),
        setFlowRunLabels(house.as(), { id: run.id, labels: { m: 2 } }),
        setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'COMPLETED' } }),
      ])
      const { run: stored, state } = await findFlowRun(house.as(), { id: run.id })
      expect(stored).toMatchObject({ name: 'second', labels: { l: 1, m: 2 }, stateType: 'COMPLETED', version: 3, parameters: { x: 1 } })
      expect(state).toMatchObject({ type: 'COMPLETED', ordinal: 3 })
    })

    test('is refused for a run that is not there, for parameters too large, and for job variables that come too late', async () => {
      const house = await open({ environment: { CASTELLAN_SERVER_API_MAX_PARAMETER_SIZE: '20' } })
      const { run } = await someRun(house)
      const ask = (id: string, change: object) => updateFlowRun(house.as(), { id, change })
      await expect(ask(house.ids.uuid(), { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(ask(run.id, { parameters: { x: 'y'.repeat(20) } })).rejects.toMatchObject({ code: 'INVALID' })
      await expect(ask(run.id, { jobVariables: { a: 1 } })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(createFlowRun(house.as(), { flowId: run.flowId, parameters: { x: 'y'.repeat(20) } })).rejects.toMatchObject({
        code: 'INVALID',
      })
      expect((await findFlowRun(house.as(), { id: run.id })).run).toEqual(run)
    })
  })

  describe('an edit of a flow', () => {
    test('changes its tags, and is told of', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello', labels: { l: 1 } })
      await updateFlow(house.as(), { id: flow.id, tags: ['a'] })
      const stored = await findFlow(house.as(), { id: flow.id })
      expect(stored).toEqual({ ...flow, tags: ['a'], updated: stored.updated })
      expect(await events(house)).toEqual(['prefect.flow.created', 'prefect.flow.updated'])
    })
  })

  describe('a deleted run', () => {
    test('is gone with its states, inputs and log lines, in steps where there are many, and its neighbour is untouched', async () => {
      const house = await open()
      const { run, flow } = await someRun(house)
      const { run: neighbour } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
      await createFlowRunInput(house.as(), { flowRunId: run.id, key: 'k', value: '1' })
      await appendLogs(house.as(), { lines: [...lines(run.id, 2 * atOnce.lines + 1), ...lines(neighbour.id, 3)] })
      const { run: gone } = await deleteFlowRun(house.as(), { id: run.id })
      expect(gone.id).toBe(run.id)
      expect([
        await count(house, FlowRun),
        await count(house, FlowRunState),
        await count(house, FlowRunInput),
        await count(house, LogLineEntity),
      ]).toEqual([1, 1, 0, 3])
      expect((await events(house)).filter(event => event === 'flow-run.deleted')).toHaveLength(1)
      await expect(deleteFlowRun(house.as(), { id: run.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('leaves an audit row that names who deleted it', async () => {
      const house = await open()
      const { run } = await someRun(house)
      await deleteFlowRun(house.as(), { id: run.id })
      const rows = await house.storage.read.select({
        entity: AuditEntryEntity,
        workspaceId: null,
        where: [],
        orderBy: [['id', 'asc']],
        limit: 10,
      })
      expect(rows).toMatchObject([{ operation: 'flow-run.delete', subject: run.id, actorName: 'owner' }])
    })

    test('gives its idempotency key free, and what comes behind it in its batch does not find it', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const ask = () => createFlowRun(house.as(), { flowId: flow.id, idempotencyKey: 'k', state: { type: 'PENDING' } })
      const { run } = await ask()
      const [, transition, edit] = await Promise.allSettled([
        deleteFlowRun(house.as(), { id: run.id }),
        setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' } }),
        updateFlowRun(house.as(), { id: run.id, change: { name: 'x' } }),
      ])
      expect([transition, edit]).toMatchObject([{ reason: { code: 'NOT_FOUND' } }, { reason: { code: 'NOT_FOUND' } }])
      const again = await ask()
      expect([again.isNew, again.run.id === run.id, await count(house, FlowRun), await count(house, FlowRunState)]).toEqual([
        true,
        false,
        1,
        1,
      ])
    })

    test('that was made in the same transaction was never there', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      await inTransaction(house.as(), async ctx => {
        const { run } = await createFlowRun(ctx, { flowId: flow.id, state: { type: 'PENDING' } })
        await deleteFlowRun(ctx, { id: run.id })
      })
      expect([await count(house, FlowRun), await count(house, FlowRunState)]).toEqual([0, 0])
    })
  })

  describe('a deleted flow', () => {
    test('is gone with its runs, their log lines and its deployments, in steps where there are many, and its name is free', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { flow: other } = await ensureFlow(house.as(), { name: 'other' })
      await applyDeployment(house.as(), { flowId: flow.id, name: 'd' })
      const runs = await createFlowRun.all(
        house.as(),
        Array.from({ length: atOnce.runs + 5 }, () => ({ flowId: flow.id, state: { type: 'PENDING' as const } })),
      )
      await createFlowRun(house.as(), { flowId: other.id })
      await appendLogs(house.as(), { lines: [...lines(runs[0]!.run.id, atOnce.lines + 1), ...lines(runs[1]!.run.id, 1)] })
      await deleteFlow(house.as(), { id: flow.id })
      expect([
        await count(house, Flow),
        await count(house, FlowRun),
        await count(house, FlowRunState),
        await count(house, LogLineEntity),
        await count(house, Deployment),
      ]).toEqual([1, 1, 0, 0, 0])
      expect((await events(house)).filter(event => event === 'prefect.flow.deleted')).toHaveLength(1)
      expect(await ensureFlow(house.as(), { name: 'hello' })).toMatchObject({ isNew: true })
      await expect(deleteFlow(house.as(), { id: flow.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe('a list', () => {
    test('finds a record by those that refer to it', async () => {
      const house = await open()
      const { flow } = await someRun(house)
      await ensureFlow(house.as(), { name: 'other' })
      const found = async (name: string) => {
        const also = [
          { is: 'referredBy', entity: FlowRun, property: 'flowId', where: [{ is: 'oneOf', property: 'name', values: [name] }] },
        ] as const
        return (await sliceFlows(house.as(), { limit: 10, also: [...also] })).map(({ id }) => id)
      }
      expect([await found('first'), await found('second')]).toEqual([[flow.id], []])
    })

    test('puts last what has no value to be sorted by, and takes the second where the first is missing', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const make = async (name: string, scheduledTime: number | null, isRunning = false) => {
        const { run } = await createFlowRun(house.as(), {
          flowId: flow.id,
          name,
          state: scheduledTime === null ? null : { type: 'SCHEDULED', scheduledTime },
        })
        if (isRunning) await setFlowRunState(house.as(), { flowRunId: run.id, state: { type: 'RUNNING' }, force: true })
      }
      const far = house.clock.now() * 2
      await make('due later', far + 2)
      await make('never due', null)
      await make('due first', far + 1)
      await make('running', far + 3, true)
      const names = async (orderBy: Parameters<typeof sliceFlowRuns>[1]['orderBy']) =>
        (await sliceFlowRuns(house.as(), { limit: 10, orderBy })).map(({ run }) => run.name)
      expect((await names('NEXT_SCHEDULED_START_TIME_ASC')).slice(0, 2)).toEqual(['due first', 'due later'])
      expect(await names('START_TIME_ASC')).toEqual(['running', 'due first', 'due later', 'never due'])
      expect(await names('START_TIME_DESC')).toEqual(['due later', 'due first', 'running', 'never due'])
    })
  })
})
