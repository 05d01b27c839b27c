import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents, receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, listFlowRuns } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { knock, upgrade } from './ask.ts'
import { secret } from './full-room.ts'
import { allOperations, inputsOf, someEvent } from './operations.ts'
import { openTwoRooms, type TwoRooms } from './two-rooms.ts'

let rooms: TwoRooms
let before: readonly unknown[]
beforeAll(async () => {
  rooms = await openTwoRooms()
  before = await rooms.rowsOfFirst()
})
afterAll(() => rooms.doors.close())

/** About the rooms themselves, or about the server as a whole, for its administrators. */
const aboveRooms: readonly string[] = [
  'workspace.by-ids',
  'follower.attend',
  'follower.leave',
  'follower.move',
  'notification-policy.active',
  'notification-delivery.claim',
  'notification-delivery.digest',
  'notification-delivery.digest-due',
  'notification-delivery.queue',
  'notification-delivery.settle',
  'notification-delivery.sweep',
  'workspace.create',
  'workspace.find-by-slug',
  'workspace.list',
  'server.check',
  'retention.sweep',
  'block-document.rekey',
  'encryption.describe',
]

describe('from another workspace', () => {
  // Reads before writes, so that what the other room writes itself is not taken for what it found.
  const readsFirst = allOperations.toSorted(
    (one, other) => Number(one.operation.kind !== 'query') - Number(other.operation.kind !== 'query'),
  )

  test.each(readsFirst.map(one => [one.operation.name, one] as const).filter(([name]) => !aboveRooms.includes(name)))(
    '%s finds nothing of the first, and changes nothing in it',
    async (name, operation) => {
      const input = inputsOf(rooms.first, () => rooms.doors.house.ids.uuid())[name]
      const outcome = await operation(rooms.inBlue, input).then(
        answer => ({ answer: answer instanceof Map ? [...answer] : answer }),
        error => ({ code: error.code, message: error.message }),
      )
      expect(rooms.told(JSON.stringify(outcome), JSON.stringify(input))).toEqual([])
      if ('code' in outcome) expect(outcome.code).toBe('NOT_FOUND')
      expect(await rooms.rowsOfFirst()).toEqual(before)
    },
  )

  test('a list has what is its own, and an id of the first gives a hole', async () => {
    const ctx = rooms.inBlue
    expect((await listFlowRuns(ctx, {})).nodes.map(run => run.name)).toContain('blue run')
    expect((await listFlowRuns(ctx, { filter: { ids: [rooms.first.flowRunId] } })).nodes).toEqual([])
    expect((await listFlowRuns(ctx, { filter: { flowNames: [secret] } })).nodes).toEqual([])
  })

  test('an event with an id of the first is the other’s own', async () => {
    await receiveEvents(rooms.inBlue, { events: [someEvent(rooms.first.eventId, 'blue.happened')] })
    expect(await rooms.rowsOfFirst()).toEqual(before)
    const { nodes } = await listEvents(rooms.inBlue, { filter: { ids: [rooms.first.eventId] } })
    expect(nodes.map(({ event, workspaceId }) => ({ event, workspaceId }))).toEqual([
      { event: 'blue.happened', workspaceId: rooms.blue.id },
    ])
  })

  test('an idempotency key of the first makes a run of its own', async () => {
    const ctx = rooms.inBlue
    const { flow } = await ensureFlow(ctx, { name: secret })
    const { run, isNew } = await createFlowRun(ctx, { flowId: flow.id, idempotencyKey: secret })
    expect({ isNew, isOther: run.id !== rooms.first.flowRunId && flow.id !== rooms.first.flowId }).toEqual({ isNew: true, isOther: true })
  })
})

describe('a workspace that does not exist', () => {
  test('is answered 404 by REST, GraphQL and sockets, in the shape of each', async () => {
    const json = { 'content-type': 'application/json' }
    const rest = await knock(rooms.doors.port, { path: '/api/workspaces/nowhere/health' })
    expect([rest.status, JSON.parse(rest.text)]).toEqual([404, { detail: 'Workspace nowhere not found' }])
    for (const question of [
      { method: 'POST', body: '{"query":"{ __typename }"}', headers: json },
      { path: '/workspaces/nowhere/graphql?query=%7B__typename%7D' },
    ]) {
      const answer = await knock(rooms.doors.port, { path: '/workspaces/nowhere/graphql', ...question })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        404,
        { errors: [{ message: 'Workspace nowhere not found', extensions: { code: 'NOT_FOUND' } }] },
      ])
    }
    expect((await upgrade(rooms.doors.port, '/workspaces/nowhere/graphql')).status).toBe(404)
    expect((await upgrade(rooms.doors.port, '/api/workspaces/nowhere/events/in')).status).toBe(404)
  })
})
