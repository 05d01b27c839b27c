// Trouble and its end, as PagerDuty and Opsgenie hear of them: what stands open there is what is in trouble here.
import { describe, expect, test } from 'vitest'
import { forEachStorage } from '../storage/for-each-storage.ts'
import { missingOpenssl } from '../support/authority.ts'
import { type NotifyingServer, openNotifyingServer } from '../support/notifying-server.ts'
import { patiently } from '../support/patiently.ts'
import type { Received } from '../support/receiver.ts'
import { describeUnless } from '../support/skip.ts'
import { skippingClock } from '../support/skipping-clock.ts'

const providers = ['events.pagerduty.com', 'api.opsgenie.com', 'hook.example.org']

/** What a request does to the incidents of a provider. */
function deedOf({ headers, url, body }: Received): { readonly key: string; readonly does: 'open' | 'close' } | undefined {
  const said = JSON.parse(body)
  if (headers['host'] === 'events.pagerduty.com') {
    const does = said.event_action === 'resolve' ? 'close' : 'open'
    return { key: `pagerduty ${said.dedup_key}`, does }
  }
  if (headers['host'] !== 'api.opsgenie.com') return undefined
  const closed = /^\/v2\/alerts\/([^/]+)\/close\?/.exec(url)?.[1]
  return closed === undefined
    ? { key: `opsgenie ${said.alias}`, does: 'open' }
    : { key: `opsgenie ${decodeURIComponent(closed)}`, does: 'close' }
}

/** The incidents that stand open after all that was taken. */
function openIncidents(taken: readonly Received[]): string[] {
  const open = new Set<string>()
  for (const { key, does } of taken.flatMap(request => deedOf(request) ?? [])) does === 'open' ? open.add(key) : open.delete(key)
  return [...open].map(key => key.split(' ')[0]!).toSorted()
}

const deliveries = `{ notificationDeliveries(first: 200) { nodes { id kind status reason attemptCount } } }`

async function openTroubled(open: Parameters<typeof openNotifyingServer>[0], over: object) {
  const clock = skippingClock()
  const server = await openNotifyingServer(open, { providers, clock })
  const channels = [
    { create: { channel: { pagerDutyWebhook: { integrationKey: 'key', apiKey: 'api' } } } },
    { create: { channel: { opsgenieWebhook: { apikey: 'key' } } } },
    { create: { channel: { customWebhook: { name: 'hook', url: 'https://hook.example.org/', jsonData: { body: '{{body}}' } } } } },
  ]
  const document =
    'mutation ($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }'
  await server.ask(document, { input: { stateTypes: ['FAILED'], resolveOnCompletion: true, channels, ...over } })
  const taken: Received[] = []
  let refuse: (request: Received) => boolean = () => false
  server.receiver.behave((request, response) => {
    if (refuse(request)) return void response.writeHead(503).end()
    taken.push(request)
    response.writeHead(202).end('{}')
  })
  return { ...server, taken, skip: clock.skip, refuseWhat: (which: typeof refuse) => void (refuse = which) }
}

const list = async ({ ask }: Pick<NotifyingServer, 'ask'>): Promise<any[]> => (await ask(deliveries)).data.notificationDeliveries.nodes
const countOf = async (server: NotifyingServer, kind: string, status: string) =>
  (await list(server)).filter(one => one.kind === kind && one.status === status).length
/** Three of them, one for each channel. */
const untilAll = (server: NotifyingServer, kind: string, status: string, times = 1) =>
  patiently(async () => expect(await countOf(server, kind, status)).toBe(3 * times))

const grouped = { groupBy: 'FLOW', groupWaitSeconds: 60, repeatIntervalSeconds: 60 }

describeUnless(missingOpenssl(), 'an incident', () => {
  forEachStorage(open => {
    describe('that stands open at a provider', () => {
      test('is not opened again by a digest of what was over before it, which is told all the same', async () => {
        const server = await openTroubled(open, grouped)
        await server.fail('first-run')
        await untilAll(server, 'ALERT', 'DELIVERED')
        expect(openIncidents(server.taken)).toEqual(['opsgenie', 'pagerduty'])
        await server.fail('held-run')
        await untilAll(server, 'ALERT', 'HELD')
        await server.complete('good-run')
        await untilAll(server, 'RESOLVE', 'DELIVERED')
        expect(openIncidents(server.taken)).toEqual([])
        server.skip(60)
        await untilAll(server, 'DIGEST', 'DELIVERED')
        expect(openIncidents(server.taken)).toEqual([])
        const heard = server.taken.filter(({ headers }) => headers['host'] === 'hook.example.org').map(({ body }) => JSON.parse(body).body)
        expect(heard.at(-1)).toMatch(/^1 more flow run at .*held-run: http.*The trouble is over: the flow has completed since\.$/s)
      })

      test('is opened by a digest while the trouble lasts, and closed by the end that follows', async () => {
        const server = await openTroubled(open, grouped)
        await server.fail('first-run')
        await untilAll(server, 'ALERT', 'DELIVERED')
        await server.complete('good-run')
        await untilAll(server, 'RESOLVE', 'DELIVERED')
        await server.fail('held-run')
        await untilAll(server, 'ALERT', 'HELD')
        server.skip(60)
        await untilAll(server, 'DIGEST', 'DELIVERED')
        expect(openIncidents(server.taken)).toEqual(['opsgenie', 'pagerduty'])
        await server.complete('better-run')
        await untilAll(server, 'RESOLVE', 'DELIVERED', 2)
        expect(openIncidents(server.taken)).toEqual([])
      })

      test('is not closed again where new trouble was over before anybody was told of it', async () => {
        const server = await openTroubled(open, grouped)
        await server.fail('first-run')
        await untilAll(server, 'ALERT', 'DELIVERED')
        await server.complete('good-run')
        await untilAll(server, 'RESOLVE', 'DELIVERED')
        await server.fail('held-run')
        await untilAll(server, 'ALERT', 'HELD')
        await server.complete('better-run')
        await server.fail('late-run')
        await untilAll(server, 'ALERT', 'HELD', 2)
        server.skip(60)
        await untilAll(server, 'DIGEST', 'DELIVERED')
        expect((await list(server)).filter(({ kind }) => kind === 'RESOLVE')).toHaveLength(3)
        expect(openIncidents(server.taken)).toEqual(['opsgenie', 'pagerduty'])
      })

      test('stays open when trouble is back before its end could be told', async () => {
        const server = await openTroubled(open, {})
        server.refuseWhat(request => deedOf(request)?.does === 'close')
        await server.fail('first-run')
        await untilAll(server, 'ALERT', 'DELIVERED')
        await server.complete('good-run')
        await patiently(async () =>
          expect((await list(server)).filter(({ kind, attemptCount }) => kind === 'RESOLVE' && attemptCount > 0)).toHaveLength(3),
        )
        await server.fail('second-run')
        await untilAll(server, 'ALERT', 'DELIVERED', 2)
        server.refuseWhat(() => false)
        await patiently(async () =>
          expect((await list(server)).every(({ status }) => status !== 'PENDING' && status !== 'SENDING')).toBe(true),
        )
        const overtaken = (await list(server)).filter(({ kind, status }) => kind === 'RESOLVE' && status === 'CANCELLED')
        expect(overtaken.map(({ reason }) => reason)).toEqual(overtaken.map(() => expect.stringMatching(/^There is new trouble, told by /)))
        expect(overtaken).toHaveLength(2)
        expect(openIncidents(server.taken)).toEqual(['opsgenie', 'pagerduty'])
        await server.complete('last-run')
        await patiently(() => expect(openIncidents(server.taken)).toEqual([]))
      })
    })
  })
})
