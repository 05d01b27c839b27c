import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEgress, type Egress, EgressRefusal, type Resolve } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { type Authority, createAuthority, missingOpenssl } from '../support/authority.ts'
import { openProxy, type TestProxy } from '../support/proxy.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { describeUnless } from '../support/skip.ts'

describeUnless(missingOpenssl(), 'a proxy', () => {
  let authority: Authority
  let plain: Receiver
  let secure: Receiver
  let proxy: TestProxy
  let leadsTo: Receiver
  const opened: Egress[] = []

  beforeAll(async () => {
    authority = createAuthority(['hook.example.org'])
    plain = await openReceiver()
    secure = await openReceiver({ tls: authority })
    proxy = await openProxy(() => leadsTo.port)
  })
  afterAll(async () => {
    await Promise.all(opened.map(egress => egress.close()))
    await Promise.all([plain.close(), secure.close(), proxy.close()])
  })

  const nobody: Resolve = async host => {
    throw new Error(`${host} is looked up, though the proxy is to do it`)
  }
  const open = (environment: Record<string, string> = {}) => {
    const by = `http://user:pa%20ss@127.0.0.1:${proxy.port}`
    const settings = loadSettings({
      http_proxy: by,
      HTTPS_PROXY: by,
      CASTELLAN_EGRESS_ALLOW: `127.0.0.1:${proxy.port}`,
      CASTELLAN_EGRESS_CA_FILE: authority.caFile,
      ...environment,
    })
    const egress = createEgress({ settings, clock: systemClock, listeners: () => [], resolve: nobody })
    opened.push(egress)
    return egress
  }
  const get = (egress: Egress, url: string, arePrivateRefused = false) => {
    proxy.asked.length = 0
    proxy.credentials.length = 0
    return egress.request({ url, method: 'GET', headers: {}, body: null, timeoutSeconds: 3, arePrivateRefused })
  }

  test('tunnels https, with its credentials; the certificate is that of the host', async () => {
    leadsTo = secure
    expect(await get(open(), 'https://hook.example.org/a?b=c')).toMatchObject({ status: 200 })
    expect(proxy.asked).toEqual(['CONNECT hook.example.org:443'])
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('user:pa ss').toString('base64')}`])
    expect(secure.received.at(-1)).toMatchObject({ url: '/a?b=c', headers: { host: 'hook.example.org' } })
    await expect(get(open(), 'https://another.example.org/')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  test('is asked for the whole address by http', async () => {
    leadsTo = plain
    expect(await get(open(), 'http://hook.example.org/a')).toMatchObject({ status: 200 })
    expect(proxy.asked).toEqual(['GET http://hook.example.org/a'])
    expect(plain.received.at(-1)).toMatchObject({ url: '/a', headers: { host: 'hook.example.org' } })
  })

  test('is checked as any address is', async () => {
    const refused = get(open({ CASTELLAN_EGRESS_ALLOW: '' }), 'https://hook.example.org/')
    await expect(refused).rejects.toThrow(`CASTELLAN_EGRESS_ALLOW=127.0.0.1:${proxy.port}`)
    expect(proxy.asked).toEqual([])
  })

  test('that has a name is looked up and checked', async () => {
    const settings = loadSettings({ https_proxy: `http://proxy.example.org:${proxy.port}`, CASTELLAN_EGRESS_CA_FILE: authority.caFile })
    const egress = createEgress({
      settings,
      clock: systemClock,
      listeners: () => [],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    opened.push(egress)
    await expect(get(egress, 'https://hook.example.org/')).rejects.toSatisfy(
      (error: Error) => error instanceof EgressRefusal || error.cause instanceof EgressRefusal,
    )
    expect(proxy.asked).toEqual([])
  })

  test.each([
    'http://169.254.169.254/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://metadata.google.internal/',
    'http://10.0.0.1/',
    'http://localhost/',
  ])('is not asked for %s', async url => {
    await expect(get(open(), url)).rejects.toThrow(EgressRefusal)
    expect(proxy.asked).toEqual([])
  })

  test.each([
    ['*', 'hook.example.org'],
    ['example.org', 'hook.example.org'],
    ['.example.org', 'hook.example.org'],
    ['hook.example.org:PORT', 'hook.example.org'],
    ['127.0.0.0/8, other', '127.0.0.1'],
  ])('is passed by for %s: %s', async (exempt, host) => {
    const allow = `127.0.0.1:${plain.port},127.0.0.1:${proxy.port}`
    const settings = { no_proxy: exempt.replace('PORT', String(plain.port)), CASTELLAN_EGRESS_ALLOW: allow }
    const { settings: _, ...parts } = { settings, clock: systemClock, listeners: () => [] }
    const direct = createEgress({
      ...parts,
      settings: loadSettings({ http_proxy: `http://127.0.0.1:${proxy.port}`, ...settings }),
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    opened.push(direct)
    expect(await get(direct, `http://${host}:${plain.port}/`)).toMatchObject({ status: 200 })
    expect(proxy.asked).toEqual([])
  })

  test('that is no http:// or https:// URL is refused at the start, and not shown', () => {
    expect(() => loadSettings({ https_proxy: 'socks5://user:S3cret@host:1080' })).toThrow(
      'https_proxy is not usable: must be an http:// or https:// URL',
    )
    expect(() => loadSettings({ https_proxy: 'socks5://user:S3cret@host:1080' })).not.toThrow('S3cret')
    expect(loadSettings({ https_proxy: 'proxy.example.org:3128' }).egressHttpsProxy).toBe('http://proxy.example.org:3128')
  })

  test('is not the only thing that may be trusted by a file: what is no certificate is refused at the start', () => {
    const settings = loadSettings({ CASTELLAN_EGRESS_CA_FILE: '/nowhere/ca.pem' })
    expect(() => createEgress({ settings, clock: systemClock, listeners: () => [] })).toThrow(
      'CASTELLAN_EGRESS_CA_FILE is not usable: ENOENT',
    )
  })
})
