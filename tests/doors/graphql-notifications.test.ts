import { describe, expect, onTestFinished, test } from 'vitest'
import { forEachStorage } from '../storage/for-each-storage.ts'
import { type NotifyingServer, openNotifyingServer } from '../support/notifying-server.ts'
import { patiently } from '../support/patiently.ts'
import { overSocket } from './subscription.ts'

const preview = `query ($draft: NotificationPolicyDraft!, $flowRunId: UUID) {
  previewNotificationPolicy(draft: $draft, start: "2000-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z", flowRunId: $flowRunId) {
    transitionCount matchCount messageCount
    examples { flowRunId flowRunName stateType isFolded reason }
    message { subject link }
    channelForms { channelId kind recipients error fields { name text isHtml } }
  }
}`

const sendTest = `mutation ($input: SendTestNotificationInput!) {
  sendTestNotification(input: $input) { answers { channelId outcome status excerpt error latencyMilliseconds } }
}`

const deliveries = `query ($filter: NotificationDeliveryFilter) {
  notificationDeliveries(filter: $filter) {
    eventCursor
    nodes { id status flowRunId attemptCount reason lastError attempts { ordinal outcome status } }
  }
}`

const changes = `subscription ($filter: NotificationDeliveryFilter, $after: Cursor) {
  notificationDeliveryChanged(filter: $filter, after: $after) { cursor changes { notificationDelivery { id status flowRunId } } }
}`

const redeliver = 'mutation ($id: UUID!) { redeliverNotification(input: { id: $id }) { notificationDelivery { id status } } }'
const mute = `mutation ($id: UUID!, $until: DateTime) {
  muteNotificationPolicy(input: { id: $id, until: $until }) { notificationPolicy { mutedUntil } }
}`

const listed = async ({ ask }: NotifyingServer, filter: object = {}) => (await ask(deliveries, { filter })).data.notificationDeliveries

const newChannel = async ({ ask }: NotifyingServer, name: string, channel: object): Promise<string> =>
  (await ask('mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id } } }', { input: { name, channel } }))
    .data.createChannel.channel.id

const unknownId = '019ab000-0000-7000-8000-00000000dead'

forEachStorage(open => {
  describe('over GraphQL', () => {
    test('a preview tells what a draft would have told of, and what each of its channels would be given, without secrets', async () => {
      const server = await openNotifyingServer(open)
      const webhook = await server.newWebhook('hook')
      const smtpEmail = { smtpServer: 'mx.example.org', fromEmail: 'us@example.org', toEmails: ['a@example.org', 'b@example.org'] }
      const mail = await newChannel(server, 'mail', { smtpEmail })
      const pagerDutyWebhook = { integrationKey: 'S3cret-key', apiKey: 'S3cret-api' }
      const pager = await newChannel(server, 'pager', { pagerDutyWebhook })
      const runs = [await server.fail('first-run'), await server.fail('second-run')]
      const draft = { stateTypes: ['FAILED'], channelIds: [webhook, mail, pager, unknownId], groupBy: 'FLOW' }
      const { data, errors } = await server.ask(preview, { draft, flowRunId: runs[0] })
      expect(errors).toBeUndefined()
      const { channelForms, ...found } = data.previewNotificationPolicy
      expect(found).toEqual({
        transitionCount: 2,
        matchCount: 2,
        messageCount: 1,
        examples: [
          { flowRunId: runs[1], flowRunName: 'second-run', stateType: 'FAILED', isFolded: true, reason: expect.stringMatching(/group/) },
          { flowRunId: runs[0], flowRunName: 'first-run', stateType: 'FAILED', isFolded: false, reason: null },
        ],
        message: { subject: 'Flow run first-run of daily-etl: failed', link: expect.stringContaining(runs[0]!) },
      })
      const form = (channelId: string) => {
        const { fields, ...rest } = channelForms.find((one: any) => one.channelId === channelId)
        return { ...rest, fields: Object.fromEntries(fields.map(({ name, text }: any) => [name, text])) }
      }
      expect(form(webhook)).toMatchObject({ kind: 'custom-webhook', error: null, fields: { text: found.message.subject } })
      expect(form(mail)).toMatchObject({
        kind: 'smtp-email',
        recipients: ['a@example.org', 'b@example.org'],
        fields: {
          from: 'us@example.org',
          subject: found.message.subject,
          text: expect.stringContaining('first-run'),
          html: expect.stringMatching(/^<p>The first-run run .*<a href="http/s),
        },
      })
      expect(form(pager).fields).toMatchObject({
        routing_key: '********',
        event_action: 'trigger',
        dedup_key: expect.stringContaining(runs[0]!),
        'payload.summary': found.message.subject,
        'payload.severity': 'critical',
        'payload.source': 'Prefect',
      })
      expect(form(unknownId)).toEqual({
        channelId: unknownId,
        kind: null,
        recipients: [],
        fields: {},
        error: 'The channel was deleted.',
      })
      expect(JSON.stringify(data)).not.toContain('S3cret')
      expect(server.receiver.received).toEqual([])
    })

    test('a test is really sent, and what the channel answered comes back, good or bad', async () => {
      const server = await openNotifyingServer(open)
      const channelIds = [await server.newWebhook('good'), await server.newWebhook('bad')]
      server.receiver.behave(({ url }, response) => void response.writeHead(url === '/good' ? 200 : 404).end(`from ${url}`))
      const flowRunId = await server.fail('told-run')
      const { data } = await server.ask(sendTest, { input: { channelIds, flowRunId, subjectTemplate: '{{ flow_run_name }}!' } })
      expect(data.sendTestNotification.answers).toEqual([
        {
          channelId: channelIds[0],
          outcome: 'DELIVERED',
          status: 200,
          excerpt: 'from /good',
          error: null,
          latencyMilliseconds: expect.any(Number),
        },
        {
          channelId: channelIds[1],
          outcome: 'FAILED',
          status: 404,
          excerpt: 'from /bad',
          error: expect.any(String),
          latencyMilliseconds: expect.any(Number),
        },
      ])
      expect(server.receiver.received.map(({ body }) => JSON.parse(body))).toEqual([
        { text: 'Test: told-run!' },
        { text: 'Test: told-run!' },
      ])
      expect((await listed(server)).nodes).toEqual([])
      const unknown = await server.ask(sendTest, { input: { channelIds, flowRunId: unknownId } })
      expect(unknown.errors).toMatchObject([{ message: expect.stringContaining(unknownId), extensions: { code: 'NOT_FOUND' } }])
    })

    test('who subscribes to deliveries goes on where the list was read, and hears of each as it is sent, by the filter', async () => {
      const server = await openNotifyingServer(open)
      await server.newPolicy([await server.newWebhook('hook')])
      const { eventCursor: after } = await listed(server)
      const all = overSocket(server.url, changes, { after })
      const sent = overSocket(server.url, changes, { after, filter: { statuses: ['DELIVERED'] } })
      onTestFinished(async () => void (await Promise.all([all.leave(), sent.leave()])))
      const run = await server.fail('told-run')
      const heard = async (subscriber: typeof all) =>
        (await subscriber.next()).data.notificationDeliveryChanged.changes.map((change: any) => change.notificationDelivery)
      const [delivery, ...others] = await heard(sent)
      expect(delivery).toMatchObject({ flowRunId: run, status: 'DELIVERED' })
      expect(others).toEqual([])
      const first = await heard(all)
      expect(first).toMatchObject([{ id: delivery.id, flowRunId: run }])
      expect(server.receiver.received.map(({ headers }) => headers['castellan-delivery'])).toEqual([delivery.id])
    })

    test('what was given up is sent again under its id when somebody says so, and not while it is on its way', async () => {
      const server = await openNotifyingServer(open)
      await server.newPolicy([await server.newWebhook('hook')])
      server.receiver.behave((_request, response) => void response.writeHead(404).end('gone'))
      await server.fail('told-run')
      await patiently(async () => expect((await listed(server)).nodes).toMatchObject([{ status: 'DEAD', lastError: expect.any(String) }]))
      const [{ id }] = (await listed(server)).nodes
      let answer = () => {}
      server.receiver.behave((_request, response) => (answer = () => void response.end('taken')))
      const again = await server.ask(redeliver, { id })
      expect(again.data.redeliverNotification.notificationDelivery).toEqual({ id, status: 'PENDING' })
      await patiently(() => expect(server.receiver.received).toHaveLength(2))
      expect((await server.ask(redeliver, { id })).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }])
      answer()
      await patiently(async () =>
        expect((await listed(server, { statuses: ['DELIVERED'] })).nodes).toMatchObject([
          {
            id,
            attempts: [
              { ordinal: 1, outcome: 'FAILED', status: 404 },
              { ordinal: 2, outcome: 'DELIVERED', status: 200 },
            ],
          },
        ]),
      )
      expect(server.receiver.received.map(({ headers }) => headers['castellan-delivery'])).toEqual([id, id])
      expect((await server.ask(redeliver, { id: unknownId })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    })

    test('a muted policy sends nothing until its mute is ended', async () => {
      const server = await openNotifyingServer(open)
      const id = await server.newPolicy([await server.newWebhook('hook')])
      const until = '2100-01-01T00:00:00.000000Z'
      expect((await server.ask(mute, { id, until })).data.muteNotificationPolicy.notificationPolicy).toEqual({ mutedUntil: until })
      const silent = await server.fail('silent-run')
      await patiently(async () =>
        expect((await listed(server)).nodes).toMatchObject([
          { flowRunId: silent, status: 'MUTED', attemptCount: 0, reason: expect.stringContaining('2100-01-01') },
        ]),
      )
      await server.ask(mute, { id, until: null })
      const told = await server.fail('told-run')
      await patiently(async () => expect((await listed(server, { statuses: ['DELIVERED'] })).nodes).toMatchObject([{ flowRunId: told }]))
      expect(server.receiver.received.map(({ body }) => body)).toEqual([expect.stringContaining('told-run')])
      expect((await server.ask(mute, { id: unknownId, until })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    })
  })
})
