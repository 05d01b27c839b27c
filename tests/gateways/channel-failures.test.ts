import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelSender } from '../../src/core/channels/index.ts'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { createEgress, type Egress } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { openLine } from '../support/receiver.ts'
import { message } from './message.ts'

/** Seconds, for what is not waited for: even a machine that stands still for a while notices it sooner. */
const LONG = 60

describe('what answers badly', () => {
  let egress: Egress
  let sender: ChannelSender
  beforeAll(() => {
    egress = createEgress({ settings: loadSettings({ CASTELLAN_EGRESS_ALLOW: '127.0.0.1' }), clock: systemClock, listeners: () => [] })
    sender = createChannelSender({ egress, clock: systemClock })
  })
  afterAll(() => egress.close())
  const sendTo = (port: number, config: object = {}) =>
    sender.send('custom-webhook', { name: 'hook', url: `http://127.0.0.1:${port}/`, json_data: {}, ...config }, message)

  test.each([
    [
      'by resetting the connection',
      (socket: import('node:net').Socket) => void socket.resetAndDestroy(),
      'The connection was reset before an answer came.',
      LONG,
    ],
    [
      'by closing it',
      (socket: import('node:net').Socket) => void socket.once('data', () => socket.end()),
      'The connection was closed before an answer came.',
      LONG,
    ],
    ['by never saying anything', () => undefined, 'No answer within 1 s.', 1],
    [
      'with garbage',
      (socket: import('node:net').Socket) => void socket.once('data', () => socket.end('\0\u0001garbage\r\n\r\n')),
      'The answer is not HTTP.',
      LONG,
    ],
    [
      'with headers without end',
      (socket: import('node:net').Socket) => void socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nA: b\r\n')),
      'No answer within 1 s.',
      1,
    ],
  ])('%s is tried again', async (_how, take, error, timeout) => {
    const line = await openLine(take)
    expect(await sendTo(line.port, { timeout })).toMatchObject({ outcome: 'RETRY', status: null, excerpt: null, error })
    await line.close()
  })

  test('is given up after any number of seconds, however it is written', async () => {
    const line = await openLine(() => undefined)
    expect(await sendTo(line.port, { timeout: 0.2505 })).toMatchObject({ outcome: 'RETRY', error: 'No answer within 0.3 s.' })
    await line.close()
  })

  test('by not being there is tried again', async () => {
    const line = await openLine(() => undefined)
    await line.close()
    expect(await sendTo(line.port, { timeout: LONG })).toMatchObject({
      outcome: 'RETRY',
      error: 'The connection was refused: nobody listens there.',
    })
  })

  test('by standing where it may not be reached has failed, with what to do', async () => {
    const answered = await sendTo(1, { url: 'http://10.1.2.3/hook' })
    expect(answered).toMatchObject({
      outcome: 'FAILED',
      status: null,
      error: expect.stringContaining('CASTELLAN_EGRESS_ALLOW=10.1.2.3:80'),
    })
  })

  test.each([{ headers: { 'no name': 'a' } }, { headers: { 'transfer-encoding': 'chunked' } }])(
    'by being asked in a way that HTTP does not know has failed: %j',
    async config => {
      const line = await openLine(() => undefined)
      expect(await sendTo(line.port, config)).toMatchObject({ outcome: 'FAILED', status: null, error: expect.stringMatching(/header/) })
      await line.close()
    },
  )

  test('by being configured wrongly has failed, with the field', async () => {
    expect(await sender.send('slack-webhook', { url: 'S3cret' }, message)).toMatchObject({
      outcome: 'FAILED',
      error: 'The channel cannot be used: url: must be an http:// or https:// URL',
    })
  })
})
