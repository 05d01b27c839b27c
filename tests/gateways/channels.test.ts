import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChannelKind, ChannelMessage, ChannelSender } from '../../src/core/channels/index.ts'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { createEgress, type Egress } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { createAuthority, missingOpenssl } from '../support/authority.ts'
import { openProxy, type TestProxy } from '../support/proxy.ts'
import { openReceiver, type Received, type Receiver } from '../support/receiver.ts'
import { describeUnless } from '../support/skip.ts'
import { message } from './message.ts'

const withLink = `${message.body}\n${message.link}`

const hosts = [
  ...['hooks.slack.com', 'prod-1.westus.logic.azure.com', 'discord.com', 'events.pagerduty.com', 'events.eu.pagerduty.com'],
  ...['api.opsgenie.com', 'api.eu.opsgenie.com', 'api.sendgrid.com', 'api.twilio.com', 'mm.example.org', 'hook.example.org'],
]

const channels = {
  'custom-webhook': { name: 'hook', url: 'https://hook.example.org/in', json_data: { text: '{{subject}}' } },
  'slack-webhook': { url: 'https://hooks.slack.com/services/T0000/B0000/Sl4ckT0ken' },
  'ms-teams-webhook': {
    url: 'https://prod-1.westus.logic.azure.com/workflows/wf/triggers/manual/paths/invoke?api-version=2016-06-01&sig=S1gnature',
  },
  'discord-webhook': { webhook_id: '123456', webhook_token: 'D1scordT0ken' },
  'mattermost-webhook': { hostname: 'mm.example.org', secure: true, port: 443, token: 'M4ttermostT0ken' },
  'opsgenie-webhook': { apikey: '0psgenieKey' },
  'pager-duty-webhook': { integration_key: 'Integr4tionKey', api_key: 'P4gerKey' },
  'sendgrid-email': { api_key: 'SG.S3ndgridKey', sender_email: 'castellan@example.org', to_emails: ['a@example.org'] },
  'twilio-sms': { account_sid: 'AC0001', auth_token: 'Tw1lioT0ken', from_phone_number: '+12025550100', to_phone_numbers: ['+12025550101'] },
} as const satisfies Partial<Record<ChannelKind, object>>
const kinds = Object.keys(channels) as (keyof typeof channels)[]

describeUnless(missingOpenssl(), 'a channel', () => {
  let receiver: Receiver
  let proxy: TestProxy
  let egress: Egress
  let sender: ChannelSender

  beforeAll(async () => {
    const authority = createAuthority(hosts)
    receiver = await openReceiver({ tls: authority })
    proxy = await openProxy(() => receiver.port)
    const settings = loadSettings({
      CASTELLAN_EGRESS_ALLOW: `127.0.0.1:${proxy.port}`,
      CASTELLAN_EGRESS_CA_FILE: authority.caFile,
      https_proxy: `http://127.0.0.1:${proxy.port}`,
    })
    egress = createEgress({ settings, clock: systemClock, listeners: () => [] })
  })
  beforeEach(() => {
    sender = createChannelSender({ egress, clock: systemClock })
    receiver.received.length = 0
    proxy.asked.length = 0
    receiver.behave((_request, response) => void response.end('ok'))
  })
  afterAll(async () => {
    await egress.close()
    await proxy.close()
    await receiver.close()
  })

  const send = (kind: keyof typeof channels, config: object = {}, change: Partial<ChannelMessage> = {}) =>
    sender.send(kind, { ...channels[kind], ...config }, { ...message, ...change })
  const only = (): Received & { json: any; form: Record<string, string> } => {
    expect(receiver.received).toHaveLength(1)
    return read(receiver.received[0]!)
  }
  const answer = (status: number, text = '', headers: Record<string, string> = {}) =>
    receiver.behave((_request, response) => void response.writeHead(status, headers).end(text))

  test.each(kinds)('is shown as %s would get it, field by field, without its secrets', async kind => {
    const { fields, recipients } = sender.render(kind, channels[kind], message)
    await send(kind)
    const { body } = only()
    for (const { text } of fields.filter(({ text, isHtml }) => text !== '' && !isHtml && !text.includes('*')))
      expect(isSpoken(body, text), `${text} in ${body}`).toBe(true)
    expect(fields.some(({ text }) => text.includes('fuzzy-leopard'))).toBe(true)
    for (const secret of Object.values(channels[kind]))
      if (/T0ken|S1g|Key/.test(String(secret))) expect(JSON.stringify(fields)).not.toContain(secret)
    expect(recipients).toEqual({ 'sendgrid-email': ['a@example.org'], 'twilio-sms': ['+12025550101'] }[kind as string] ?? [])
  })

  describe('to Slack', () => {
    test('posts one attachment, with what Slack reads escaped, to the webhook', async () => {
      expect(await send('slack-webhook')).toMatchObject({ outcome: 'DELIVERED', status: 200, excerpt: 'ok', error: null, remaining: null })
      const { method, url, headers, json } = only()
      expect([method, url, headers['host'], headers['content-type']]).toEqual([
        'POST',
        '/services/T0000/B0000/Sl4ckT0ken',
        'hooks.slack.com',
        'application/json',
      ])
      expect(json).toEqual({
        mrkdwn: true,
        attachments: [
          {
            title: 'Flow run daily-etl/fuzzy-leopard &lt;failed&gt;',
            text: `It entered Failed &amp; stays there.\nSee <https://docs.example.org|the docs>.\n${message.link}`,
            color: '#A32037',
            footer: 'Castellan Notifications',
            ts: 1_795_608_000,
          },
        ],
      })
    })

    test('says how much was left out of what is too long', async () => {
      await send('slack-webhook', {}, { body: 'x'.repeat(40_000), link: null })
      const { text } = only().json.attachments[0]
      expect([35_000, 34_999]).toContain(text.length)
      expect(text).toMatch(/xx\n… \(\d+ more characters\)$/)
      const [, left] = /\((\d+) more/.exec(text)!
      expect(text.indexOf('\n') + Number(left)).toBe(40_000)
    })

    test('may stand anywhere where the same is taken', async () => {
      await send('slack-webhook', { url: 'https://hook.example.org/slack', notify_type: 'success' })
      expect(only()).toMatchObject({ url: '/slack', json: { attachments: [{ color: '#3AA337' }] } })
    })
  })

  test('to Microsoft Teams posts an adaptive card; 202 is success', async () => {
    answer(202)
    expect(await send('ms-teams-webhook')).toMatchObject({ outcome: 'DELIVERED', status: 202, excerpt: null })
    const { url, json } = only()
    expect(url).toBe('/workflows/wf/triggers/manual/paths/invoke?api-version=2016-06-01&sig=S1gnature')
    expect(json).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              {
                type: 'TextBlock',
                text: message.subject,
                style: 'heading',
                weight: 'Bolder',
                size: 'Large',
                color: 'Attention',
                wrap: true,
                id: 'title',
              },
              { type: 'TextBlock', text: withLink, style: 'default', wrap: true, id: 'body' },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Open', url: message.link }],
            msteams: { width: 'full' },
          },
        },
      ],
    })
  })

  describe('to Discord', () => {
    test('posts one text of at most 2000 signs; 204 is success', async () => {
      answer(204)
      expect(await send('discord-webhook', { botname: 'castellan', avatar: true, avatar_url: 'https://a.example/b.png' })).toMatchObject({
        outcome: 'DELIVERED',
      })
      const { url, json } = only()
      expect(url).toBe('/api/webhooks/123456/D1scordT0ken')
      expect(json).toEqual({
        tts: false,
        wait: true,
        content: `${message.subject}\r\n${withLink}`,
        username: 'castellan',
        avatar_url: 'https://a.example/b.png',
      })
      receiver.received.length = 0
      await send('discord-webhook', {}, { body: '🙂'.repeat(1500) })
      expect(only().json.content.length).toBeLessThanOrEqual(2000)
      expect(only().json.content.isWellFormed()).toBe(true)
    })

    test('waits as long as an answer before asked for, and is not asked when that is long', async () => {
      answer(204, '', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '0.4' })
      await send('discord-webhook')
      expect((await send('discord-webhook')).latencySeconds).toBeGreaterThan(0.2)
      answer(429, '{"message": "You are being rate limited.", "retry_after": 64.57, "global": false}')
      expect(await send('discord-webhook', { webhook_token: '0ther' })).toMatchObject({
        outcome: 'RETRY',
        status: 429,
        retryAfterSeconds: 64.57,
      })
      receiver.received.length = 0
      const refused = await send('discord-webhook', { webhook_token: '0ther' })
      expect(refused).toMatchObject({ outcome: 'RETRY', status: null, error: 'It takes no more messages for now.' })
      expect(refused.retryAfterSeconds).toBeGreaterThan(60)
      expect(receiver.received).toEqual([])
    })
  })

  test('to Mattermost posts to each channel; of those that fail only these remain', async () => {
    await send('mattermost-webhook', { path: 'chat/', botname: 'bot' })
    expect(only()).toMatchObject({
      url: '/chat/hooks/M4ttermostT0ken',
      headers: { host: 'mm.example.org' },
      json: { text: `${message.subject}\r\n${withLink}`, username: 'bot' },
    })
    receiver.received.length = 0
    receiver.behave((request, response) => void response.writeHead(request.body.includes('"two"') ? 503 : 200).end())
    const answered = await send('mattermost-webhook', { channels: ['one', '#two', 'three'] })
    expect(receiver.received.map(request => JSON.parse(request.body).channel).sort()).toEqual(['one', 'three', 'two'])
    expect(answered).toMatchObject({
      outcome: 'RETRY',
      status: 503,
      error: '2 of 3 recipients have it. #two: It answered 503.',
      remaining: ['#two'],
    })
    receiver.received.length = 0
    answer(200)
    expect(await send('mattermost-webhook', { channels: ['one', '#two', 'three'] }, { onlyTo: ['#two'] })).toMatchObject({
      outcome: 'DELIVERED',
    })
    expect(only().json.channel).toBe('two')
    expect(await send('mattermost-webhook', { channels: ['one'] }, { onlyTo: ['#two'] })).toMatchObject({
      outcome: 'FAILED',
      error: 'Who was still to be told is no longer among its recipients.',
    })
    expect(receiver.received).toHaveLength(1)
  })

  test('to very many who do not answer comes to an end, and names who was not asked', async () => {
    let elapsed = 0
    const hurried = createChannelSender({ egress, clock: { ...systemClock, elapsed: () => elapsed } })
    receiver.behave((_request, response) => {
      elapsed += 6000
      response.end()
    })
    const to_emails = Array.from({ length: 24 }, (_, index) => `a${index}@example.org`)
    const answered = await hurried.send('sendgrid-email', { ...channels['sendgrid-email'], to_emails }, message)
    expect(answered).toMatchObject({ outcome: 'RETRY', error: expect.stringContaining('8 of 24 recipients have it') })
    expect(answered.remaining).toEqual(to_emails.slice(8))
    expect(receiver.received).toHaveLength(8)
  })

  describe('to PagerDuty', () => {
    test('triggers an incident, with the message beside its summary', async () => {
      answer(202, '{"status":"success","dedup_key":"k"}')
      const config = { custom_details: { team: 'data' }, clickable_url: 'https://x.example/', group: 'etl', class_id: 'run' }
      expect(await send('pager-duty-webhook', config)).toMatchObject({ outcome: 'DELIVERED', status: 202 })
      const { url, headers, json } = only()
      expect([headers['host'], url, headers['authorization']]).toEqual(['events.pagerduty.com', '/v2/enqueue', 'Token token=P4gerKey'])
      expect(json).toEqual({
        routing_key: 'Integr4tionKey',
        event_action: 'trigger',
        dedup_key: message.deliveryId,
        client: 'Castellan Notifications',
        payload: {
          summary: message.subject,
          severity: 'critical',
          source: 'Prefect',
          component: 'Notification',
          group: 'etl',
          class: 'run',
          timestamp: '2026-11-25T12:00:00.250000Z',
          custom_details: { team: 'data', 'Prefect Notification Body': message.body },
        },
        links: [{ href: 'https://x.example/' }, { href: message.link }],
      })
    })

    test.each([
      ['info', 'info', 'info'],
      ['info', 'success', 'info'],
      ['info', 'warning', 'warning'],
      ['info', 'failure', 'critical'],
      ['warning', 'failure', 'warning'],
      ['success', 'failure', 'info'],
    ] as const)('set to %s says of a message of severity %s: %s', async (notify_type, severity, said) => {
      answer(202)
      await send('pager-duty-webhook', { notify_type, region_name: 'eu' }, { severity })
      expect(only()).toMatchObject({ headers: { host: 'events.eu.pagerduty.com' }, json: { payload: { severity: said } } })
    })

    test('joins what has one dedup key, and resolves it', async () => {
      answer(202)
      await send('pager-duty-webhook', {}, { dedupKey: 'policy-1/flow-2', isResolve: true })
      expect(only().json).toMatchObject({ event_action: 'resolve', dedup_key: 'policy-1/flow-2' })
    })
  })

  describe('to Opsgenie', () => {
    test('opens an alert for each responder, each under a name of its own', async () => {
      answer(202, '{"result":"Request will be processed"}')
      const config = {
        target_team: ['data'],
        target_user: ['ann@example.org'],
        tags: ['etl'],
        entity: 'etl',
        details: { stage: 'prod' },
        priority: 1,
      }
      expect(await send('opsgenie-webhook', config)).toMatchObject({ outcome: 'DELIVERED' })
      const bodies = receiver.received.map(read).sort((a, b) => (a.json.alias < b.json.alias ? -1 : 1))
      expect(bodies.map(({ url, headers }) => [headers['host'], url, headers['authorization']])).toEqual(
        Array(2).fill(['api.opsgenie.com', '/v2/alerts', 'GenieKey 0psgenieKey']),
      )
      const shared = {
        source: 'Castellan Notifications',
        message: message.subject,
        description: withLink,
        details: { stage: 'prod', type: 'failure' },
        priority: 'P1',
        tags: ['etl'],
        entity: 'etl',
      }
      expect(bodies.map(({ json }) => json)).toEqual([
        { ...shared, alias: `${message.deliveryId} / team data`, responders: [{ type: 'team', name: 'data' }] },
        { ...shared, alias: `${message.deliveryId} / user ann@example.org`, responders: [{ type: 'user', username: 'ann@example.org' }] },
      ])
    })

    test('opens one for 50 responders in a batch, and shortens the message to no more than 130 signs', async () => {
      answer(202)
      await send(
        'opsgenie-webhook',
        { target_user: Array.from({ length: 60 }, (_, index) => `u${index}`), batch: true, region_name: 'eu' },
        { subject: 's'.repeat(200) },
      )
      const bodies = receiver.received.map(read)
      expect(bodies.map(({ json }) => json.responders.length).sort()).toEqual([10, 50])
      expect(bodies.map(({ headers, json }) => [headers['host'], json.message.length])).toEqual(Array(2).fill(['api.eu.opsgenie.com', 129]))
    })

    test('closes the alert of a dedup key', async () => {
      answer(202)
      await send('opsgenie-webhook', { target_team: ['data'], alias: 'mine' }, { dedupKey: 'policy 1/flow', isResolve: true })
      expect(only()).toMatchObject({
        url: '/v2/alerts/policy%201%2Fflow/close?identifierType=alias',
        json: { source: 'Castellan Notifications', note: message.subject },
      })
    })
  })

  test('to SendGrid sends each recipient a mail of text and HTML, in which markup is text', async () => {
    answer(202)
    await send('sendgrid-email', { to_emails: ['a@example.org', 'b@example.org'] })
    const bodies = receiver.received.map(read).sort((a, b) => (a.body < b.body ? -1 : 1))
    expect(bodies.map(({ url, headers }) => [headers['host'], url, headers['authorization']])).toEqual(
      Array(2).fill(['api.sendgrid.com', '/v3/mail/send', 'Bearer SG.S3ndgridKey']),
    )
    expect(bodies.map(({ json }) => json)).toEqual(
      ['a@example.org', 'b@example.org'].map(email => ({
        personalizations: [{ to: [{ email }], custom_args: { delivery: message.deliveryId } }],
        from: { email: 'castellan@example.org' },
        subject: message.subject,
        content: [
          { type: 'text/plain', value: withLink },
          {
            type: 'text/html',
            value: `<p>It entered Failed &amp; stays there.<br>\nSee &lt;<a href="https://docs.example.org|the">https://docs.example.org|the</a> docs&gt;.<br>\n<a href="${message.link}">${message.link}</a></p>`,
          },
        ],
      })),
    )
  })

  test('to Twilio sends a form for each number, and tells which have it', async () => {
    receiver.behave((request, response) => {
      const isWrong = request.body.includes('0102')
      response.writeHead(isWrong ? 400 : 201).end(isWrong ? '{"code":21211,"message":"Invalid \'To\' Phone Number"}' : '{"sid":"SM1"}')
    })
    const answered = await send('twilio-sms', { to_phone_numbers: ['+12025550101', '+12025550102'] })
    expect(answered).toMatchObject({
      outcome: 'FAILED',
      status: 400,
      error: '1 of 2 recipients have it. +12025550102: It answered 400.',
      excerpt: expect.stringContaining('21211'),
      remaining: null,
    })
    const { url, headers, form } = read(receiver.received.find(({ body }) => body.includes('0101'))!)
    expect([headers['host'], url, headers['content-type']]).toEqual([
      'api.twilio.com',
      '/2010-04-01/Accounts/AC0001/Messages.json',
      'application/x-www-form-urlencoded',
    ])
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('AC0001:Tw1lioT0ken').toString('base64')}`)
    expect(form).toEqual({ From: '+12025550100', To: '+12025550101', Body: `${message.subject}\r\n${withLink}` })
  })

  describe('of one’s own', () => {
    test('fills in what stands for values, wherever it stands', async () => {
      const config = {
        url: 'https://hook.example.org/{{token}}/{{subject}}',
        method: 'PUT',
        params: { name: '{{ name }}' },
        headers: { Authorization: 'Bearer {{token}}', 'X-Body': '{{body}}' },
        cookies: { session: '{{token}}' },
        json_data: { text: '{{subject}}: {{body}}', deep: [{ name: '{{name}}' }], number: 1 },
        secrets: { token: 'S3cret' },
      }
      await send('custom-webhook', config)
      const { method, url, headers, json } = only()
      expect([method, url]).toEqual(['PUT', `/S3cret/${encodeURIComponent(message.subject)}?name=hook`])
      expect(headers).toMatchObject({
        authorization: 'Bearer S3cret',
        cookie: 'session=S3cret',
        'x-body': message.body.replace('\n', ' '),
        'user-agent': 'Castellan Notifications',
      })
      expect(json).toEqual({ text: `${message.subject}: ${message.body}`, deep: [{ name: 'hook' }], number: 1 })
    })

    test.each([
      [
        { json_data: null, form_data: { text: '{{subject}}' } },
        'application/x-www-form-urlencoded',
        new URLSearchParams({ text: message.subject }).toString(),
      ],
      [{ json_data: null, form_data: 'said: {{subject}}' }, undefined, `said: ${message.subject}`],
      [{ json_data: null, method: 'DELETE' }, undefined, ''],
    ])('sends a form, a text or nothing: %j', async (config, contentType, body) => {
      await send('custom-webhook', config)
      expect([only().headers['content-type'], only().body]).toEqual([contentType, body])
    })

    test.each([
      ['Signing-S3cret', Buffer.from('Signing-S3cret')],
      [`whsec_${Buffer.from('0123456789abcdef').toString('base64')}`, Buffer.from('0123456789abcdef')],
    ])('is signed with the secret %s, as Standard Webhooks has it', async (secret, key) => {
      await send('custom-webhook', { secrets: { signing_secret: secret } })
      const { headers, body } = only()
      expect(headers['webhook-id']).toBe(message.deliveryId)
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
      const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')
      expect(headers['webhook-signature']).toBe(`v1,${signed}`)
      const { isGenuine } = await import(new URL('../../examples/node/verify-webhook.js', import.meta.url).href)
      expect(isGenuine(headers, body, secret)).toBe(true)
      expect(isGenuine(headers, `${body} `, secret)).toBe(false)
      expect(isGenuine({ ...headers, 'webhook-id': 'another' }, body, secret)).toBe(false)
      expect(isGenuine(headers, body, secret, Date.now() / 1000 + 301)).toBe(false)
      expect(isGenuine({ ...headers, 'webhook-timestamp': 'NaN' }, body, secret)).toBe(false)
      expect(isGenuine({}, body, secret)).toBe(false)
    })

    test('cannot be led elsewhere by what a message says', async () => {
      await send(
        'custom-webhook',
        { url: 'https://hook.example.org/{{subject}}', json_data: null },
        { subject: '../../@evil.example/?a=b#c' },
      )
      expect(only()).toMatchObject({ headers: { host: 'hook.example.org' }, url: `/${encodeURIComponent('../../@evil.example/?a=b#c')}` })
    })
  })

  describe.each(kinds)('of kind %s', kind => {
    test('names the delivery in each request, the same in each attempt', async () => {
      await send(kind)
      await send(kind)
      expect(receiver.received.map(({ headers }) => headers['castellan-delivery'])).toEqual([message.deliveryId, message.deliveryId])
    })

    test.each([
      [400, 'FAILED', 'It answered 400.'],
      [401, 'FAILED', 'It answered 401.'],
      [404, 'FAILED', 'It answered 404.'],
      [410, 'FAILED', 'It answered 410.'],
      [408, 'RETRY', 'It answered 408.'],
      [500, 'RETRY', 'It answered 500.'],
      [503, 'RETRY', 'It answered 503.'],
    ])('that is answered with %d has %s', async (status, outcome, error) => {
      answer(status, 'no_service')
      expect(await send(kind)).toMatchObject({ outcome, status, error, excerpt: 'no_service', retryAfterSeconds: null })
    })

    test('that is told to wait says for how long', async () => {
      answer(429, '', { 'retry-after': '7' })
      expect(await send(kind)).toMatchObject({
        outcome: 'RETRY',
        status: 429,
        retryAfterSeconds: 7,
        error: 'It answered 429: too many messages.',
      })
    })

    test('that is redirected follows nowhere, and says where it would have led', async () => {
      answer(307, '', { location: 'http://169.254.169.254/latest' })
      expect(await send(kind)).toMatchObject({
        outcome: 'FAILED',
        status: 307,
        error: expect.stringContaining('a redirect to 169.254.169.254'),
      })
      expect(receiver.received).toHaveLength(1)
    })

    test('that is answered at great length keeps the beginning', async () => {
      answer(400, `${'long '.repeat(20_000)}`)
      const { excerpt } = await send(kind)
      expect(Buffer.byteLength(excerpt!)).toBeLessThanOrEqual(2048)
      expect(excerpt).toMatch(/^long long .*…$/)
    })

    test('hides its secrets in whatever an answer repeats', async () => {
      receiver.behave(
        (request, response) => void response.writeHead(400).end(JSON.stringify({ ...request, again: encodeURIComponent(request.url) })),
      )
      const { excerpt } = await send(
        kind,
        kind === 'custom-webhook' ? { headers: { 'X-Token': '{{key}}' }, secrets: { key: 'Cust0mKey' } } : {},
      )
      const planted = [
        'Sl4ckT0ken',
        'S1gnature',
        'D1scordT0ken',
        'M4ttermostT0ken',
        '0psgenieKey',
        'Integr4tionKey',
        'P4gerKey',
        'S3ndgridKey',
        'Tw1lioT0ken',
        'Cust0mKey',
      ]
      expect(
        planted.filter(secret => excerpt!.includes(secret) || excerpt!.includes(Buffer.from(secret).toString('base64').slice(2, -4))),
      ).toEqual([])
      expect(excerpt).toContain('********')
    })
  })
})

const read = (request: Received) => {
  let json: any
  try {
    json = JSON.parse(request.body)
  } catch {}
  return { ...request, json, form: Object.fromEntries(new URLSearchParams(request.body)) }
}

/** Whether a text stands in a body, as JSON or as a form writes it. */
const isSpoken = (body: string, text: string): boolean =>
  [JSON.stringify(text).slice(1, -1), new URLSearchParams([['', text]]).toString().slice(1)].some(spelling => body.includes(spelling))
