import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEgress, type Egress, EgressRefusal, type Resolve } from '../../src/gateways/egress/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { refusedHosts } from './refused-hosts.ts'

const names: Readonly<Record<string, readonly string[]>> = {
  'inside.example.org': ['10.0.0.5'],
  'mixed.example.org': ['93.184.216.34', '127.0.0.1'],
  'mapped.example.org': ['::ffff:127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  localhost: ['127.0.0.1', '::1'],
  'a.localhost': ['127.0.0.1'],
}
const family = (address: string) => (address.includes(':') ? 6 : 4) as 4 | 6
const fromTable: Resolve = async host => {
  const found = names[host]
  if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
  return found.map(address => ({ address, family: family(address) }))
}

interface Options {
  readonly allow?: string
  readonly resolve?: Resolve
  readonly listening?: readonly { host: string; port: number }[]
  readonly environment?: Readonly<Record<string, string>>
}

const opened: Egress[] = []
function open({ allow = '', resolve = fromTable, listening = [], environment = {} }: Options = {}): Egress {
  const settings = loadSettings({ CASTELLAN_EGRESS_ALLOW: allow, ...environment })
  const egress = createEgress({ settings, clock: systemClock, listeners: () => listening, resolve })
  opened.push(egress)
  return egress
}
const get = (egress: Egress, url: string, timeoutSeconds = 2) =>
  egress.request({ url, method: 'GET', headers: {}, body: null, timeoutSeconds })

let receiver: Receiver
beforeAll(async () => {
  receiver = await openReceiver()
})
afterAll(async () => {
  await Promise.all(opened.map(egress => egress.close()))
  await receiver.close()
})

describe('a host that leads inside', () => {
  test('is known in more than 200 forms', () => {
    expect(new Set(refusedHosts).size).toBeGreaterThanOrEqual(200)
  })

  test.each(refusedHosts)('http://%s/ is refused before anything is sent', async host => {
    const before = receiver.connections()
    const asked = get(open(), `http://${host.replace('PORT', String(receiver.port))}/`)
    await expect(asked).rejects.toThrow(EgressRefusal)
    expect(receiver.connections()).toBe(before)
  })

  test.each([
    '127.1',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '::1',
    '127.0.0.1.',
    'fe80::1%lo',
    'user@127.0.0.1',
    '127.0.0.1:25',
    'a b',
    '',
  ])('as a bare name "%s" is refused for a connection that is not HTTP', async host => {
    await expect(open().connect(host, receiver.port, 1)).rejects.toThrow(EgressRefusal)
  })

  test.each([
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'unix:/var/run/docker.sock',
    '//example.org',
    'nonsense',
    '',
  ])('is not reached by %s', async url => {
    await expect(get(open(), url)).rejects.toThrow('The address is no http:// or https:// URL.')
  })
})

describe('the list of what may be reached', () => {
  const at = (host: string) => `http://${host}:${receiver.port}/`

  test('is named by the refusal, with the very line to set', async () => {
    await expect(get(open(), at('127.0.0.1'))).rejects.toThrow(
      `127.0.0.1 is a loopback address. To allow it, set CASTELLAN_EGRESS_ALLOW=127.0.0.1:${receiver.port} (behind a comma, if others stand there) and restart the server.`,
    )
    await expect(get(open(), 'http://inside.example.org/hook')).rejects.toThrow(
      'inside.example.org leads to a private address. To allow it, set CASTELLAN_EGRESS_ALLOW=inside.example.org:80 (',
    )
  })

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.0/8', '127.0.0.1'],
    ['127.0.0.1:PORT', '127.0.0.1'],
    ['127.0.0.1:PORT', '0x7f.1'],
    ['2130706433', '127.0.0.1'],
    ['localhost', 'localhost'],
    ['LOCALHOST:PORT', 'localhost'],
    ['*.localhost', 'a.localhost'],
    ['10.0.0.0/8, 127.0.0.0/8', '127.0.0.1'],
    ['127.0.0.0/8', 'mapped.example.org'],
  ])('%s lets %s through', async (allow, host) => {
    const egress = open({ allow: allow.replace('PORT', String(receiver.port)) })
    expect(await get(egress, at(host))).toMatchObject({ status: 200, text: 'ok' })
  })

  test.each([
    ['127.0.0.1:1', '127.0.0.1'],
    ['127.0.0.2', '127.0.0.1'],
    ['10.0.0.0/8', '127.0.0.1'],
    ['localhost', '127.0.0.1'],
    ['host', 'localhost'],
    ['*.localhost', 'localhost'],
    ['127.0.0.0/8', 'a.localhost:80@localhost'],
  ])('%s does not let %s through', async (allow, host) => {
    const resolve: Resolve = async () => [{ address: '::1', family: 6 }]
    await expect(get(open({ allow, resolve }), at(host))).rejects.toThrow(EgressRefusal)
  })

  test.each(['169.254.169.254', '169.254.0.0/16', '0.0.0.0/0', '::/0'])('%s does not open what is never reached', async allow => {
    await expect(get(open({ allow }), 'http://169.254.169.254/latest/meta-data')).rejects.toThrow(
      'cloud metadata address: such addresses are never',
    )
    await expect(get(open({ allow }), 'http://[::ffff:169.254.169.254]/')).rejects.toThrow('never connected to')
  })

  test('does not count for a request that refuses private addresses, not even on a connection that is open', async () => {
    const egress = open({ allow: '127.0.0.1' })
    await get(egress, at('127.0.0.1'))
    const strict = { url: at('127.0.0.1'), method: 'GET', headers: {}, body: null, timeoutSeconds: 2, arePrivateRefused: true } as const
    await expect(egress.request(strict)).rejects.toThrow('this channel allows no private addresses')
  })

  test.each(['10.0.0.0/33', 'http://a', 'a b', '10.0.0.0/8/8', 'user@host', '[fe80::1%eth0]'])(
    'is refused at the start with "%s" in it',
    allow => {
      expect(() => open({ allow })).toThrow(
        `CASTELLAN_EGRESS_ALLOW is not usable: "${allow}" is no host, host:port, address or CIDR block.`,
      )
    },
  )
})

describe('this server itself', () => {
  test.each(['127.0.0.1', '0.0.0.0', '::', 'localhost'])('is not reached, listed or not, where it listens on %s', async host => {
    const egress = open({ allow: '127.0.0.0/8', listening: [{ host, port: receiver.port }] })
    await expect(get(egress, `http://127.0.0.1:${receiver.port}/`)).rejects.toThrow('is this server itself')
    await expect(get(egress, `http://127.0.0.2:${receiver.port}/`)).rejects.toThrow('is this server itself')
  })

  test('does not shut out others on its machine', async () => {
    const egress = open({ allow: '127.0.0.1', listening: [{ host: '127.0.0.1', port: receiver.port + 1 }] })
    expect((await get(egress, `http://127.0.0.1:${receiver.port}/`)).status).toBe(200)
  })
})

describe('a name server that changes its mind', () => {
  test('is asked once for each connection, and the connection goes to what it said then', async () => {
    const first = await openReceiver({ host: '127.0.0.2' })
    const second = await openReceiver({ host: '127.0.0.3', port: first.port })
    let asked = 0
    const resolve: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.2' : '127.0.0.3', family: 4 }]
    const egress = open({ allow: '127.0.0.2', resolve })
    first.behave((_request, response) => void response.setHeader('connection', 'close').end('ok'))
    expect((await get(egress, `http://rebinding.example.org:${first.port}/`)).status).toBe(200)
    expect(asked).toBe(1)
    await expect(get(egress, `http://rebinding.example.org:${first.port}/`)).rejects.toThrow(EgressRefusal)
    expect(asked).toBe(2)
    expect([first.connections(), second.connections()]).toEqual([1, 0])
    expect(first.received[0]!.headers['host']).toBe(`rebinding.example.org:${first.port}`)
    await Promise.all([first.close(), second.close()])
  })

  test('is not believed when one of its answers leads inside', async () => {
    await expect(get(open(), 'http://mixed.example.org/')).rejects.toThrow('mixed.example.org leads to a loopback address')
  })

  test('is not waited for for ever', async () => {
    const egress = open({ resolve: () => Promise.withResolvers<never>().promise })
    await expect(get(egress, 'http://silent.example.org/', 0.2)).rejects.toThrow()
  })
})

describe('an answer', () => {
  const ask = (egress = open({ allow: '127.0.0.1' }), timeoutSeconds = 2) =>
    get(egress, `http://127.0.0.1:${receiver.port}/`, timeoutSeconds)

  test.each([301, 302, 303, 307, 308])('that redirects with %d is an answer, and not followed', async status => {
    const inside = await openReceiver()
    receiver.behave((_request, response) => void response.writeHead(status, { location: `http://127.0.0.1:${inside.port}/` }).end())
    expect(await ask()).toMatchObject({ status, headers: { location: `http://127.0.0.1:${inside.port}/` } })
    expect(inside.connections()).toBe(0)
    await inside.close()
  })

  test('is read up to 64 kB, however large it is', async () => {
    receiver.behave((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        response.once('drain', more)
      }
      more()
    })
    expect((await ask()).text).toHaveLength(65_536)
  })

  test('that breaks off stands with its status', async () => {
    receiver.behave((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('taken')
      response.once('finish', () => undefined)
      setImmediate(() => response.destroy())
    })
    expect(await ask()).toMatchObject({ status: 200, text: 'taken [the answer broke off]' })
  })

  test('that does not come ends the request in time', async () => {
    receiver.behave(() => undefined)
    await expect(ask(undefined, 0.2)).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('is had over connections that are kept', async () => {
    receiver.behave((_request, response) => void response.end('ok'))
    const egress = open({ allow: '127.0.0.1' })
    await ask(egress)
    const before = receiver.connections()
    for (let count = 0; count < 20; count += 1) await ask(egress)
    // The first may not be free again at the moment when the second is asked.
    expect(receiver.connections() - before).toBeLessThanOrEqual(1)
  })
})
