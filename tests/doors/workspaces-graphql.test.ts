import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphql } from './ask.ts'
import { everythingAbout } from './everything.ts'
import { openTwoRooms, type TwoRooms } from './two-rooms.ts'

let rooms: TwoRooms
let before: readonly unknown[]
beforeAll(async () => {
  rooms = await openTwoRooms()
  before = await rooms.rowsOfFirst()
})
afterAll(() => rooms.doors.close())

describe('the GraphQL door of another workspace', () => {
  test('every field of GraphQL, asked about the first, tells nothing of it', async () => {
    for (const id of [rooms.first.flowId, rooms.first.flowRunId, rooms.first.taskRunId!, rooms.first.artifactId!]) {
      const answer = await graphql(rooms.blueGraphql, everythingAbout(id))
      expect(answer.errors).toBeUndefined()
      expect(answer.data).toMatchObject({ flow: null, flowRun: null, taskRun: null, artifact: null })
      expect(rooms.told(JSON.stringify(answer.data), id)).toEqual([])
    }
  })

  test.each<readonly [string, string, () => unknown]>([
    [
      'createFlowRun',
      '($input: CreateFlowRunInput!) { createFlowRun(input: $input) { flowRun { id } } }',
      () => ({ flowId: rooms.first.flowId }),
    ],
    [
      'setFlowRunState',
      '($input: SetFlowRunStateInput!) { setFlowRunState(input: $input) { status } }',
      () => ({ flowRunId: rooms.first.flowRunId, state: { type: 'RUNNING' }, force: true }),
    ],
    [
      'createTaskRun',
      '($input: CreateTaskRunInput!) { createTaskRun(input: $input) { taskRun { id } } }',
      () => ({ flowRunId: rooms.first.flowRunId, taskKey: 'a', dynamicKey: 'b' }),
    ],
    [
      'setTaskRunState',
      '($input: SetTaskRunStateInput!) { setTaskRunState(input: $input) { status } }',
      () => ({ taskRunId: rooms.first.taskRunId, state: { type: 'RUNNING' }, force: true }),
    ],
    [
      'createArtifact',
      '($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }',
      () => ({ flowRunId: rooms.first.flowRunId, data: 1 }),
    ],
    [
      'updateArtifact',
      '($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }',
      () => ({ id: rooms.first.artifactId, data: 1 }),
    ],
    [
      'deleteArtifact',
      '($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }',
      () => ({ id: rooms.first.artifactId }),
    ],
    ...(['update', 'pause', 'resume', 'mute', 'delete'] as const).map(
      verb =>
        [
          `${verb}NotificationPolicy`,
          `($input: ${verb[0]!.toUpperCase()}${verb.slice(1)}NotificationPolicyInput!) { ${verb}NotificationPolicy(input: $input) { notificationPolicy { id } } }`,
          () => ({ id: rooms.first.notificationPolicyId }),
        ] as const,
    ),
    [
      'createNotificationPolicy',
      '($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }',
      () => ({ channelIds: [rooms.first.channelId] }),
    ],
    [
      'redeliverNotification',
      '($input: RedeliverNotificationInput!) { redeliverNotification(input: $input) { notificationDelivery { id } } }',
      () => ({ id: rooms.first.notificationDeliveryId }),
    ],
    [
      'createBlockDocument',
      '($input: CreateBlockDocumentInput!) { createBlockDocument(input: $input) { blockDocument { id } } }',
      () => ({ name: 'through', blockSchemaId: rooms.first.blockSchemaId, data: {} }),
    ],
    [
      'updateBlockDocument',
      '($input: UpdateBlockDocumentInput!) { updateBlockDocument(input: $input) { blockDocument { id } } }',
      () => ({ id: rooms.first.blockDocumentId, data: { token: 'through' } }),
    ],
    [
      'deleteBlockDocument',
      '($input: DeleteBlockDocumentInput!) { deleteBlockDocument(input: $input) { blockDocument { id } } }',
      () => ({ id: rooms.first.blockDocumentId }),
    ],
    [
      'deleteBlockType',
      '($input: DeleteBlockTypeInput!) { deleteBlockType(input: $input) { blockType { id } } }',
      () => ({ id: rooms.first.blockTypeId }),
    ],
    ['deleteTaskRun', '($input: DeleteTaskRunInput!) { deleteTaskRun(input: $input) { id } }', () => ({ id: rooms.first.taskRunId })],
  ])('the mutation %s does not find what is in the first', async (name, document, input) => {
    const { data, errors } = await graphql(rooms.blueGraphql, `mutation ${name}${document}`, { input: input() })
    expect(data).toBeNull()
    expect(errors!.map(error => error.extensions.code)).toEqual(['NOT_FOUND'])
    expect(await rooms.rowsOfFirst()).toEqual(before)
  })
})
