import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents } from '../../src/core/events/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { defaultWorkspace } from '../../src/core/workspaces/index.ts'
import type { WorkspaceRef } from '../../src/kernel/context.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { openSocket } from './ask.ts'
import { secret } from './full-room.ts'
import { someEvent } from './operations.ts'
import { overEvents, overSocket, until } from './subscription.ts'
import { openTwoRooms, type TwoRooms } from './two-rooms.ts'

describe('live, in another workspace', () => {
  let rooms: TwoRooms
  beforeAll(async () => {
    rooms = await openTwoRooms()
  })
  afterAll(() => rooms.doors.close())

  const happen = async (workspace: WorkspaceRef, mark: string) => {
    const ctx = rooms.doors.house.as(owner, workspace)
    const { flow } = await ensureFlow(ctx, { name: mark })
    const { run } = await createFlowRun(ctx, { flowId: flow.id, name: mark, state: { type: 'SCHEDULED' } })
    await setFlowRunState(ctx, { flowRunId: run.id, state: { type: 'RUNNING', message: mark } })
    await appendLogs(ctx, { lines: [{ name: 'n', level: 20, message: mark, timestamp: 0, flowRunId: run.id }] })
  }

  test.each([
    [
      'flowRunStateChanged',
      '{ cursor gap { reason } changes { flowRun { name } state { type } } }',
      [
        { flowRun: { name: 'mine' }, state: { type: 'SCHEDULED' } },
        { flowRun: { name: 'mine' }, state: { type: 'RUNNING' } },
      ],
    ],
    [
      'eventOccurred',
      '{ cursor gap { reason } events { event } }',
      [{ event: 'prefect.flow-run.Scheduled' }, { event: 'prefect.flow-run.Running' }],
    ],
    ['logAppended', '{ cursor gap { reason } logs { message } }', [{ message: 'mine' }]],
  ] as const)('%s sends nothing of the first, from its cursor nor from now on', async (field, selection, expected) => {
    const { events, logs, logId } = rooms.doors.house
    await ensureFlow(rooms.inBlue, { name: 'mine' })
    const cursor = encodeCursor({
      logId,
      log: field === 'logAppended' ? 'logs' : 'events',
      seq: field === 'logAppended' ? logs.newest : events.newest,
    })
    await happen(defaultWorkspace, secret)
    const subscribers = [overSocket, overEvents].map(over =>
      over(rooms.blueGraphql, `subscription ($after: Cursor) { ${field}(after: $after) ${selection} }`, { after: cursor }),
    )
    const first = subscribers.map(subscriber => subscriber.next())
    await happen(rooms.blue, 'mine')
    await happen(defaultWorkspace, secret)
    for (const [index, subscriber] of subscribers.entries()) {
      const seen: unknown[] = []
      let frame = await first[index]!
      for (;;) {
        const { gap, cursor: _cursor, ...items } = frame.data[field]
        expect([frame.errors, gap]).toEqual([undefined, null])
        seen.push(...(Object.values(items)[0] as unknown[]))
        if (seen.length >= expected.length) break
        frame = await subscriber.next()
      }
      expect(seen).toEqual(expected)
      await subscriber.leave()
    }
    await until(() => events.followers + logs.followers === 0)
  })

  test('events that come in by its socket are its own', async () => {
    const before = await rooms.rowsOfFirst()
    const id = rooms.doors.house.ids.uuid()
    const socket = await openSocket(`ws://127.0.0.1:${rooms.doors.port}/api/workspaces/blue/events/in`, 'prefect')
    socket.socket.send('{"type":"auth","token":null}')
    expect(await socket.next()).toBe('{"type":"auth_success"}')
    socket.socket.send(JSON.stringify({ ...someEvent(id), occurred: '2026-11-25T13:00:00Z' }))
    await socket.ping()
    socket.socket.close()
    await socket.closed
    expect((await listEvents(rooms.inBlue, { filter: { ids: [id] } })).nodes).toHaveLength(1)
    expect(await rooms.rowsOfFirst()).toEqual(before)
  })
})
