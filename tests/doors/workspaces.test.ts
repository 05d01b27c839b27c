import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entities } from '../../src/core/entities.ts'
import { listEvents, receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, listFlowRuns, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { defaultWorkspace } from '../../src/core/workspaces/index.ts'
import type { WorkspaceRef } from '../../src/kernel/context.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { keysOf } from '../support/keys.ts'
import { graphql, knock, openSocket, upgrade } from './ask.ts'
import { everythingAbout } from './everything.ts'
import { fillRoom, type Inhabitant, secret } from './full-room.ts'
import { type Doors, openDoors, openWorkspace } from './house.ts'
import { allOperations, inputsOf, someEvent } from './operations.ts'
import { overEvents, overSocket, until } from './subscription.ts'

let doors: Doors
let blue: WorkspaceRef
let first: Inhabitant
let forbidden: readonly string[]
let blueGraphql: string

beforeAll(async () => {
  doors = await openDoors({ CASTELLAN_GRAPHQL_MAX_COST: '100000000', CASTELLAN_GRAPHQL_MAX_TOKENS: '100000' })
  blue = await openWorkspace(doors.house, 'blue')
  blueGraphql = `${doors.url}/workspaces/blue/graphql`
  ;({ first, forbidden } = await fillRoom(doors.house.as(owner), doors.house.ids))

  // The other room is not empty: what is its own must still be there.
  const own = await ensureFlow(doors.house.as(owner, blue), { name: 'blue flow' })
  await createFlowRun(doors.house.as(owner, blue), { flowId: own.flow.id, name: 'blue run', state: { type: 'PENDING' } })
})
afterAll(() => doors.close())

/** All rows of a workspace. */
const rowsOf = (workspaceId: string) =>
  Promise.all(
    entities
      .filter(entity => 'workspaceId' in entity.meta.properties)
      .map(entity =>
        doors.house.storage.read.select({
          entity,
          workspaceId,
          where: [],
          orderBy: keysOf(entity).map(name => [name, 'asc']),
          limit: 10_000,
        }),
      ),
  )

/** What of the first workspace a text tells, but for what the asker named himself. */
const told = (text: string, named: string): readonly string[] => forbidden.filter(word => text.includes(word) && !named.includes(word))

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
      const before = await rowsOf(defaultWorkspace.id)
      const input = inputsOf(first, () => doors.house.ids.uuid())[name]
      const outcome = await operation(doors.house.as(owner, blue), input).then(
        answer => ({ answer: answer instanceof Map ? [...answer] : answer }),
        error => ({ code: error.code, message: error.message }),
      )
      expect(told(JSON.stringify(outcome), JSON.stringify(input))).toEqual([])
      if ('code' in outcome) expect(outcome.code).toBe('NOT_FOUND')
      expect(await rowsOf(defaultWorkspace.id)).toEqual(before)
    },
  )

  test('a list has what is its own, and an id of the first gives a hole', async () => {
    const ctx = doors.house.as(owner, blue)
    expect((await listFlowRuns(ctx, {})).nodes.map(run => run.name)).toContain('blue run')
    expect((await listFlowRuns(ctx, { filter: { ids: [first.flowRunId] } })).nodes).toEqual([])
    expect((await listFlowRuns(ctx, { filter: { flowNames: [secret] } })).nodes).toEqual([])
  })

  test('an event with an id of the first is the other’s own', async () => {
    const before = await rowsOf(defaultWorkspace.id)
    await receiveEvents(doors.house.as(owner, blue), { events: [someEvent(first.eventId, 'blue.happened')] })
    expect(await rowsOf(defaultWorkspace.id)).toEqual(before)
    const { nodes } = await listEvents(doors.house.as(owner, blue), { filter: { ids: [first.eventId] } })
    expect(nodes.map(({ event, workspaceId }) => ({ event, workspaceId }))).toEqual([{ event: 'blue.happened', workspaceId: blue.id }])
  })

  test('an idempotency key of the first makes a run of its own', async () => {
    const ctx = doors.house.as(owner, blue)
    const { flow } = await ensureFlow(ctx, { name: secret })
    const { run, isNew } = await createFlowRun(ctx, { flowId: flow.id, idempotencyKey: secret })
    expect({ isNew, isOther: run.id !== first.flowRunId && flow.id !== first.flowId }).toEqual({ isNew: true, isOther: true })
  })

  test('every field of GraphQL, asked about the first, tells nothing of it', async () => {
    for (const id of [first.flowId, first.flowRunId, first.taskRunId!, first.artifactId!]) {
      const answer = await graphql(blueGraphql, everythingAbout(id))
      expect(answer.errors).toBeUndefined()
      expect(answer.data).toMatchObject({ flow: null, flowRun: null, taskRun: null, artifact: null })
      const { flows, ...rest } = answer.data
      expect(told(JSON.stringify(rest.server), '')).toEqual([])
      expect(
        forbidden
          .slice(1)
          .filter(
            word => JSON.stringify({ flows, rest }).includes(word) && word !== first.eventId && word !== first.flowRunId && word !== id,
          ),
      ).toEqual([])
    }
  })

  test.each<readonly [string, string, () => unknown]>([
    [
      'createFlowRun',
      '($input: CreateFlowRunInput!) { createFlowRun(input: $input) { flowRun { id } } }',
      () => ({ flowId: first.flowId }),
    ],
    [
      'setFlowRunState',
      '($input: SetFlowRunStateInput!) { setFlowRunState(input: $input) { status } }',
      () => ({ flowRunId: first.flowRunId, state: { type: 'RUNNING' }, force: true }),
    ],
    [
      'createTaskRun',
      '($input: CreateTaskRunInput!) { createTaskRun(input: $input) { taskRun { id } } }',
      () => ({ flowRunId: first.flowRunId, taskKey: 'a', dynamicKey: 'b' }),
    ],
    [
      'setTaskRunState',
      '($input: SetTaskRunStateInput!) { setTaskRunState(input: $input) { status } }',
      () => ({ taskRunId: first.taskRunId, state: { type: 'RUNNING' }, force: true }),
    ],
    [
      'createArtifact',
      '($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }',
      () => ({ flowRunId: first.flowRunId, data: 1 }),
    ],
    [
      'updateArtifact',
      '($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }',
      () => ({ id: first.artifactId, data: 1 }),
    ],
    [
      'deleteArtifact',
      '($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }',
      () => ({ id: first.artifactId }),
    ],
    ...(['update', 'pause', 'resume', 'mute', 'delete'] as const).map(
      verb =>
        [
          `${verb}NotificationPolicy`,
          `($input: ${verb[0]!.toUpperCase()}${verb.slice(1)}NotificationPolicyInput!) { ${verb}NotificationPolicy(input: $input) { notificationPolicy { id } } }`,
          () => ({ id: first.notificationPolicyId }),
        ] as const,
    ),
    [
      'createNotificationPolicy',
      '($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }',
      () => ({ channelIds: [first.channelId] }),
    ],
    [
      'redeliverNotification',
      '($input: RedeliverNotificationInput!) { redeliverNotification(input: $input) { notificationDelivery { id } } }',
      () => ({ id: first.notificationDeliveryId }),
    ],
    [
      'createBlockDocument',
      '($input: CreateBlockDocumentInput!) { createBlockDocument(input: $input) { blockDocument { id } } }',
      () => ({ name: 'through', blockSchemaId: first.blockSchemaId, data: {} }),
    ],
    [
      'updateBlockDocument',
      '($input: UpdateBlockDocumentInput!) { updateBlockDocument(input: $input) { blockDocument { id } } }',
      () => ({ id: first.blockDocumentId, data: { token: 'through' } }),
    ],
    [
      'deleteBlockDocument',
      '($input: DeleteBlockDocumentInput!) { deleteBlockDocument(input: $input) { blockDocument { id } } }',
      () => ({ id: first.blockDocumentId }),
    ],
    [
      'deleteBlockType',
      '($input: DeleteBlockTypeInput!) { deleteBlockType(input: $input) { blockType { id } } }',
      () => ({ id: first.blockTypeId }),
    ],
    ['deleteTaskRun', '($input: DeleteTaskRunInput!) { deleteTaskRun(input: $input) { id } }', () => ({ id: first.taskRunId })],
  ])('the mutation %s does not find what is in the first', async (name, document, input) => {
    const before = await rowsOf(defaultWorkspace.id)
    const { data, errors } = await graphql(blueGraphql, `mutation ${name}${document}`, { input: input() })
    expect(data).toBeNull()
    expect(errors!.map(error => error.extensions.code)).toEqual(['NOT_FOUND'])
    expect(await rowsOf(defaultWorkspace.id)).toEqual(before)
  })
})

describe('the REST door of another workspace', () => {
  const bodies: Readonly<Record<string, () => unknown>> = {
    'POST /flows/': () => ({ name: 'through rest' }),
    'POST /flow_runs/': () => ({ flow_id: first.flowId }),
    'POST /flow_runs/:id/set_state': () => ({ state: { type: 'RUNNING' }, force: true }),
    'POST /task_runs/': () => ({ flow_run_id: first.flowRunId, task_key: 'through', dynamic_key: 'rest' }),
    'POST /task_runs/:id/set_state': () => ({ state: { type: 'RUNNING' }, force: true }),
    'PATCH /task_runs/:id': () => ({ name: 'through rest' }),
    'POST /task_runs/history': () => ({
      history_start: '2026-01-01T00:00:00Z',
      history_end: '2027-01-01T00:00:00Z',
      history_interval_seconds: 86_400,
    }),
    'POST /task_workers/filter': () => ({}),
    'POST /logs/': () => [{ name: 'n', level: 20, message: 'm', timestamp: '2026-11-25T13:00:00Z', flow_run_id: first.flowRunId }],
    'POST /events': () => [],
    'POST /events/filter': () => ({}),
    'POST /events/count-by/:countable': () => ({ filter: {} }),
    'POST /block_types/': () => ({ name: 'Through rest', slug: 'through-rest' }),
    'PATCH /block_types/:id': () => ({ description: 'through rest' }),
    'POST /block_types/install_system_block_types': () => ({}),
    'POST /block_schemas/': () => ({ block_type_id: first.blockTypeId, fields: {} }),
    'POST /block_documents/': () => ({
      name: 'through-rest',
      block_type_id: first.blockTypeId,
      block_schema_id: first.blockSchemaId,
      data: { token: 'through rest' },
    }),
    'PATCH /block_documents/:id': () => ({ data: { token: 'through rest' } }),
    'POST /artifacts/': () => ({ flow_run_id: first.flowRunId, key: 'through-rest' }),
    'PATCH /artifacts/:id': () => ({ data: 'through rest' }),
    'POST /artifacts/latest/filter': () => ({}),
    'POST /artifacts/latest/count': () => ({}),
    'POST /flow_run_notification_policies/': () => ({ block_document_id: first.channelId }),
    'POST /flow_run_notification_policies/filter': () => ({}),
    'PATCH /flow_run_notification_policies/:id': () => ({ tags: ['through rest'] }),
    'PUT /saved_searches/': () => ({ name: 'through-rest' }),
    'POST /variables/': () => ({ name: 'through-rest', value: 1 }),
    'POST /deployments/': () => ({ flow_id: first.flowId, name: 'through rest' }),
    'PATCH /deployments/:id': () => ({ description: 'through rest' }),
    'POST /deployments/:id/create_flow_run': () => ({}),
    'PATCH /variables/name/:name': () => ({ value: 2 }),
    'PATCH /variables/:id': () => ({ value: 2 }),
    'PATCH /flows/:id': () => ({ tags: ['through rest'] }),
    'PATCH /flow_runs/:id': () => ({ name: 'through rest' }),
    'PATCH /flow_runs/:id/labels': () => ({ through: 'rest' }),
    'POST /flow_runs/:id/resume': () => ({}),
    'POST /flow_runs/:id/input': () => ({ key: 'through-rest', value: '1' }),
    'POST /flow_runs/:id/input/filter': () => ({ prefix: '' }),
    'POST /flow_runs/history': () => ({
      history_start: '2026-01-01T00:00:00Z',
      history_end: '2027-01-01T00:00:00Z',
      history_interval_seconds: 86_400,
    }),
    'POST /flow_runs/lateness': () => ({}),
    'POST /flow_runs/bulk_delete': () => ({ flow_runs: { id: { any_: [first.flowRunId] } } }),
    'POST /flow_runs/bulk_set_state': () => ({ flow_runs: { id: { any_: [first.flowRunId] } }, state: { type: 'FAILED' } }),
    'POST /flows/bulk_delete': () => ({ flows: { id: { any_: [first.flowId] } } }),
    ...Object.fromEntries(
      [
        'flows',
        'flow_runs',
        'task_runs',
        'deployments',
        'logs',
        'artifacts',
        'variables',
        'saved_searches',
        'block_types',
        'block_schemas',
        'block_documents',
      ].flatMap(noun => ['filter', 'count', 'paginate'].map(verb => [`POST /${noun}/${verb}`, () => ({})])),
    ),
  }
  const prefix = '/api/workspaces/:workspaceSlug'

  test('finds nothing of the first on any route, and changes nothing in it', async () => {
    const before = await rowsOf(defaultWorkspace.id)
    const routes = doors.routes
      .filter(route => route.includes(prefix) && !/^(HEAD|OPTIONS) /.test(route))
      .map(route => route.replace(prefix, ''))
    expect(routes.length).toBeGreaterThan(10)
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string]
      if (method !== 'GET' && method !== 'DELETE') expect(Object.keys(bodies)).toContain(route)
      const noun = /^\/([a-z]+(?:_runs|_run_notification_policies|_types|_schemas|_documents|_searches)?)/.exec(path)![1]!
      const id =
        {
          flows: first.flowId,
          deployments: first.deploymentId,
          task_runs: first.taskRunId!,
          artifacts: first.artifactId!,
          block_types: first.blockTypeId!,
          block_schemas: first.blockSchemaId!,
          block_documents: first.blockDocumentId!,
          variables: first.variableId!,
          saved_searches: first.savedSearchId!,
          flow_run_notification_policies: first.notificationPolicyId!,
        }[noun] ?? first.flowRunId
      const body = bodies[route]?.()
      const answer = await knock(doors.port, {
        method,
        path: `/api/workspaces/blue${path
          .replace(':id', id)
          .replace(':flowName', secret)
          .replace(/:slug|:checksum/, secret)
          .replace(/:name|:key/, secret)}`,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      expect({ route, told: told(answer.text, `${id} ${secret} ${first.eventId} ${JSON.stringify(body)}`) }).toEqual({ route, told: [] })
      if (route === 'POST /flow_runs/:id/input/filter') expect([answer.status, answer.text]).toEqual([200, '[]'])
      // A test above has made a flow of that name there.
      else if (route === 'GET /flows/name/:name') expect(JSON.parse(answer.text).id).not.toBe(first.flowId)
      else if (
        /:id|:name|:key|:slug|:checksum/.test(path) ||
        [
          'POST /flow_runs/',
          'POST /task_runs/',
          'POST /deployments/',
          'POST /artifacts/',
          'POST /block_schemas/',
          'POST /block_documents/',
        ].includes(route)
      )
        expect({ route, status: answer.status }).toEqual({ route, status: 404 })
      else expect(answer.status).toBeLessThan(500)
    }
    expect(await rowsOf(defaultWorkspace.id)).toEqual(before)
  })

  test('what it makes is its own', async () => {
    const answer = await fetch(`${doors.url}/api/workspaces/blue/flows/`, {
      method: 'POST',
      body: JSON.stringify({ name: secret }),
      headers: { 'content-type': 'application/json' },
    })
    const flow = (await answer.json()) as { id: string }
    expect(flow.id).not.toBe(first.flowId)
    expect((await fetch(`${doors.url}/api/flows/${flow.id}`)).status).toBe(404)
    expect((await fetch(`${doors.url}/api/workspaces/blue/flows/${flow.id}`)).status).toBe(200)
  })

  test('what was asked in vain there is told there alone', async () => {
    await fetch(`${doors.url}/api/workspaces/blue/nowhere-in-blue`)
    await fetch(`${doors.url}/api/nowhere-in-first`)
    const paths = async (url: string) =>
      (await graphql(url, '{ server { unknownRoutes { path } } }')).data.server.unknownRoutes.map((route: { path: string }) => route.path)
    expect(await paths(`${doors.url}/graphql`)).toEqual(['/api/nowhere-in-first'])
    expect(await paths(blueGraphql)).toEqual(['/api/workspaces/blue/nowhere-in-blue'])
  })
})

describe('live, in another workspace', () => {
  const happen = async (workspace: WorkspaceRef, mark: string) => {
    const ctx = doors.house.as(owner, workspace)
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
    const { events, logs, logId } = doors.house
    await ensureFlow(doors.house.as(owner, blue), { name: 'mine' })
    const cursor = encodeCursor({
      logId,
      log: field === 'logAppended' ? 'logs' : 'events',
      seq: field === 'logAppended' ? logs.newest : events.newest,
    })
    await happen(defaultWorkspace, secret)
    const subscribers = [overSocket, overEvents].map(over =>
      over(blueGraphql, `subscription ($after: Cursor) { ${field}(after: $after) ${selection} }`, { after: cursor }),
    )
    const first = subscribers.map(subscriber => subscriber.next())
    await happen(blue, 'mine')
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
    const before = await rowsOf(defaultWorkspace.id)
    const id = doors.house.ids.uuid()
    const socket = await openSocket(`ws://127.0.0.1:${doors.port}/api/workspaces/blue/events/in`, 'prefect')
    socket.socket.send('{"type":"auth","token":null}')
    expect(await socket.next()).toBe('{"type":"auth_success"}')
    socket.socket.send(JSON.stringify({ ...someEvent(id), occurred: '2026-11-25T13:00:00Z' }))
    await socket.ping()
    socket.socket.close()
    await socket.closed
    expect((await listEvents(doors.house.as(owner, blue), { filter: { ids: [id] } })).nodes).toHaveLength(1)
    expect(await rowsOf(defaultWorkspace.id)).toEqual(before)
  })
})

describe('a workspace that does not exist', () => {
  test('is answered 404 by REST, GraphQL and sockets, in the shape of each', async () => {
    const json = { 'content-type': 'application/json' }
    const rest = await knock(doors.port, { path: '/api/workspaces/nowhere/health' })
    expect([rest.status, JSON.parse(rest.text)]).toEqual([404, { detail: 'Workspace nowhere not found' }])
    for (const question of [
      { method: 'POST', body: '{"query":"{ __typename }"}', headers: json },
      { path: '/workspaces/nowhere/graphql?query=%7B__typename%7D' },
    ]) {
      const answer = await knock(doors.port, { path: '/workspaces/nowhere/graphql', ...question })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        404,
        { errors: [{ message: 'Workspace nowhere not found', extensions: { code: 'NOT_FOUND' } }] },
      ])
    }
    expect((await upgrade(doors.port, '/workspaces/nowhere/graphql')).status).toBe(404)
    expect((await upgrade(doors.port, '/api/workspaces/nowhere/events/in')).status).toBe(404)
  })
})
