import { describe, expect, test } from 'vitest'
import { missingOpenssl } from '../support/authority.ts'
import { describeUnless } from '../support/skip.ts'
import { message } from './message.ts'
import { playOutside, read } from './outside.ts'

const withLink = `${message.body}\n${message.link}`

describeUnless(missingOpenssl(), 'a channel', () => {
  const { send, only, answer, receiver } = playOutside()

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
      const bodies = receiver()
        .received.map(read)
        .sort((a, b) => (a.json.alias < b.json.alias ? -1 : 1))
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
      const bodies = receiver().received.map(read)
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
    const bodies = receiver()
      .received.map(read)
      .sort((a, b) => (a.body < b.body ? -1 : 1))
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
    receiver().behave((request, response) => {
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
    const { url, headers, form } = read(receiver().received.find(({ body }) => body.includes('0101'))!)
    expect([headers['host'], url, headers['content-type']]).toEqual([
      'api.twilio.com',
      '/2010-04-01/Accounts/AC0001/Messages.json',
      'application/x-www-form-urlencoded',
    ])
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('AC0001:Tw1lioT0ken').toString('base64')}`)
    expect(form).toEqual({ From: '+12025550100', To: '+12025550101', Body: `${message.subject}\r\n${withLink}` })
  })
})
