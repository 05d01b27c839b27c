import { describe, expect, onTestFinished, test } from 'vitest'
import { receiveEvents } from '../../src/core/events/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import {
  createNotificationPolicy,
  listNotificationDeliveries,
  muteNotificationPolicy,
  notificationAttempts,
  pauseNotificationPolicy,
  redeliverNotification,
  resumeNotificationPolicy,
  updateNotificationPolicy,
} from '../../src/core/notifications/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import type { WorkspaceRef } from '../../src/kernel/context.ts'
import { startServices } from '../../src/services/index.ts'
import { forEachStorage, type OpenHouse } from '../storage/for-each-storage.ts'
import { delivered, makeChannel, receive } from '../support/channels.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { patiently } from '../support/patiently.ts'
import { skippingClock } from '../support/skipping-clock.ts'

async function serve(house: BareHouse) {
  const services = startServices(house as never)
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await services.stop()
    isStopped = true
  }
  onTestFinished(stop)
  // The place of a follower that is new is the end of the log: what happens before it has taken it is not its business.
  await patiently(() => expect(house.serviceTicks.list().map(({ name }) => name)).toContain('notifier'))
  await patiently(() => expect(house.events.services).toBeGreaterThan(0))
  return { stop }
}

async function opened(open: OpenHouse, answer?: Parameters<typeof receive>[1]) {
  const clock = skippingClock()
  const house = await open({ clock })
  const sent = receive(house, answer)
  const channelId = await makeChannel(house.as(), 'alerts')
  return { house, sent, channelId, skip: clock.skip }
}

async function enter(
  house: BareHouse,
  type: 'FAILED' | 'COMPLETED' | 'RUNNING' | 'CRASHED',
  over: Record<string, unknown> = {},
  room?: WorkspaceRef,
) {
  const ctx = house.as(undefined, room)
  const { flow } = await ensureFlow(ctx, { name: (over['flowName'] as string) ?? 'daily-etl' })
  const { run } = await createFlowRun(ctx, {
    flowId: flow.id,
    name: 'fuzzy-leopard',
    tags: (over['tags'] as string[]) ?? [],
    state: { type: 'RUNNING' },
  })
  if (type !== 'RUNNING') await setFlowRunState(ctx, { flowRunId: run.id, state: { type } })
  return run.id
}

const deliveries = async (house: BareHouse, filter = {}, room?: WorkspaceRef) =>
  (await listNotificationDeliveries(house.as(undefined, room), { filter, first: 200 })).nodes

const statuses = async (house: BareHouse) => (await deliveries(house)).map(({ status }) => status).toSorted()

forEachStorage(open => {
  describe('a run that enters a state', () => {
    test('is told to each channel of each policy that asks for it, once', async () => {
      const { house, sent, channelId } = await opened(open)
      const other = await makeChannel(house.as(), 'more')
      await createNotificationPolicy(house.as(), { name: 'failures', stateTypes: ['FAILED'], channelIds: [channelId, other] })
      await createNotificationPolicy(house.as(), { stateNames: ['Crashed'], channelIds: [channelId] })
      await serve(house)
      await enter(house, 'COMPLETED')
      const failed = await enter(house, 'FAILED')
      await enter(house, 'CRASHED')
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED', 'DELIVERED', 'DELIVERED']))
      expect(sent.map(({ url }) => url.split('/').at(-1)).toSorted()).toEqual(['alerts', 'alerts', 'more'])
      const [first] = await deliveries(house, { flowRunIds: [failed], channelIds: [channelId] })
      expect(first).toMatchObject({ kind: 'ALERT', policyName: 'failures', attemptCount: 1, lastError: null, stateName: 'Failed' })
      expect(sent.find(({ deliveryId }) => deliveryId === first!.id)).toMatchObject({
        subject: 'Flow run fuzzy-leopard of daily-etl: failed',
        body: expect.stringMatching(
          /^The fuzzy-leopard run of the daily-etl flow entered a failed state at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.$/,
        ),
        severity: 'failure',
        isResolve: false,
        link: expect.stringContaining(`/runs/flow-run/${failed}`),
        dedupKey: expect.stringContaining(failed),
      })
      expect(await notificationAttempts(house.as(), { ids: [first!.id] })).toMatchObject([
        { ordinal: 1, outcome: 'DELIVERED', status: 200, latencyMilliseconds: 10, excerpt: 'ok' },
      ])
    })

    test('is told by tags and flows that are asked for, in the room of the policy alone', async () => {
      const { house, sent, channelId } = await opened(open)
      const room = await openRoom(house, 'second')
      const { flow } = await ensureFlow(house.as(), { name: 'daily-etl' })
      await createNotificationPolicy(house.as(), { tags: ['prod'], flowIds: [flow.id], stateTypes: ['FAILED'], channelIds: [channelId] })
      await serve(house)
      await enter(house, 'FAILED', { tags: ['prod'] }, room)
      await enter(house, 'FAILED', { tags: ['test'] })
      await enter(house, 'FAILED', { tags: ['prod'], flowName: 'other' })
      const told = await enter(house, 'FAILED', { tags: ['test', 'prod'] })
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED']))
      expect(sent.map(({ link }) => link)).toEqual([expect.stringContaining(told)])
      expect(await deliveries(house, {}, room)).toEqual([])
    })

    test('is not told by a paused policy, nor afterwards', async () => {
      const { house, sent, channelId } = await opened(open)
      const { id } = await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId] })
      await serve(house)
      await pauseNotificationPolicy(house.as(), { id })
      await enter(house, 'FAILED')
      await resumeNotificationPolicy(house.as(), { id })
      const told = await enter(house, 'FAILED')
      await patiently(() => expect(sent.map(({ link }) => link)).toEqual([expect.stringContaining(told)]))
      expect(await statuses(house)).toHaveLength(1)
    })

    test('is told after a restart, if it was entered while no server was there', async () => {
      const { house, sent, channelId } = await opened(open)
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId] })
      const first = await serve(house)
      await enter(house, 'FAILED')
      await patiently(() => expect(sent).toHaveLength(1))
      await first.stop()
      const missed = await enter(house, 'FAILED')
      await serve(house)
      await patiently(() => expect(sent).toHaveLength(2))
      expect(sent[1]!.link).toContain(missed)
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED', 'DELIVERED']))
    })

    test('is told by the policy as it is when the log comes to it', async () => {
      const { house, sent, channelId } = await opened(open)
      const { id } = await createNotificationPolicy(house.as(), { stateTypes: ['CRASHED'], channelIds: [channelId] })
      await serve(house)
      await updateNotificationPolicy(house.as(), {
        id,
        change: { stateTypes: ['FAILED'], messageTemplate: '{flow_run_name} {flow_run_parameters}' },
      })
      await enter(house, 'FAILED')
      await patiently(() => expect(sent.map(({ body }) => body)).toEqual(['fuzzy-leopard {}']))
    })

    test('is only told if it did: an event that anybody sent is no proof', async () => {
      const { house, sent, channelId } = await opened(open)
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId] })
      await serve(house)
      const runId = await enter(house, 'RUNNING')
      await receiveEvents(house.as(), {
        events: [
          {
            id: house.ids.uuid(),
            occurred: house.clock.now(),
            event: 'prefect.flow-run.Failed',
            resource: { 'prefect.resource.id': `prefect.flow-run.${runId}`, 'prefect.resource.name': 'forged' },
            related: [{ 'prefect.resource.id': `prefect.flow.${house.ids.uuid()}`, 'prefect.resource.role': 'flow' }],
            payload: { validated_state: { type: 'FAILED', name: 'Failed' } },
          },
        ],
      })
      await enter(house, 'FAILED')
      await patiently(() => expect(sent).toHaveLength(1))
      expect(sent[0]!.subject).toContain('fuzzy-leopard')
      expect(await statuses(house)).toHaveLength(1)
    })
  })

  describe('a delivery', () => {
    test('that does not work is tried again, under the same id', async () => {
      let count = 0
      const { house, sent, channelId, skip } = await opened(open, () =>
        ++count < 2 ? { ...delivered, outcome: 'RETRY', status: 503, retryAfterSeconds: 30, error: 'busy' } : delivered,
      )
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId] })
      await serve(house)
      await enter(house, 'FAILED')
      await patiently(async () =>
        expect(await deliveries(house)).toMatchObject([{ status: 'PENDING', attemptCount: 1, lastError: 'busy' }]),
      )
      skip(60)
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED']))
      expect(new Set(sent.map(({ deliveryId }) => deliveryId)).size).toBe(1)
      const [{ id } = { id: '' }] = await deliveries(house)
      expect(
        (await notificationAttempts(house.as(), { ids: [id] })).map(({ ordinal, outcome, status }) => [ordinal, outcome, status]),
      ).toEqual([
        [1, 'RETRY', 503],
        [2, 'DELIVERED', 200],
      ])
    })

    test('that is refused is dead, and is sent again when somebody says so', async () => {
      let isDown = true
      const { house, sent, channelId } = await opened(open, () =>
        isDown ? { ...delivered, outcome: 'FAILED', status: 404, error: 'no such hook' } : delivered,
      )
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId] })
      await serve(house)
      await enter(house, 'FAILED')
      await patiently(async () =>
        expect(await deliveries(house)).toMatchObject([
          { status: 'DEAD', lastError: 'no such hook', reason: expect.stringContaining('refused') },
        ]),
      )
      isDown = false
      const [{ id } = { id: '' }] = await deliveries(house)
      await redeliverNotification(house.as(), { id })
      await patiently(async () => expect(await deliveries(house)).toMatchObject([{ id, status: 'DELIVERED', attemptCount: 2 }]))
      expect(sent.map(({ deliveryId }) => deliveryId)).toEqual([id, id])
    })

    test('of a muted policy is kept and not sent', async () => {
      const { house, sent, channelId } = await opened(open)
      const { id } = await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId] })
      const until = house.clock.now() + 3_600_000_000
      await muteNotificationPolicy(house.as(), { id, until })
      await serve(house)
      await enter(house, 'FAILED')
      await patiently(async () =>
        expect(await deliveries(house)).toMatchObject([{ status: 'MUTED', reason: expect.stringContaining(toIso(until).slice(0, 10)) }]),
      )
      expect(sent).toEqual([])
    })
  })

  describe('what is said', () => {
    test('is the default where a template cannot be filled in, and the delivery tells why', async () => {
      const { house, sent, channelId } = await opened(open)
      const messageTemplate = '{% for i in (1..9999999) %}{{ flow_name }}{% endfor %}'
      await createNotificationPolicy(house.as(), {
        stateTypes: ['FAILED'],
        channelIds: [channelId],
        messageTemplate,
        subjectTemplate: 'Oh!',
      })
      await serve(house)
      await enter(house, 'FAILED')
      await patiently(async () =>
        expect(await deliveries(house)).toMatchObject([
          {
            status: 'DELIVERED',
            subject: 'Oh!',
            body: expect.stringMatching(/^The fuzzy-leopard run/),
            reason: expect.stringMatching(/^The default stands in place of the message, whose template could not be filled in: .*limit/),
          },
        ]),
      )
      expect(sent).toMatchObject([{ subject: 'Oh!', body: expect.stringMatching(/^The fuzzy-leopard run/) }])
    })
  })

  describe('a storm', () => {
    test('is one message and one digest, and each run says where it was told', async () => {
      const { house, sent, channelId, skip } = await opened(open)
      await createNotificationPolicy(house.as(), {
        stateTypes: ['FAILED'],
        channelIds: [channelId],
        groupBy: 'FLOW',
        groupWaitSeconds: 60,
        repeatIntervalSeconds: 60,
      })
      await serve(house)
      await Promise.all(Array.from({ length: 20 }, () => enter(house, 'FAILED')))
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED', ...Array(19).fill('HELD')]))
      expect(sent).toHaveLength(1)
      skip(60)
      await patiently(async () => expect(await deliveries(house, { kinds: ['DIGEST'], statuses: ['DELIVERED'] })).toHaveLength(1))
      expect(sent).toHaveLength(2)
      expect(sent[1]).toMatchObject({
        subject: '19 more flow runs: daily-etl: failed',
        body: expect.stringMatching(
          /^19 more flow runs (at|between) .*:\n\n19 × daily-etl: failed\n\nfuzzy-leopard: http.*\nand 9 more\.$/s,
        ),
      })
      const [digest] = await deliveries(house, { kinds: ['DIGEST'] })
      const folded = await deliveries(house, { statuses: ['FOLDED'] })
      expect(digest).toMatchObject({ runCount: 19 })
      expect(folded).toHaveLength(19)
      for (const one of folded) expect(one).toMatchObject({ digestId: digest!.id, reason: expect.stringMatching(/group/) })
    })

    test('of more messages than a window takes ends in a digest', async () => {
      const { house, sent, channelId, skip } = await opened(open)
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId], maxPerWindow: 2, windowSeconds: 60 })
      await serve(house)
      await Promise.all(Array.from({ length: 5 }, (_, index) => enter(house, 'FAILED', { flowName: `flow-${index}` })))
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED', 'DELIVERED', 'HELD', 'HELD', 'HELD']))
      expect(sent).toHaveLength(2)
      skip(60)
      await patiently(() => expect(sent).toHaveLength(3))
      expect(sent[2]!.subject).toContain('3 more flow runs')
    })

    test('is said to be over when the flow next completes, once', async () => {
      const { house, sent, channelId } = await opened(open)
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId], resolveOnCompletion: true })
      await serve(house)
      await enter(house, 'COMPLETED')
      await enter(house, 'FAILED')
      await patiently(() => expect(sent).toHaveLength(1))
      await enter(house, 'COMPLETED')
      await patiently(() => expect(sent).toHaveLength(2))
      await enter(house, 'COMPLETED')
      expect(sent[1]).toMatchObject({ isResolve: true, severity: 'success', dedupKey: sent[0]!.dedupKey })
      await patiently(async () => expect(await statuses(house)).toEqual(['DELIVERED', 'DELIVERED']))
    })

    test('is not said to be over before it is told: the end waits while the alert is tried again', async () => {
      let isDown = true
      const { house, sent, channelId, skip } = await opened(open, ({ isResolve }) =>
        isDown && !isResolve ? { ...delivered, outcome: 'RETRY', status: 503, retryAfterSeconds: 30, error: 'busy' } : delivered,
      )
      await createNotificationPolicy(house.as(), { stateTypes: ['FAILED'], channelIds: [channelId], resolveOnCompletion: true })
      await serve(house)
      await enter(house, 'FAILED')
      await patiently(() => expect(sent).toHaveLength(1))
      await enter(house, 'COMPLETED')
      await patiently(async () =>
        expect(await deliveries(house, { kinds: ['RESOLVE'] })).toMatchObject([
          { status: 'PENDING', attemptCount: 0, reason: expect.stringMatching(/^It waits for .* which tells of the trouble/) },
        ]),
      )
      isDown = false
      await patiently(async () => {
        const unsent = await deliveries(house, { statuses: ['PENDING', 'SENDING'] })
        // Put forward while something is due or is being sent, the clock would run past its lease: it would be sent twice.
        if (unsent.every(({ status, dueAt }) => status === 'PENDING' && dueAt > house.clock.now())) skip(30)
        expect(unsent).toEqual([])
      })
      expect(sent.map(({ isResolve }) => isResolve).lastIndexOf(false)).toBe(sent.length - 2)
      expect(await deliveries(house, { kinds: ['RESOLVE'] })).toMatchObject([{ reason: null }])
    })
  })
})
