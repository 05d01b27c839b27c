import { afterAll, beforeAll, expect, test } from 'vitest'
import { installBlockTypes, openBlock } from '../../src/core/blocks/index.ts'
import { channelKinds, isChannelKind, parseChannel } from '../../src/core/channels/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { openRest, type RestHouse } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
  await installBlockTypes(rest.doors.house.as(owner), {})
})
afterAll(() => rest.close())

const create = (name: string, channel: object) =>
  graphql(
    `${rest.doors.url}/graphql`,
    'mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id data blockType { slug } } } }',
    { input: { name, channel } },
  )

const inputs = {
  customWebhook: { name: 'hook', url: 'https://example.org/', jsonData: { a: '{{key}}' }, timeout: 2.5, secrets: { key: 'S3cret-1' } },
  discordWebhook: { webhookId: 'S3cret-2', webhookToken: 'S3cret-3', tts: true },
  mattermostWebhook: { hostname: 'mm.example.org', token: 'S3cret-4', channels: ['a', 'b'], port: 443, secure: true },
  msTeamsWebhook: { url: 'https://x.logic.azure.com/workflows/S3cret-5' },
  opsgenieWebhook: { apikey: 'S3cret-6', targetTeam: ['data'], regionName: 'eu', priority: 1, details: { stage: 'prod' } },
  pagerDutyWebhook: { integrationKey: 'S3cret-7', apiKey: 'S3cret-8', classId: 'run' },
  sendgridEmail: { apiKey: 'S3cret-9', senderEmail: 'a@example.org', toEmails: ['b@example.org'] },
  slackWebhook: { url: 'https://hooks.slack.com/services/S3cret-10' },
  smtpEmail: {
    smtpServer: 'mx.example.org',
    username: 'me',
    password: 'S3cret-11',
    fromEmail: 'a@example.org',
    toEmails: ['b@example.org'],
  },
  twilioSms: { accountSid: 'AC1', authToken: 'S3cret-12', fromPhoneNumber: '+1', toPhoneNumbers: ['+2'] },
}

test('every kind of channel can be made by its fields', () => {
  expect(Object.keys(inputs)).toHaveLength(channelKinds.length)
})

test.each(Object.entries(inputs))(
  'a channel is made by the fields of %s, sends what was given, and shows no secret',
  async (kind, input) => {
    const { data, errors } = await create(`by-fields-${kind.toLowerCase()}`, { [kind]: input })
    expect(errors).toBeUndefined()
    const { channel } = data!['createChannel']
    expect(JSON.stringify(channel)).not.toContain('S3cret')
    const opened = await openBlock(rest.doors.house.as(owner), { id: channel.id })
    if (!isChannelKind(opened.blockTypeSlug)) throw new Error(`${opened.blockTypeSlug} is no channel`)
    const { config } = parseChannel(opened.blockTypeSlug, opened.data)
    const snake = (name: string) => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
    expect(config).toMatchObject(Object.fromEntries(Object.entries(input).map(([name, value]) => [snake(name), value])))
  },
)

test('a channel is made by an Apprise URL', async () => {
  const { data } = await create('by-url', { url: 'discord://bot@Id123/S3cret' })
  expect(data!['createChannel'].channel).toMatchObject({
    blockType: { slug: 'discord-webhook' },
    data: { botname: 'bot', webhook_id: '********', webhook_token: '********' },
  })
})

test.each([
  [{ slackWebhook: { url: 'S3cret' } }, 'INVALID', 'url: must be an http:// or https:// URL'],
  [{ url: 'telegram://S3cret' }, 'INVALID', 'url: is of no form that is known for telegram://'],
  [{ smtpEmail: { ...inputs.smtpEmail, password: null } }, 'INVALID', 'password: goes with a username'],
  [{ slackWebhook: inputs.slackWebhook, url: 'slack://a/b/S3cret' }, undefined, 'exactly one field must be specified'],
  [{}, undefined, 'exactly one field must be specified'],
])('a channel that could not send is not made, and the error names what is wrong: %j', async (channel, code, message) => {
  const { errors } = await create('wrong', channel)
  expect(errors![0]).toMatchObject({ message: expect.stringContaining(message), ...(code ? { extensions: { code } } : {}) })
  expect(JSON.stringify(errors)).not.toContain('S3cret')
})
