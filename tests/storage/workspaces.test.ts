import { describe, expect, test } from 'vitest'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { entities } from '../../src/core/entities.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { createTaskRun } from '../../src/core/task-runs/index.ts'
import { createVariable } from '../../src/core/variables/index.ts'
import { defaultWorkspace } from '../../src/core/workspaces/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { allOperations, inputsOf, type Somebody, someEvent } from '../doors/operations.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { keysOf } from '../support/keys.ts'
import { forEachStorage } from './for-each-storage.ts'

/** In every text that the first workspace has. */
const secret = 'sesame-of-the-first'

/** What looks at the house as a whole, or at the list of workspaces, by its nature. */
const acrossWorkspaces = new Set([
  'block-document.rekey',
  'server.check',
  'server.describe',
  'server.list-settings',
  'workspace.create',
  'workspace.find-by-slug',
])

async function fill(house: BareHouse): Promise<Somebody> {
  const ctx = house.as()
  const { flow } = await ensureFlow(ctx, { name: secret, tags: [secret], labels: { secret } })
  const { run } = await createFlowRun(ctx, {
    flowId: flow.id,
    name: secret,
    tags: [secret],
    parameters: { secret },
    idempotencyKey: secret,
    state: { type: 'PENDING' },
  })
  const { state } = await setFlowRunState(ctx, { flowRunId: run.id, state: { type: 'RUNNING', message: secret } })
  await createVariable(ctx, { name: secret, value: secret })
  const { deployment } = await applyDeployment(ctx, { flowId: flow.id, name: secret, description: secret })
  await appendLogs(ctx, { lines: [{ name: secret, level: 20, message: secret, timestamp: 1, flowRunId: run.id }] })
  const { run: task } = await createTaskRun(ctx, {
    flowRunId: run.id,
    taskKey: secret,
    dynamicKey: '0',
    tags: [secret],
    state: { type: 'PENDING', message: secret },
  })
  return {
    taskRunId: task.id,
    flowId: flow.id,
    flowRunId: run.id,
    stateId: state!.id,
    variableName: secret,
    deploymentId: deployment.id,
    deploymentName: secret,
    flowName: secret,
  }
}

/** Every row of a workspace, in every table that has workspaces. */
async function rowsOf(house: BareHouse, workspaceId: string) {
  const scoped = entities.filter(entity => 'workspaceId' in entity.meta.properties)
  return Promise.all(
    scoped.map(entity =>
      house.storage.read.select({ entity, workspaceId, where: [], orderBy: keysOf(entity).map(name => [name, 'asc']), limit: 1000 }),
    ),
  )
}

forEachStorage(open => {
  describe('two workspaces', () => {
    test('see nothing of each other, and change nothing, by any operation', async () => {
      const house = await open()
      const first = await fill(house)
      const blue = await openRoom(house, 'blue')
      const forbidden = Object.values(first)
      const before = await rowsOf(house, defaultWorkspace.id)
      expect(JSON.stringify(before).split(secret).length).toBeGreaterThan(10)
      const inputs = inputsOf(first, () => house.ids.uuid())
      // Reads before writes: what the other room writes itself is not what it found.
      const readsFirst = allOperations.toSorted(
        (one, other) => Number(one.operation.kind !== 'query') - Number(other.operation.kind !== 'query'),
      )
      for (const operation of readsFirst.filter(({ operation }) => operation.kind !== 'chore' && !acrossWorkspaces.has(operation.name))) {
        const { name } = operation.operation
        const answer = await operation(house.as(owner, blue), inputs[name]).catch((error: { code?: string }) => ({
          name,
          refusal: error.code,
        }))
        const said = JSON.stringify(answer instanceof Map ? [...answer] : answer) ?? ''
        const named = JSON.stringify(inputs[name])
        expect({ name, told: forbidden.filter(word => said.includes(word) && !named.includes(word)) }).toEqual({ name, told: [] })
        if (answer?.refusal !== undefined) expect(answer).toEqual({ name, refusal: 'NOT_FOUND' })
      }
      expect(await rowsOf(house, defaultWorkspace.id)).toEqual(before)
    })

    test('have flows, runs and variables of one name each for themselves', async () => {
      const house = await open()
      const blue = await openRoom(house, 'blue')
      const one = await ensureFlow(house.as(), { name: 'same' })
      const two = await ensureFlow(house.as(owner, blue), { name: 'same' })
      expect([one.isNew, two.isNew, one.flow.id === two.flow.id]).toEqual([true, true, false])
      const three = await Promise.all([ensureFlow(house.as(), { name: 'both' }), ensureFlow(house.as(owner, blue), { name: 'both' })])
      expect(three.map(({ flow, isNew }) => [flow.workspaceId, isNew])).toEqual([
        [defaultWorkspace.id, true],
        [blue.id, true],
      ])
      await createVariable(house.as(), { name: 'v', value: 1 })
      await createVariable(house.as(owner, blue), { name: 'v', value: 2 })
      await expect(createFlowRun(house.as(owner, blue), { flowId: one.flow.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('may receive events of one id each for themselves, and each of them once', async () => {
      const house = await open()
      const blue = await openRoom(house, 'blue')
      const id = house.ids.uuid()
      for (const workspace of [defaultWorkspace, blue, defaultWorkspace, blue])
        await receiveEvents(house.as(owner, workspace), { events: [someEvent(id), someEvent(id)] })
      const stored = (await house.storage.readLog('events', 0, 100)) as { seq: number; id?: string; workspaceId?: string }[]
      expect(stored.map(({ id: stored, workspaceId }) => [stored, workspaceId])).toEqual([
        [id, defaultWorkspace.id],
        [id, blue.id],
      ])
      expect(house.published.flatMap(({ events }) => events)).toEqual(stored)
    })
  })

  describe('an actor without rights', () => {
    test('is refused every operation before the database hears of it', async () => {
      const house = await open()
      const first = await fill(house)
      const inputs = inputsOf(first, () => house.ids.uuid())
      await house.storage.close()
      const nobody = { id: 'nobody', kind: 'user', name: 'Nobody', grants: {} } as const
      for (const operation of allOperations) {
        await expect(operation(house.as(nobody), inputs[operation.operation.name])).rejects.toMatchObject({ code: 'FORBIDDEN' })
      }
    })
  })
})
