import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ChannelMessage, ChannelSender } from '../../src/core/channels/index.ts'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { createEgress, type Egress } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { type Authority, createAuthority, missingOpenssl } from '../support/authority.ts'
import { openLine } from '../support/receiver.ts'
import { describeUnless } from '../support/skip.ts'
import { isQuick } from '../support/storages.ts'

const message: ChannelMessage = {
  deliveryId: '019a0000-0000-7000-8000-000000000001',
  subject: 'Flow run daily-etl has failed: zürich',
  body: 'It <b>failed</b>.\nSee below.',
  severity: 'failure',
  link: 'https://castellan.example.org/runs/flow-run/1',
  dedupKey: null,
  isResolve: false,
  occurredAt: 1_795_608_000_250_000,
}

interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
  readonly isSecure: boolean
  readonly user: string | undefined
}

const refuse = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

describeUnless(missingOpenssl(), 'a mail', () => {
  let authority: Authority
  let egress: Egress
  let sender: ChannelSender
  const servers: SMTPServer[] = []
  const mails: Mail[] = []

  beforeAll(() => {
    authority = createAuthority(['localhost', '127.0.0.1'])
    const settings = loadSettings({ CASTELLAN_EGRESS_ALLOW: 'localhost,127.0.0.1', CASTELLAN_EGRESS_CA_FILE: authority.caFile })
    const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }]
    egress = createEgress({ settings, clock: systemClock, listeners: () => [], resolve })
    sender = createChannelSender({ egress, clock: systemClock })
  })
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(server => new Promise<void>(resolve => void server.close(resolve))))
    mails.length = 0
  })
  afterAll(() => egress.close())

  async function serve(options: SMTPServerOptions = {}): Promise<number> {
    const server = new SMTPServer({
      key: authority.key,
      cert: authority.cert,
      authOptional: true,
      closeTimeout: 100,
      disableReverseLookup: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'me' && password === 'P4ssw0rd'
          ? done(null, { user: username })
          : done(refuse(535, `Invalid login for ${username} ${password}`)),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', chunk => chunks.push(chunk))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          mails.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            text: Buffer.concat(chunks).toString(),
            isSecure: session.secure,
            user: session.user,
          })
          done()
        })
      },
      ...options,
    })
    server.on('error', () => undefined)
    servers.push(server)
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    return (server.server.address() as AddressInfo).port
  }

  const send = (port: number, config: object = {}, change: Partial<ChannelMessage> = {}) =>
    sender.send(
      'smtp-email',
      {
        smtp_server: 'localhost',
        smtp_port: port,
        from_email: 'Castellan <castellan@example.org>',
        to_emails: ['a@example.org'],
        ...config,
      },
      { ...message, ...change },
    )
  const login = { username: 'me', password: 'P4ssw0rd' }

  test.each([
    ['STARTTLS', {}],
    ['SSL', { secure: true }],
  ] as const)('goes encrypted by %s, signed in, as text and HTML that say the same', async (smtp_type, options) => {
    const answered = await send(await serve(options), { smtp_type, ...login, to_emails: ['a@example.org', 'B <b@example.org>'] })
    expect(answered).toMatchObject({ outcome: 'DELIVERED', status: 250, error: null, remaining: null })
    expect(mails).toMatchObject([{ from: 'castellan@example.org', to: ['a@example.org', 'b@example.org'], isSecure: true, user: 'me' }])
    const { text } = mails[0]!
    for (const line of [
      'From: Castellan <castellan@example.org>',
      'To: a@example.org, B <b@example.org>',
      'Subject: =?UTF-8?Q?Flow_run_daily-etl_has_failed',
      'Message-ID: <019a0000-0000-7000-8000-000000000001@castellan>',
      'Castellan-Delivery: 019a0000-0000-7000-8000-000000000001',
      'Auto-Submitted: auto-generated',
      'Content-Type: multipart/alternative;',
    ])
      expect(text).toContain(line)
    expect(text).toContain('It <b>failed</b>.\r\nSee below.\r\nhttps://castellan.example.org/runs/flow-run/1')
    expect(text.replaceAll('=\r\n', '')).toContain('<p>It &lt;b&gt;failed&lt;/b&gt;.<br>')
  })

  test('goes in clear text only where that is what was chosen', async () => {
    const port = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    expect(await send(port, { smtp_type: 'INSECURE' })).toMatchObject({ outcome: 'DELIVERED' })
    expect(mails).toMatchObject([{ isSecure: false }])
  })

  test('is not sent where encryption is asked for and not offered: its password is not said either', async () => {
    const port = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    expect(await send(port, login)).toMatchObject({ outcome: 'FAILED', error: expect.stringContaining('STARTTLS') })
    expect(mails).toEqual([])
  })

  test('is not sent to a server whose certificate is another’s, unless that is not to be checked', async () => {
    const stranger = createAuthority(['stranger.example.org'])
    const port = await serve({ key: stranger.key, cert: stranger.cert })
    expect(await send(port)).toMatchObject({ outcome: 'RETRY', error: expect.stringContaining('certificate') })
    expect(await send(port, { verify: false })).toMatchObject({ outcome: 'DELIVERED' })
    expect(mails).toHaveLength(1)
  })

  test('with a wrong password has failed, and the password is not repeated', async () => {
    const answered = await send(await serve(), { username: 'me', password: 'Wr0ngP4ssword' })
    expect(answered).toMatchObject({ outcome: 'FAILED', status: 535, excerpt: expect.stringContaining('********') })
    expect(JSON.stringify(answered)).not.toContain('Wr0ngP4ssword')
  })

  test.each([
    [421, 'RETRY'],
    [451, 'RETRY'],
    [452, 'RETRY'],
    [550, 'FAILED'],
    [552, 'FAILED'],
    [554, 'FAILED'],
  ])('that is refused with %d has %s, whether at its recipient or at its end', async (code, outcome) => {
    const atRecipient = await serve({ onRcptTo: (_address, _session, done) => done(refuse(code, 'not now')) })
    expect(await send(atRecipient)).toMatchObject({ outcome, status: code, excerpt: expect.stringContaining('not now') })
    const atEnd = await serve({
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => done(refuse(code, 'too much')))
      },
    })
    expect(await send(atEnd)).toMatchObject({ outcome, status: code, excerpt: expect.stringContaining('too much') })
  })

  test('that some recipients refuse tells who has it, and who is to be tried again', async () => {
    const codes: Record<string, number> = { 'b@example.org': 451, 'c@example.org': 550 }
    const port = await serve({
      onRcptTo: ({ address }, _session, done) => (codes[address] ? done(refuse(codes[address], 'no')) : done()),
    })
    const to_emails = ['a@example.org', 'b@example.org', 'c@example.org']
    const answered = await send(port, { to_emails })
    expect(answered).toMatchObject({
      outcome: 'RETRY',
      status: 451,
      remaining: ['b@example.org'],
      error: expect.stringMatching(/^1 of 3 recipients have it/),
    })
    expect(mails.map(({ to }) => to)).toEqual([['a@example.org']])
    delete codes['b@example.org']
    expect(await send(port, { to_emails }, { onlyTo: answered.remaining! })).toMatchObject({ outcome: 'DELIVERED' })
    expect(mails.at(-1)!.to).toEqual(['b@example.org'])
  })

  test('that a subject would put a header into has none of it', async () => {
    await send(await serve(), {}, { subject: 'a\r\nBcc: evil@example.org' })
    expect(mails[0]!.to).toEqual(['a@example.org'])
    expect(mails[0]!.text).not.toMatch(/^Bcc:/m)
  })

  test.each([
    ['nobody listens', undefined],
    ['it is closed at once', (socket: import('node:net').Socket) => void socket.end()],
    ['the greeting is garbage', (socket: import('node:net').Socket) => void socket.end('\0\u0001 what?\r\n')],
    ['the server is going down', (socket: import('node:net').Socket) => void socket.end('421 closing\r\n')],
  ])('is tried again where %s', async (_what, take) => {
    const line = await openLine(take ?? (() => undefined))
    if (!take) await line.close()
    expect(await send(line.port, { smtp_type: 'INSECURE' })).toMatchObject({ outcome: 'RETRY', error: expect.any(String) })
    await line.close()
  })

  // After ten seconds.
  test.skipIf(isQuick)('is tried again where nothing is ever said', async () => {
    const line = await openLine(() => undefined)
    expect(await send(line.port, { smtp_type: 'INSECURE' })).toMatchObject({
      outcome: 'RETRY',
      status: null,
      error: expect.stringMatching(/No answer within 10 s|Greeting/),
    })
    await line.close()
  })

  test('is not sent to where it may not be', async () => {
    expect(await send(25, { smtp_server: '10.0.0.1' })).toMatchObject({
      outcome: 'FAILED',
      error: expect.stringContaining('CASTELLAN_EGRESS_ALLOW=10.0.0.1:25'),
    })
    expect(await send(25, { smtp_server: '169.254.169.254' })).toMatchObject({
      outcome: 'FAILED',
      error: expect.stringContaining('never connected to'),
    })
  })
})
