// The SDK's own notification blocks: what they save serves as a channel here, and what they send is what this server sends for them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChannelKind } from '../../src/core/channels/index.ts'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { createEgress } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { createAuthority, missingOpenssl } from '../support/authority.ts'
import { openProxy, type TestProxy } from '../support/proxy.ts'
import { missingPython } from '../support/python.ts'
import { openReceiver, type Received, type Receiver } from '../support/receiver.ts'
import { describeUnless } from '../support/skip.ts'
import { runPython, sdkEnvironment } from './sdk.ts'

const script = fileURLToPath(new URL('flows/notifying.py', import.meta.url))
const hosts = [
  ...['hooks.slack.com', 'discord.com', 'mm.example.org', 'prod-1.westus.logic.azure.com', 'api.opsgenie.com', 'api.eu.opsgenie.com'],
  ...['events.pagerduty.com', 'api.sendgrid.com', 'api.twilio.com', 'hook.example.org'],
]

describeUnless(missingPython() ?? missingOpenssl(), 'the notification blocks of the SDK', () => {
  let receiver: Receiver
  let proxy: TestProxy
  let home: string
  let caFile: string
  let report: { subject: string; body: string; blocks: { slug: ChannelKind; data: Record<string, unknown> }[] }
  let sentByTheSdk: Received[]

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'castellan-sdk-'))
    const authority = createAuthority(hosts)
    caFile = authority.caFile
    receiver = await openReceiver({ tls: authority })
    receiver.behave((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
    proxy = await openProxy(() => receiver.port)
    const outside = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, REQUESTS_CA_BUNDLE: caFile, SSL_CERT_FILE: caFile }
    const environment = { ...sdkEnvironment(home, { apiUrl: 'http://127.0.0.1:1/api' }), ...outside }
    const { output } = await runPython([script, '--send'], environment, home)
    const told = output.split('\n').findLast(line => line.startsWith('REPORT '))
    if (!told) throw new Error(`notifying.py has reported nothing:\n${output}`)
    report = JSON.parse(told.slice('REPORT '.length))
    sentByTheSdk = receiver.received.splice(0)
  })
  afterAll(async () => {
    await Promise.all([proxy?.close(), receiver?.close()])
    rmSync(home, { recursive: true, force: true })
  })

  test('send the same requests as this server sends for what they have saved, but for what is listed here', async () => {
    const settings = loadSettings({
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      CASTELLAN_EGRESS_ALLOW: '127.0.0.1',
      CASTELLAN_EGRESS_CA_FILE: caFile,
    })
    const egress = createEgress({ settings, clock: systemClock, listeners: () => [] })
    const sender = createChannelSender({ egress, clock: systemClock })
    const { subject, body, blocks } = report
    for (const { slug, data } of blocks) {
      const rest = { link: null, dedupKey: null, isResolve: false, occurredAt: systemClock.now(), severity: 'info' } as const
      const answer = await sender.send(slug, data, { deliveryId: 'one', subject, body, ...rest })
      expect({ slug, ...answer }).toMatchObject({ slug, outcome: 'DELIVERED' })
    }
    await egress.close()
    expect(receiver.received.map(essence).sort()).toEqual(sentByTheSdk.map(essence).sort())
    expect(receiver.received).toHaveLength(15)
  })
})

/** What matters of a request, as a text that can be sorted. */
function essence({ method, url, headers, body }: Received): string {
  const type = headers['content-type']?.split(';')[0]
  const { authorization, cookie } = headers
  const said = type === 'application/json' ? without(JSON.parse(body)) : Object.fromEntries(new URLSearchParams(body))
  return JSON.stringify(
    { host: headers['host'], method, url, type, authorization, cookie, token: headers['x-token'], said: sorted(said) },
    null,
    1,
  )
}

/** Members that differ for a reason. */
const different: Readonly<Record<string, string>> = {
  footer: 'each says its own name',
  client: 'each says its own name',
  source: 'each says its own name, in alerts; in incidents it is compared with the rest of the payload',
  ts: 'the time of the run, and the time of sending',
  timestamp: 'the SDK sends none',
  footer_icon: 'pictures at a third party',
  icon_url: 'pictures at a third party',
  alias: 'here a repeated attempt opens no second alert',
  dedup_key: 'here a repeated attempt opens no second incident',
  custom_args: 'here the delivery is named',
  color: 'here a card shows the severity by its colour',
  content: 'here mails have text beside HTML, in which markup is text: compared in the tests of channels',
}

function without(value: any): any {
  if (typeof value === 'string') return value.trimEnd()
  if (Array.isArray(value)) return value.map(without)
  if (typeof value !== 'object' || value === null) return value
  // A card's content is the whole message, and a title of one line needs no wrapping.
  const { wrap: _, ...rest } = value.id === 'title' ? value : { ...value, wrap: undefined }
  const keeps = (name: string, one: unknown) =>
    !(name in different) || (name === 'content' && !Array.isArray(one)) || (name === 'source' && 'severity' in value)
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([name, one]) => keeps(name, one))
      .map(([name, one]) => [name, without(one)]),
  )
}

function sorted(value: any): any {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}
