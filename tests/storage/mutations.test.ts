import { describe, expect, test } from 'vitest'
import { AuditEntryEntity } from '../../src/core/audit/index.ts'
import { createFlowRun, findFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, listFlows } from '../../src/core/flows/index.ts'
import { createVariable, findVariable, updateVariable, Variable } from '../../src/core/variables/index.ts'
import { createWorkspace, findWorkspaceBySlug } from '../../src/core/workspaces/index.ts'
import type { MutationCtx } from '../../src/kernel/context.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { owner } from '../../src/kernel/permissions.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const audits = async (house: BareHouse) =>
  (await house.storage.read.select({
    entity: AuditEntryEntity,
    workspaceId: null,
    where: [],
    orderBy: [
      ['occurred', 'asc'],
      ['id', 'asc'],
    ],
    limit: 100,
  })) as {
    operation: string
    subject: string | null
    actorId: string
  }[]

const eventNames = async (house: BareHouse) => ((await house.storage.readLog('events', 0, 1000)) as LogEvent[]).map(({ event }) => event)

const place = async (house: BareHouse) => ({
  heads: await house.storage.heads(),
  published: house.published.length,
  audits: await audits(house),
  events: await eventNames(house),
})

const inside = (house: BareHouse, run: (ctx: MutationCtx) => Promise<unknown>) => inTransaction(house.as(), run)

forEachStorage(open => {
  describe('a mutation', () => {
    test('leaves its row and one audit that names who did what', async () => {
      const house = await open()
      const { id } = await createWorkspace(house.as(), { slug: 'two', name: 'Two' })
      expect(await findWorkspaceBySlug(house.as(), { slug: 'two' })).toEqual({ id, slug: 'two', name: 'Two' })
      expect(await audits(house)).toMatchObject([{ operation: 'workspace.create', subject: id, actorId: owner.id }])
    })

    test('publishes its events after its commit, in the log’s order', async () => {
      const house = await open()
      await createVariable(house.as(), { name: 'a', value: 1 })
      await updateVariable(house.as(), { name: 'a', change: { value: 2 } })
      expect(house.published.flatMap(({ events }) => events)).toEqual(await house.storage.readLog('events', 0, 10))
      expect(await eventNames(house)).toEqual(['prefect.variable.created', 'prefect.variable.updated'])
    })

    test('that fails after a command leaves no state, no event, no audit and no wake-up', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
      const before = await place(house)
      const failing = inside(house, async ctx => {
        await createVariable(ctx, { name: 'v', value: 1 })
        await setFlowRunState(ctx, { flowRunId: run.id, state: { type: 'RUNNING' } })
        await ensureFlow(ctx, { name: 'other' })
        throw new Error('at the last moment')
      })
      await expect(failing).rejects.toThrow('at the last moment')
      expect(await place(house)).toEqual(before)
      expect(await findFlowRun(house.as(), { id: run.id })).toMatchObject({ run: { stateType: 'PENDING', version: 1 } })
      await expect(findVariable(house.as(), { name: 'v' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await listFlows(house.as(), {})).nodes).toHaveLength(1)
    })

    test('is joined by its commands: one transaction, the rows seen inside, events in call order', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'PENDING' } })
      const before = house.published.length
      await inside(house, async ctx => {
        await createVariable(ctx, { name: 'first', value: 1 })
        const running = await setFlowRunState(ctx, { flowRunId: run.id, state: { type: 'RUNNING' } })
        expect(await findFlowRun(ctx, { id: run.id })).toEqual({ run: running.run, state: running.state })
        await setFlowRunState(ctx, { flowRunId: run.id, state: { type: 'COMPLETED' } })
        await createVariable(ctx, { name: 'second', value: 2 })
        expect(house.published).toHaveLength(before)
      })
      expect(house.published).toHaveLength(before + 1)
      expect((await eventNames(house)).slice(2)).toEqual([
        'prefect.variable.created',
        'prefect.flow-run.Running',
        'prefect.flow-run.Completed',
        'prefect.variable.created',
      ])
      expect((await audits(house)).map(({ operation }) => operation)).toEqual(['variable.create', 'variable.create'])
      expect((await findFlowRun(house.as(), { id: run.id })).run).toMatchObject({ version: 3, stateType: 'COMPLETED' })
    })

    test('that fails on a constraint commits nothing of the others in its transaction', async () => {
      const house = await open()
      const before = await place(house)
      const now = house.clock.now()
      const twice = inside(house, async ctx => {
        for (let index = 0; index < 2; index++) {
          ctx.em.create(Variable, {
            id: ctx.ids.uuid(),
            workspaceId: ctx.workspace.id,
            name: 'same',
            value: 1,
            tags: [],
            created: now,
            updated: now,
          })
        }
        await ctx.em.flush()
      })
      await expect(twice).rejects.toThrow()
      expect(await place(house)).toEqual(before)
    })

    test('leaves the database as usable as before when it failed', async () => {
      const house = await open()
      for (let index = 0; index < 12; index++) await expect(inside(house, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
      await createVariable(house.as(), { name: 'v', value: 1 })
      expect(await findVariable(house.as(), { name: 'v' })).toMatchObject({ value: 1 })
    })

    test('asked for by many at once with one name makes one, and tells the others', async () => {
      const house = await open()
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => createVariable(house.as(), { name: 'v', value: 1 })))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(outcomes.filter(outcome => outcome.status === 'rejected' && outcome.reason.code === 'CONFLICT')).toHaveLength(7)
      expect(await eventNames(house)).toEqual(['prefect.variable.created'])
    })

    test('beside hot commands stops none and loses none', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const runs = Array.from({ length: 40 }, (_, index) =>
        createFlowRun(house.as(), { flowId: flow.id, name: `run ${index}`, state: { type: 'RUNNING' } }),
      )
      const variables = Array.from({ length: 10 }, (_, index) => createVariable(house.as(), { name: `v${index}`, value: index }))
      await Promise.all([...runs, ...variables])
      const published = house.published.flatMap(({ events }) => events).toSorted((a, b) => a.seq - b.seq)
      expect(published).toHaveLength(51)
      expect(await house.storage.readLog('events', 0, 100)).toEqual(published)
    })
  })
})
