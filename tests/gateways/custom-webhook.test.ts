import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { missingOpenssl } from '../support/authority.ts'
import { describeUnless } from '../support/skip.ts'
import { message } from './message.ts'
import { playOutside } from './outside.ts'

describeUnless(missingOpenssl(), 'a channel', () => {
  const { send, only } = playOutside()

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
})
