import { describe, expect, test } from 'vitest'
import { channelFromUrl, channelKinds, describeChannelKind, parseChannel } from '../../src/core/channels/index.ts'

describe('an Apprise URL', () => {
  test.each([
    ['slack://AToken/BToken/CToken', 'slack-webhook', { url: 'https://hooks.slack.com/services/AToken/BToken/CToken' }],
    ['https://hooks.slack.com/services/A/B/C', 'slack-webhook', { url: 'https://hooks.slack.com/services/A/B/C' }],
    ['discord://bot@Id/Token?tts=yes', 'discord-webhook', { webhook_id: 'Id', webhook_token: 'Token', botname: 'bot', tts: true }],
    ['https://discord.com/api/webhooks/12/To-k_en', 'discord-webhook', { webhook_id: '12', webhook_token: 'To-k_en' }],
    [
      'mmost://bot@mm.example.org/team/Token?channels=a,b',
      'mattermost-webhook',
      { secure: false, port: 8065, path: '/team', channels: ['a', 'b'] },
    ],
    ['mmosts://mm.example.org:8443/Token', 'mattermost-webhook', { hostname: 'mm.example.org', secure: true, port: 8443, token: 'Token' }],
    [
      'workflows://prod-1.westus.logic.azure.com:443/Wf1/Sig%2Bature',
      'ms-teams-webhook',
      {
        url: 'https://prod-1.westus.logic.azure.com:443/workflows/Wf1/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=Sig%2Bature',
      },
    ],
    [
      'opsgenie://Key/@user/#team/*schedule/^escalation?region=eu&priority=p1&tags=a,b&+build=7',
      'opsgenie-webhook',
      {
        target_user: ['user'],
        target_team: ['team'],
        target_schedule: ['schedule'],
        target_escalation: ['escalation'],
        region_name: 'eu',
        priority: 1,
        tags: ['a', 'b'],
        details: { build: '7' },
      },
    ],
    [
      'pagerduty://Integration@Api/source/part?group=g',
      'pager-duty-webhook',
      { integration_key: 'Integration', api_key: 'Api', group: 'g' },
    ],
    ['sendgrid://SG.Key:me@example.org/you@example.org', 'sendgrid-email', { api_key: 'SG.Key', to_emails: ['you@example.org'] }],
    [
      'twilio://ACx:Token@+12025550123/+12025550124',
      'twilio-sms',
      { from_phone_number: '+12025550123', to_phone_numbers: ['+12025550124'] },
    ],
    [
      'mailto://me:pass@example.org?to=you@example.org',
      'smtp-email',
      { smtp_server: 'example.org', smtp_type: 'INSECURE', username: 'me' },
    ],
    ['mailto://me:pass@gmail.com', 'smtp-email', { smtp_server: 'smtp.gmail.com', smtp_type: 'STARTTLS', username: 'me@gmail.com' }],
    ['mailtos://me:pass@example.org?smtp=mx.example.org&mode=ssl', 'smtp-email', { smtp_server: 'mx.example.org', smtp_type: 'SSL' }],
    [
      'jsons://me:pass@example.org:8443/hook?+X-Team=a&-page=2&method=put',
      'custom-webhook',
      {
        url: 'https://example.org:8443/hook',
        method: 'PUT',
        params: { page: '2' },
        headers: { 'X-Team': 'a', Authorization: 'Basic {{credentials}}' },
      },
    ],
  ] as const)('%s is a %s', (url, kind, config) => {
    const channel = channelFromUrl(url)
    expect(channel).toMatchObject({ kind, config })
    expect(parseChannel(channel.kind, channel.config).summary.host).not.toBe('')
  })

  test.each([
    ['slack', 'url: is not a URL such as slack://token_a/token_b/token_c'],
    ['msteams://TokenA/TokenB/TokenC', 'url: is a connector that Microsoft has retired; make a workflow and use its address'],
    ['telegram://Token/chat', 'url: is of no form that is known for telegram://; known are json://'],
  ])('%s is refused with what to do, and not repeated', (url, message) => {
    expect(() => channelFromUrl(url)).toThrow(message)
    expect(() => channelFromUrl(url)).not.toThrow('Token/')
  })
})

describe('the configuration of a channel', () => {
  test('takes what the SDK saves, null for what is not given', () => {
    const saved = {
      webhook_id: '1234',
      webhook_token: 'Token',
      botname: null,
      tts: false,
      avatar_url: null,
      notify_type: 'prefect_default',
    }
    expect(parseChannel('discord-webhook', saved)).toEqual({
      kind: 'discord-webhook',
      config: { ...saved, include_image: false, avatar: false },
      summary: { host: 'discord.com', recipients: null },
      secrets: ['1234', 'Token'],
    })
  })

  test.each([
    ['slack-webhook', { url: 'ftp://example.org' }, 'url: must be an http:// or https:// URL'],
    [
      'twilio-sms',
      { account_sid: 'a', auth_token: 'b', from_phone_number: '1', to_phone_numbers: [] },
      'to_phone_numbers: must name one at least',
    ],
    [
      'smtp-email',
      { smtp_server: 'a', from_email: 'a@b', to_emails: ['c@d'], username: 'x' },
      'password: goes with a username, and a username with a password',
    ],
    ['custom-webhook', { name: 'a', url: 'http://a', json_data: {}, form_data: 'x' }, 'form_data: cannot stand beside json_data'],
    [
      'custom-webhook',
      { name: 'a', url: 'http://a', headers: { A: '{{token}}' }, secrets: { key: 'b' } },
      'headers: {{token}} is not known; known are {{subject}}, {{body}}, {{name}}, {{key}}',
    ],
  ] as const)('of a %s that is wrong is refused with the field: %j', (kind, config, message) => {
    expect(() => parseChannel(kind, config)).toThrow(message)
  })

  test('shows no secret in its summary', () => {
    const { summary } = parseChannel('custom-webhook', {
      name: 'Deploys',
      url: 'https://user:pass@example.org/{{path}}',
      secrets: { path: 'Secret' },
    })
    expect(summary).toEqual({ host: 'example.org', recipients: 'Deploys' })
    const { summary: numbers } = parseChannel('twilio-sms', {
      account_sid: 'AC1',
      auth_token: 'Token',
      from_phone_number: '+12025550123',
      to_phone_numbers: ['+12025550124', '+12025550125'],
    })
    expect(numbers.recipients).toBe('…124, …125')
  })
})

test.each(channelKinds)('%s describes every field, and seals those that are secret', kind => {
  const { schema, urlForms } = describeChannelKind(kind)
  const fields = Object.values(schema['properties'] as Record<string, { description?: string; anyOf?: { description?: string }[] }>)
  expect(fields.filter(field => !(field.description ?? field.anyOf?.[0]?.description))).toEqual([])
  expect(JSON.stringify(schema)).toContain('"writeOnly":true')
  expect(urlForms.length).toBeGreaterThan(0)
})
