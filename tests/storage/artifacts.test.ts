import { describe, expect, test } from 'vitest'
import {
  Artifact,
  artifactDataByIds,
  countArtifactVersions,
  createArtifact,
  deleteArtifact,
  findArtifact,
  findLatestArtifact,
  listArtifacts,
  updateArtifact,
} from '../../src/core/artifacts/index.ts'
import { checkStore } from '../../src/core/checks/index.ts'
import { createFlowRun, deleteFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { deleteFlow, ensureFlow } from '../../src/core/flows/index.ts'
import { sweepRetention } from '../../src/core/retention/index.ts'
import { createTaskRun, deleteTaskRun } from '../../src/core/task-runs/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage, onPostgres } from './for-each-storage.ts'

async function someRun(house: BareHouse, name = 'hello') {
  const { flow } = await ensureFlow(house.as(), { name })
  const { run } = await createFlowRun(house.as(), { flowId: flow.id, state: { type: 'RUNNING' } })
  return { flowId: flow.id, flowRunId: run.id }
}

const keysAndData = async (house: BareHouse, filter = {}) => {
  const { nodes } = await listArtifacts(house.as(), { filter, orderBy: 'CREATED_ASC' })
  const data = await artifactDataByIds(house.as(), { ids: nodes.map(({ id }) => id) })
  return nodes.map(({ key }, index) => [key, data[index]!.data])
}

const count = (house: BareHouse) => house.storage.read.count({ entity: Artifact, workspaceId: null, where: [], limit: 100 })
const faults = async (house: BareHouse) => (await checkStore(house.as(), {})).filter(({ violations }) => violations > 0)
const names = async (house: BareHouse) =>
  ((await house.storage.readLog('events', 0, 1000)) as LogEvent[]).map(({ event }) => event).filter(name => name.includes('artifact'))

forEachStorage(open => {
  describe('artifacts', () => {
    test('of one key are versions, of which the newest is the latest', async () => {
      const house = await open()
      const { flowRunId } = await someRun(house)
      for (const data of ['first', 'second'])
        await createArtifact(house.as(), { key: 'report', type: 'markdown', data, flowRunId, metadata: { a: 'b' } })
      await createArtifact(house.as(), { key: 'other', data: { b: 1, a: [2] } })
      await createArtifact(house.as(), { data: 'alone' })
      expect(await keysAndData(house, { isLatest: true })).toEqual([
        ['report', 'second'],
        ['other', { b: 1, a: [2] }],
      ])
      expect(await keysAndData(house, { keys: ['report'], isLatest: false })).toEqual([['report', 'first']])
      expect(await keysAndData(house, { flowRunIds: [flowRunId] })).toHaveLength(2)
      expect(await findLatestArtifact(house.as(), { key: 'report' })).toMatchObject({ data: 'second', isLatest: true, dataSize: 8 })
      expect((await countArtifactVersions(house.as(), { keys: ['report', 'other', 'none'] })).get('report')).toBe(2)
      expect(await names(house)).toEqual([
        'artifact.created',
        'prefect.artifact-collection.created',
        'artifact.created',
        'prefect.artifact-collection.updated',
        'artifact.created',
        'prefect.artifact-collection.created',
        'artifact.created',
      ])
      expect(await faults(house)).toEqual([])
    })

    test('change by what is given of them', async () => {
      const house = await open()
      const { id } = await createArtifact(house.as(), { type: 'progress', data: 0, description: 'how far', metadata: { a: 'b' } })
      await updateArtifact(house.as(), { id, change: { data: 50.5 } })
      expect(await findArtifact(house.as(), { id })).toMatchObject({
        data: 50.5,
        dataSize: 4,
        description: 'how far',
        metadata: { a: 'b' },
      })
      await updateArtifact(house.as(), { id, change: { data: null, description: null } })
      expect(await findArtifact(house.as(), { id })).toMatchObject({ data: null, dataSize: 0, description: null, metadata: { a: 'b' } })
    })

    test('leave the latest to the one before when they are deleted', async () => {
      const house = await open()
      const made = []
      for (const data of [1, 2, 3]) made.push(await createArtifact(house.as(), { key: 'report', data }))
      await deleteArtifact(house.as(), { id: made[1]!.id })
      await deleteArtifact(house.as(), { id: made[2]!.id })
      expect(await keysAndData(house, { isLatest: true })).toEqual([['report', 1]])
      await deleteArtifact(house.as(), { id: made[0]!.id })
      await expect(findLatestArtifact(house.as(), { key: 'report' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await names(house)).slice(6)).toEqual([
        'artifact.deleted',
        'artifact.deleted',
        'prefect.artifact-collection.updated',
        'artifact.deleted',
        'prefect.artifact-collection.deleted',
      ])
    })

    test.each(['flow run', 'flow', 'age'] as const)('go with their %s, and what is left of their keys stays in order', async way => {
      const house = await open()
      const going = await someRun(house)
      const staying = await someRun(house, 'another')
      for (const { flowRunId } of [going, staying, going, staying, going])
        await createArtifact(house.as(), { key: 'report', data: flowRunId, flowRunId })
      await createArtifact(house.as(), { data: 'alone', flowRunId: going.flowRunId })
      if (way === 'flow run') await deleteFlowRun(house.as(), { id: going.flowRunId })
      if (way === 'flow') await deleteFlow(house.as(), { id: going.flowId })
      if (way === 'age') {
        await setFlowRunState(house.as(), { flowRunId: going.flowRunId, state: { type: 'COMPLETED' } })
        const runs = house.clock.now() + 1
        while (!(await sweepRetention(house.as(), { runs })).isDone);
      }
      expect(await keysAndData(house)).toEqual([
        ['report', staying.flowRunId],
        ['report', staying.flowRunId],
      ])
      expect(await keysAndData(house, { isLatest: true })).toHaveLength(1)
      expect(await faults(house)).toEqual([])
    })

    test('of a task run go with it', async () => {
      const house = await open()
      const { run } = await createTaskRun(house.as(), { taskKey: 'load', dynamicKey: '0' })
      await createArtifact(house.as(), { key: 'report', data: 1 })
      await createArtifact(house.as(), { key: 'report', data: 2, taskRunId: run.id })
      await deleteTaskRun(house.as(), { id: run.id })
      expect(await keysAndData(house, { isLatest: true })).toEqual([['report', 1]])
    })

    test('are refused when they are too large, of a run that is not there, or of another workspace', async () => {
      const house = await open({ environment: { CASTELLAN_SERVER_API_MAX_ARTIFACT_SIZE: '10' } })
      const room = await openRoom(house, 'second')
      const { flowRunId } = await someRun(house)
      const large = { code: 'INVALID', message: 'data: must be at most 10 bytes of JSON and is 11' }
      await expect(createArtifact(house.as(), { data: 'éeeeeee' + 'x' })).rejects.toMatchObject(large)
      const { id } = await createArtifact(house.as(), { data: 'éeeeeee' })
      await expect(updateArtifact(house.as(), { id, change: { data: 'éeeeeee' + 'x' } })).rejects.toMatchObject(large)
      await expect(createArtifact(house.as(), { flowRunId: house.ids.uuid() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(createArtifact(house.as(undefined, room), { flowRunId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(findArtifact(house.as(undefined, room), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await count(house)).toBe(1)
    })

    test('of one key in two workspaces have nothing to do with each other', async () => {
      const house = await open()
      const room = await openRoom(house, 'second')
      await createArtifact(house.as(), { key: 'report', data: 1 })
      await createArtifact(house.as(undefined, room), { key: 'report', data: 2 })
      expect(await keysAndData(house, { isLatest: true })).toEqual([['report', 1]])
      expect(await faults(house)).toEqual([])
    })
  })
})

onPostgres(open => {
  test('of many versions that come at the same moment to two servers one is the latest', async () => {
    const one = await open()
    const other = await open({ on: one.url })
    await Promise.all(Array.from({ length: 40 }, (_, data) => createArtifact([one, other][data % 2]!.as(), { key: 'report', data })))
    expect(await count(one)).toBe(40)
    expect(await keysAndData(one, { isLatest: true })).toHaveLength(1)
    expect(await faults(one)).toEqual([])
  })
})
