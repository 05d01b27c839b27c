import { describe, expect, test } from 'vitest'
import { forEachStorage } from '../storage/for-each-storage.ts'
import { type NotifyingServer, openNotifyingServer } from '../support/notifying-server.ts'

const preview = `query ($input: NotificationPolicyDraft!) {
  previewNotificationPolicy(draft: $input, start: "2000-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z") {
    sentence { kind text id }
    channelForms { channelId channelName kind error fields { name text } }
  }
}`
const sendTest = `mutation ($input: SendTestNotificationInput!) {
  sendTestNotification(input: $input) { answers { channelId channelName outcome status error excerpt } }
}`
const create = 'mutation ($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }'
const there = `{
  blockDocuments { nodes { name } }
  notificationPolicies { nodes { id } }
  notificationDeliveries { nodes { id } }
}`

const everything = ({ ask }: NotifyingServer) => ask(there)

const unsaved = ({ receiver }: NotifyingServer, path: string) => ({
  customWebhook: {
    name: path,
    url: `http://127.0.0.1:${receiver.port}/${path}/{{key}}`,
    jsonData: { text: '{{subject}}' },
    secrets: { key: 'S3cret' },
  },
})
const slack = { slackWebhook: { url: 'https://hooks.slack.com/services/S3cret' } }
const unknownId = '019ab000-0000-7000-8000-00000000dead'

forEachStorage(open => {
  describe('channels that nobody has saved', () => {
    test('are previewed and tested beside those that are, with secrets masked, and stay unsaved', async () => {
      const server = await openNotifyingServer(open)
      const saved = await server.newWebhook('saved')
      const before = await everything(server)
      const channels = [
        { create: { name: 'alerts', channel: unsaved(server, 'hook') } },
        { reference: 'saved' },
        { create: { channel: slack } },
        { create: { channel: { url: 'slack://a/b/S3cret' } } },
        { reference: 'custom-webhook/alerts' },
      ]
      const { data, errors } = await server.ask(preview, { input: { channels } })
      expect(errors).toBeUndefined()
      const { sentence, channelForms } = data.previewNotificationPolicy
      expect(sentence.filter(({ kind }: any) => kind === 'CHANNEL')).toEqual([
        { kind: 'CHANNEL', text: 'alerts', id: null },
        { kind: 'CHANNEL', text: 'saved', id: saved },
        { kind: 'CHANNEL', text: 'slack-webhook', id: null },
        { kind: 'CHANNEL', text: 'slack-webhook-2', id: null },
      ])
      expect(channelForms.map(({ fields, ...form }: any) => ({ ...form, fields: fields.length }))).toEqual([
        { channelId: null, channelName: 'alerts', kind: 'custom-webhook', error: null, fields: expect.any(Number) },
        { channelId: saved, channelName: 'saved', kind: 'custom-webhook', error: null, fields: expect.any(Number) },
        { channelId: null, channelName: 'slack-webhook', kind: 'slack-webhook', error: null, fields: expect.any(Number) },
        { channelId: null, channelName: 'slack-webhook-2', kind: 'slack-webhook', error: null, fields: expect.any(Number) },
      ])
      server.receiver.behave(({ url }, response) => void response.end(`heard at ${url}`))
      const tested = await server.ask(sendTest, { input: { channels: channels.slice(0, 2) } })
      expect(tested.data.sendTestNotification.answers).toEqual([
        { channelId: null, channelName: 'alerts', outcome: 'DELIVERED', status: 200, error: null, excerpt: 'heard at /hook/********' },
        { channelId: saved, channelName: 'saved', outcome: 'DELIVERED', status: 200, error: null, excerpt: 'heard at /saved' },
      ])
      expect(server.receiver.received.map(({ url }) => url).toSorted()).toEqual(['/hook/S3cret', '/saved'])
      expect(JSON.stringify([data, tested])).not.toContain('S3cret')
      expect(await everything(server)).toEqual(before)
    })

    test('are refused as they would be when they were saved, and nothing is sent', async () => {
      const server = await openNotifyingServer(open)
      await server.newWebhook('saved')
      const made = (name: string, channel: object) => ({ create: { name, channel } })
      const refused = [
        { channels: [{ reference: 'nobody' }] },
        { channels: [made('saved', unsaved(server, 'hook'))] },
        { channels: [made('twice', slack), made('twice', slack)] },
        { channels: [made('Not fit', slack)] },
        { channels: [made('new', { slackWebhook: { url: 'S3cret' } })] },
        { channels: [made('new', { url: 'telegram://S3cret' })] },
        { channels: [made('new', { customWebhook: { name: 'n', url: 'http://127.0.0.1/{{S3cret}}' } })] },
        { channels: [made('new', { customWebhook: { name: 'n', url: '********' } })] },
        {
          channels: [
            made('new', { customWebhook: { name: 'n', url: 'http://127.0.0.1/', jsonData: { $ref: { block_document_id: unknownId } } } }),
          ],
        },
        { channels: [made('new', slack)], channelIds: [unknownId] },
      ]
      const told = async (document: string, input: object) => {
        const { data, errors } = await server.ask(document, { input })
        return (errors ?? [data]).map(({ message, extensions }: any) => ({
          message: message.replace(/^draft\./, ''),
          code: extensions?.code,
        }))
      }
      for (const input of refused) {
        const asSaved = await told(create, input)
        expect(asSaved).toMatchObject([{ code: expect.stringMatching(/^(INVALID|CONFLICT|NOT_FOUND)$/) }])
        expect(await told(preview, input)).toEqual(asSaved)
        expect(await told(sendTest, input)).toEqual(asSaved)
      }
      const eleven = { channels: Array.from({ length: 11 }, () => ({ reference: 'saved' })) }
      expect(await told(preview, eleven)).toMatchObject([{ message: 'channels: must name at most 10 channels' }])
      expect(await told(sendTest, eleven)).toEqual(await told(create, eleven))
      expect(await told(sendTest, {})).toEqual(await told(create, {}))
      expect(server.receiver.received).toEqual([])
    })
  })
})
