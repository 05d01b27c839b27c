import { describe, expect, test } from 'vitest'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { missingOpenssl } from '../support/authority.ts'
import { describeUnless } from '../support/skip.ts'
import { message } from './message.ts'
import { channels, playOutside } from './outside.ts'

const withLink = `${message.body}\n${message.link}`

describeUnless(missingOpenssl(), 'a channel', () => {
  const { send, only, answer, receiver, egress } = playOutside()

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
      receiver().received.length = 0
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
      receiver().received.length = 0
      const refused = await send('discord-webhook', { webhook_token: '0ther' })
      expect(refused).toMatchObject({ outcome: 'RETRY', status: null, error: 'It takes no more messages for now.' })
      expect(refused.retryAfterSeconds).toBeGreaterThan(60)
      expect(receiver().received).toEqual([])
    })
  })

  test('to Mattermost posts to each channel; of those that fail only these remain', async () => {
    await send('mattermost-webhook', { path: 'chat/', botname: 'bot' })
    expect(only()).toMatchObject({
      url: '/chat/hooks/M4ttermostT0ken',
      headers: { host: 'mm.example.org' },
      json: { text: `${message.subject}\r\n${withLink}`, username: 'bot' },
    })
    receiver().received.length = 0
    receiver().behave((request, response) => void response.writeHead(request.body.includes('"two"') ? 503 : 200).end())
    const answered = await send('mattermost-webhook', { channels: ['one', '#two', 'three'] })
    expect(
      receiver()
        .received.map(request => JSON.parse(request.body).channel)
        .sort(),
    ).toEqual(['one', 'three', 'two'])
    expect(answered).toMatchObject({
      outcome: 'RETRY',
      status: 503,
      error: '2 of 3 recipients have it. #two: It answered 503.',
      remaining: ['#two'],
    })
    receiver().received.length = 0
    answer(200)
    expect(await send('mattermost-webhook', { channels: ['one', '#two', 'three'] }, { onlyTo: ['#two'] })).toMatchObject({
      outcome: 'DELIVERED',
    })
    expect(only().json.channel).toBe('two')
    expect(await send('mattermost-webhook', { channels: ['one'] }, { onlyTo: ['#two'] })).toMatchObject({
      outcome: 'FAILED',
      error: 'Who was still to be told is no longer among its recipients.',
    })
    expect(receiver().received).toHaveLength(1)
  })

  test('to very many who do not answer comes to an end, and names who was not asked', async () => {
    let elapsed = 0
    const hurried = createChannelSender({ egress: egress(), clock: { ...systemClock, elapsed: () => elapsed } })
    receiver().behave((_request, response) => {
      elapsed += 6000
      response.end()
    })
    const to_emails = Array.from({ length: 24 }, (_, index) => `a${index}@example.org`)
    const answered = await hurried.send('sendgrid-email', { ...channels['sendgrid-email'], to_emails }, message)
    expect(answered).toMatchObject({ outcome: 'RETRY', error: expect.stringContaining('8 of 24 recipients have it') })
    expect(answered.remaining).toEqual(to_emails.slice(8))
    expect(receiver().received).toHaveLength(8)
  })
})
