import { afterAll, beforeAll, expect, test } from 'vitest'
import { createArtifact } from '../../src/core/artifacts/index.ts'
import { createFlowRun, deleteFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun } from '../../src/core/task-runs/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overEvents, overSocket } from './subscription.ts'

let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors()
  url = `${doors.url}/graphql`
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)

async function someRun() {
  const { flow } = await ensureFlow(ctx(), { name: 'hello' })
  const { run } = await createFlowRun(ctx(), { flowId: flow.id, name: 'around', state: { type: 'RUNNING' } })
  const { run: task } = await createTaskRun(ctx(), { flowRunId: run.id, taskKey: 'load', dynamicKey: '0', name: 'load-0' })
  return { flowRunId: run.id, taskRunId: task.id }
}

test('artifacts are made, changed and deleted', async () => {
  const runs = await someRun()
  const create = `mutation ($input: CreateArtifactInput!) { createArtifact(input: $input) {
    artifact { id key isLatest versionCount type description data dataSize metadata flowRun { name } taskRun { name } } } }`
  const input = { key: 'report', type: 'markdown', description: 'd', data: '# Hi', metadata: { a: 'b' }, ...runs }
  const { artifact } = (await graphql(url, create, { input })).data.createArtifact
  expect(artifact).toEqual({
    id: artifact.id,
    key: 'report',
    isLatest: true,
    versionCount: 1,
    type: 'markdown',
    description: 'd',
    data: '# Hi',
    dataSize: 6,
    metadata: { a: 'b' },
    flowRun: { name: 'around' },
    taskRun: { name: 'load-0' },
  })
  const update = 'mutation ($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { data description } } }'
  const changed = await graphql(url, update, { input: { id: artifact.id, data: '# Ho' } })
  expect(changed.data.updateArtifact.artifact).toEqual({ data: '# Ho', description: 'd' })
  const remove = 'mutation ($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }'
  expect((await graphql(url, remove, { input: { id: artifact.id } })).data.deleteArtifact.artifact).toEqual({ id: artifact.id })
  expect((await graphql(url, remove, { input: { id: artifact.id } })).errors![0].extensions.code).toBe('NOT_FOUND')
  expect((await graphql(url, '{ latestArtifact(key: "report") { id } }')).data).toEqual({ latestArtifact: null })
})

test('the latest of each key, the versions of one, and those of a run are lists', async () => {
  const { flowRunId, taskRunId } = await someRun()
  for (const data of [1, 2]) await createArtifact(ctx(), { key: 'lists-a', data, flowRunId, taskRunId })
  await createArtifact(ctx(), { key: 'lists-b', data: 3, flowRunId })
  await createArtifact(ctx(), { data: 4, flowRunId })
  const document = `query ($flowRunId: UUID!, $taskRunId: UUID!) {
    latest: artifacts(filter: {keyContains: "LISTS", isLatest: true}, orderBy: KEY_ASC) { totalCount { value } nodes { key data versionCount } }
    versions: artifacts(filter: {keys: ["lists-a"]}) { nodes { data isLatest } }
    firstPage: artifacts(filter: {keys: ["lists-a"]}, first: 1) { nodes { data } pageInfo { hasNextPage endCursor } }
    latestArtifact(key: "lists-a") { data }
    flowRun(id: $flowRunId) { artifacts { nodes { data } } byKey: artifacts(filter: {keys: ["lists-b"]}) { nodes { data } } }
    taskRun(id: $taskRunId) { artifacts { nodes { data } } }
  }`
  const { data } = await graphql(url, document, { flowRunId, taskRunId })
  expect(data).toMatchObject({
    latest: {
      totalCount: { value: 2 },
      nodes: [
        { key: 'lists-a', data: 2, versionCount: 2 },
        { key: 'lists-b', data: 3, versionCount: 1 },
      ],
    },
    versions: {
      nodes: [
        { data: 2, isLatest: true },
        { data: 1, isLatest: false },
      ],
    },
    firstPage: { nodes: [{ data: 2 }], pageInfo: { hasNextPage: true } },
    latestArtifact: { data: 2 },
    flowRun: { artifacts: { nodes: [{ data: 1 }, { data: 2 }, { data: 3 }, { data: 4 }] }, byKey: { nodes: [{ data: 3 }] } },
    taskRun: { artifacts: { nodes: [{ data: 1 }, { data: 2 }] } },
  })
  const after = data.firstPage.pageInfo.endCursor
  const second = await graphql(url, 'query ($after: Cursor) { artifacts(filter: {keys: ["lists-a"]}, after: $after) { nodes { data } } }', {
    after,
  })
  expect(second.data.artifacts.nodes).toEqual([{ data: 1 }])
})

test('a list tells small data alone, whatever large data is beside it', async () => {
  const { flowRunId } = await someRun()
  for (const data of ['four', 'x'.repeat(4_095)]) await createArtifact(ctx(), { flowRunId, data })
  const { data } = await graphql(url, `{ flowRun(id: "${flowRunId}") { artifacts { nodes { smallData } } } }`)
  expect(data.flowRun.artifacts.nodes).toEqual([{ smallData: 'four' }, { smallData: null }])
})

test.each([
  ['sockets', overSocket],
  ['server-sent events', overEvents],
] as const)('progress is heard of live over %s, from the cursor of a list', async (_name, over) => {
  const { flowRunId } = await someRun()
  const ask = (query: string, input: object) => graphql(url, query, { input })
  const { eventCursor } = (await graphql(url, '{ artifacts { eventCursor } }')).data.artifacts
  const create = 'mutation ($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }'
  const { id } = (await ask(create, { type: 'progress', key: 'p', data: 0, flowRunId })).data.createArtifact.artifact
  await ask(create, { type: 'progress', data: 0 })
  const live = over(
    url,
    `subscription ($after: Cursor, $runs: [UUID!]) { artifactChanged(after: $after, filter: {flowRunIds: $runs}) {
      gap { reason } changes { kind artifactId key artifact { data } } } }`,
    { after: eventCursor, runs: [flowRunId] },
  )
  const changes = async () => (await live.next()).data.artifactChanged.changes
  expect(await changes()).toEqual([{ kind: 'CREATED', artifactId: id, key: 'p', artifact: { data: 0 } }])
  await ask('mutation ($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }', { id, data: 50 })
  expect(await changes()).toEqual([{ kind: 'UPDATED', artifactId: id, key: 'p', artifact: { data: 50 } }])
  await ask('mutation ($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }', { id })
  expect(await changes()).toEqual([{ kind: 'DELETED', artifactId: id, key: 'p', artifact: null }])
  await deleteFlowRun(ctx(), { id: (await someRun()).flowRunId })
  await deleteFlowRun(ctx(), { id: flowRunId })
  expect(await changes()).toEqual([{ kind: 'RUNS_DELETED', artifactId: null, key: null, artifact: null }])
  await live.leave()
})
