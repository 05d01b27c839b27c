import { describe, expect, test } from 'vitest'
import { missingOpenssl } from '../support/authority.ts'
import { describeUnless } from '../support/skip.ts'
import { message } from './message.ts'
import { channels, kinds, playOutside } from './outside.ts'

describeUnless(missingOpenssl(), 'a channel', () => {
  const { send, only, answer, render, receiver } = playOutside()

  test.each(kinds)('is shown as %s would get it, field by field, without its secrets', async kind => {
    const { fields, recipients } = render(kind)
    await send(kind)
    const { body } = only()
    for (const { text } of fields.filter(({ text, isHtml }) => text !== '' && !isHtml && !text.includes('*')))
      expect(isSpoken(body, text), `${text} in ${body}`).toBe(true)
    expect(fields.some(({ text }) => text.includes('fuzzy-leopard'))).toBe(true)
    for (const secret of Object.values(channels[kind]))
      if (/T0ken|S1g|Key/.test(String(secret))) expect(JSON.stringify(fields)).not.toContain(secret)
    expect(recipients).toEqual({ 'sendgrid-email': ['a@example.org'], 'twilio-sms': ['+12025550101'] }[kind as string] ?? [])
  })

  describe.each(kinds)('of kind %s', kind => {
    test('names the delivery in each request, the same in each attempt', async () => {
      await send(kind)
      await send(kind)
      expect(receiver().received.map(({ headers }) => headers['castellan-delivery'])).toEqual([message.deliveryId, message.deliveryId])
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
      expect(receiver().received).toHaveLength(1)
    })

    test('that is answered at great length keeps the beginning', async () => {
      answer(400, `${'long '.repeat(20_000)}`)
      const { excerpt } = await send(kind)
      expect(Buffer.byteLength(excerpt!)).toBeLessThanOrEqual(2048)
      expect(excerpt).toMatch(/^long long .*…$/)
    })

    test('hides its secrets in whatever an answer repeats', async () => {
      receiver().behave(
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

/** Whether a text stands in a body, as JSON or as a form writes it. */
const isSpoken = (body: string, text: string): boolean =>
  [JSON.stringify(text).slice(1, -1), new URLSearchParams([['', text]]).toString().slice(1)].some(spelling => body.includes(spelling))
