// All that channels talk to, played on this machine: their hosts behind a proxy and by TLS, with a receiver that answers as it is told.
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { ChannelKind, ChannelMessage, ChannelSender } from '../../src/core/channels/index.ts'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { createEgress, type Egress } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { createAuthority } from '../support/authority.ts'
import { openProxy, type TestProxy } from '../support/proxy.ts'
import { openReceiver, type Received, type Receiver } from '../support/receiver.ts'
import { message } from './message.ts'

const hosts = [
  ...['hooks.slack.com', 'prod-1.westus.logic.azure.com', 'discord.com', 'events.pagerduty.com', 'events.eu.pagerduty.com'],
  ...['api.opsgenie.com', 'api.eu.opsgenie.com', 'api.sendgrid.com', 'api.twilio.com', 'mm.example.org', 'hook.example.org'],
]

/** One of each kind, with a secret in each place where one can stand. */
export const channels = {
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
export const kinds = Object.keys(channels) as (keyof typeof channels)[]

/** For the tests of the `describe` that asks: opened before the first, closed after the last, and silent again before each. */
export function playOutside() {
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

  return {
    send,
    only,
    answer,
    render: (kind: keyof typeof channels) => sender.render(kind, channels[kind], message),
    receiver: () => receiver,
    egress: () => egress,
  }
}

/** A request with its body as JSON and as a form. */
export const read = (request: Received) => {
  let json: any
  try {
    json = JSON.parse(request.body)
  } catch {}
  return { ...request, json, form: Object.fromEntries(new URLSearchParams(request.body)) }
}
