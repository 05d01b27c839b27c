import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../../src/kernel/database-url.ts'
import { definitions, loadSettings } from '../../../src/kernel/settings.ts'
import { reportSettings } from '../../../src/kernel/settings-report.ts'

const refusalOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error as { code: string; message: string; facts: Record<string, unknown> }
  }
  throw new Error('Nothing was refused.')
}

describe('settings', () => {
  test('stand at their defaults when nothing is said', () => {
    const { sources, ...settings } = loadSettings({})
    expect(settings).toEqual({
      home: join(homedir(), '.castellan'),
      databaseUrl: undefined,
      encryptionKey: undefined,
      encryptionKeyFile: undefined,
      host: '127.0.0.1',
      port: 4200,
      externalHosts: [],
      authString: undefined,
      corsAllowedOrigins: [],
      allowAnonymous: false,
      uiEnabled: true,
      apiDefaultLimit: 200,
      maxParameterSize: 524_288,
      maxArtifactSize: 5_242_880,
      graphqlMaxDepth: 12,
      graphqlMaxAliases: 30,
      graphqlMaxCost: 50_000,
      graphqlMaxTokens: 4000,
      graphqlMaxBytes: 1_048_576,
      graphqlMaxSubscriptions: 100,
      graphqlMaxBatch: 10,
      servicesEnabled: true,
      retentionRunsDays: 90,
      retentionEventsDays: 7,
      retentionLogsDays: 30,
      egressAllow: [],
      egressHttpProxy: undefined,
      egressHttpsProxy: undefined,
      egressNoProxy: [],
      egressCaFile: undefined,
      retentionNotificationsDays: 30,
      notificationsEnabled: true,
      notificationsConcurrency: 64,
      notificationsTimeZone: 'UTC',
      uiUrl: undefined,
      apiUrl: undefined,
      apiAuthString: undefined,
      logLevel: 'warning',
      sqliteSynchronous: 'FULL',
      commitDelayMilliseconds: 0,
    })
    expect(new Set(Object.values(sources))).toEqual(new Set(['default']))
  })

  test('are told with their default, where they come from, and without their secrets', () => {
    const settings = loadSettings(
      { PREFECT_SERVER_API_PORT: '4201', CASTELLAN_SERVER_API_AUTH_STRING: 'ann:sesame' },
      { host: '127.0.0.1' },
    )
    const report = new Map(reportSettings(settings).map(setting => [setting.name, setting]))
    expect(report.get('CASTELLAN_SERVER_API_PORT')).toMatchObject({
      peerName: 'PREFECT_SERVER_API_PORT',
      value: '4201',
      defaultValue: '4200',
      isChanged: true,
      source: 'PREFECT_SERVER_API_PORT',
    })
    expect(report.get('CASTELLAN_SERVER_API_HOST')).toMatchObject({ value: '127.0.0.1', isChanged: false, source: '--host' })
    expect(report.get('CASTELLAN_SERVER_API_AUTH_STRING')).toMatchObject({
      value: '********',
      defaultValue: null,
      isSecret: true,
      isChanged: true,
    })
    expect(report.get('CASTELLAN_API_DATABASE_CONNECTION_URL')).toMatchObject({ value: null, source: 'default' })
    expect(report.get('CASTELLAN_SERVER_CORS_ALLOWED_ORIGINS')).toMatchObject({ value: '', defaultValue: '' })
    expect(report.size).toBe(Object.keys(definitions).length)
    expect(JSON.stringify([...report.values()])).not.toContain('sesame')
  })

  test('are not to be changed', () => {
    expect(Object.isFrozen(loadSettings({}))).toBe(true)
  })

  test('take the peer’s name for the same thing', () => {
    const settings = loadSettings({ PREFECT_SERVER_API_PORT: '4201' })
    expect([settings.port, settings.sources.port]).toEqual([4201, 'PREFECT_SERVER_API_PORT'])
  })

  test('their own name beats the peer’s, and an option beats both', () => {
    const environment = { CASTELLAN_SERVER_API_PORT: '4202', PREFECT_SERVER_API_PORT: '4201' }
    expect(loadSettings(environment)).toMatchObject({ port: 4202, sources: { port: 'CASTELLAN_SERVER_API_PORT' } })
    expect(loadSettings(environment, { port: '4203' })).toMatchObject({ port: 4203, sources: { port: '--port' } })
    expect(loadSettings({}, { allowAnonymous: 'true' })).toMatchObject({
      allowAnonymous: true,
      sources: { allowAnonymous: '--allow-anonymous' },
    })
  })

  test('an empty variable says nothing', () => {
    expect(loadSettings({ CASTELLAN_SERVER_API_PORT: '', PREFECT_SERVER_API_PORT: '4201' }).port).toBe(4201)
  })

  test('lists are separated by commas, with blanks around them', () => {
    expect(loadSettings({ PREFECT_SERVER_CORS_ALLOWED_ORIGINS: ' https://a.example , ,https://b.example' }).corsAllowedOrigins).toEqual([
      'https://a.example',
      'https://b.example',
    ])
  })

  test('words are read in either case', () => {
    expect(loadSettings({ CASTELLAN_LOGGING_SERVER_LEVEL: 'DEBUG', CASTELLAN_SQLITE_SYNCHRONOUS: 'normal' })).toMatchObject({
      logLevel: 'debug',
      sqliteSynchronous: 'NORMAL',
    })
  })

  test.each([
    [{ CASTELLAN_SERVER_API_PORT: 'http' }, {}, 'CASTELLAN_SERVER_API_PORT', 'CASTELLAN_SERVER_API_PORT'],
    [{ PREFECT_SERVER_API_PORT: '70000' }, {}, 'PREFECT_SERVER_API_PORT', 'CASTELLAN_SERVER_API_PORT'],
    [{}, { port: '-1' }, '--port', 'CASTELLAN_SERVER_API_PORT'],
    [{ PREFECT_SERVER_API_AUTH_STRING: 'nocolon' }, {}, 'PREFECT_SERVER_API_AUTH_STRING', 'CASTELLAN_SERVER_API_AUTH_STRING'],
    [{ CASTELLAN_LOGGING_SERVER_LEVEL: 'loud' }, {}, 'CASTELLAN_LOGGING_SERVER_LEVEL', 'CASTELLAN_LOGGING_SERVER_LEVEL'],
    [{ CASTELLAN_SERVER_ALLOW_ANONYMOUS: 'perhaps' }, {}, 'CASTELLAN_SERVER_ALLOW_ANONYMOUS', 'CASTELLAN_SERVER_ALLOW_ANONYMOUS'],
  ])('%j with %j is refused, naming where the value came from', (environment, options, source, setting) => {
    const { code, message, facts } = refusalOf(() => loadSettings(environment as never, options as never))
    expect({ code, facts }).toEqual({ code: 'INVALID', facts: { setting, source } })
    expect(message.startsWith(`${source} is not usable: `)).toBe(true)
  })

  test('a refusal does not tell a secret', () => {
    expect(refusalOf(() => loadSettings({ PREFECT_SERVER_API_AUTH_STRING: 'hunter2' })).message).not.toContain('hunter2')
  })

  test('each is described with its default, and no two share a name', () => {
    const all = Object.values(definitions)
    expect(all.filter(({ description }) => !/Default: .+\.$/.test(description) && !/Default and largest/.test(description))).toEqual([])
    const names = all.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(new Set(names).size).toBe(names.length)
    expect(all.filter(({ name }) => !name.startsWith('CASTELLAN_'))).toEqual([])
  })

  test('take no names but their own, the peer’s, and those by which every program finds its proxies', () => {
    const others = Object.values(definitions).flatMap(({ aliases }) => aliases.filter(alias => !alias.startsWith('PREFECT_')))
    expect(others).toEqual(['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'])
  })
})

describe('a database address', () => {
  test.each([
    ['sqlite:///castellan.db', { kind: 'sqlite-file', path: resolve('castellan.db') }],
    ['sqlite:////var/lib/castellan.db', { kind: 'sqlite-file', path: '/var/lib/castellan.db' }],
    ['sqlite+aiosqlite:////home/ada/.prefect/prefect.db', { kind: 'sqlite-file', path: '/home/ada/.prefect/prefect.db' }],
    ['sqlite+aiosqlite:////var/a.db?timeout=60', { kind: 'sqlite-file', path: '/var/a.db' }],
    ['sqlite:////var/with space.db', { kind: 'sqlite-file', path: '/var/with space.db' }],
    ['sqlite:///:memory:', { kind: 'sqlite-memory' }],
    ['sqlite://', { kind: 'sqlite-memory' }],
    ['sqlite+aiosqlite:///:memory:', { kind: 'sqlite-memory' }],
    ['sqlite+aiosqlite:///file::memory:?cache=shared&uri=true&check_same_thread=false', { kind: 'sqlite-memory' }],
    ['sqlite+aiosqlite:///file:name?mode=memory&cache=shared&uri=true', { kind: 'sqlite-memory' }],
    ['  sqlite:///:memory:  ', { kind: 'sqlite-memory' }],
    [
      'postgresql+asyncpg://postgres:yourTopSecretPassword@localhost:5432/prefect',
      { kind: 'postgres', url: 'postgresql://postgres:yourTopSecretPassword@localhost:5432/prefect', location: 'localhost:5432/prefect' },
    ],
    ['postgresql://u:p@db/castellan', { kind: 'postgres', url: 'postgresql://u:p@db/castellan', location: 'db/castellan' }],
    [
      'postgres://u:p@db/castellan?sslmode=require',
      { kind: 'postgres', url: 'postgresql://u:p@db/castellan?sslmode=require', location: 'db/castellan' },
    ],
    ['POSTGRESQL://u:p%40ss@[::1]:5433/c', { kind: 'postgres', url: 'postgresql://u:p%40ss@[::1]:5433/c', location: '[::1]:5433/c' }],
  ])('%s is understood', (url, target) => {
    expect(parseDatabaseUrl(url, 'CASTELLAN_API_DATABASE_CONNECTION_URL')).toEqual(target)
  })

  test.each(['mysql://u:secret@db/x', 'castellan.db', '', '/var/lib/castellan.db', 'postgresql://u:sec#ret@db:x/y'])(
    '%j is refused, naming the setting and telling no password',
    url => {
      const { code, message, facts } = refusalOf(() => parseDatabaseUrl(url, 'PREFECT_API_DATABASE_CONNECTION_URL'))
      expect({ code, facts }).toEqual({ code: 'INVALID', facts: { source: 'PREFECT_API_DATABASE_CONNECTION_URL' } })
      expect(message).toMatch(/^PREFECT_API_DATABASE_CONNECTION_URL is not a /)
      expect(message).not.toMatch(/secret|sec#ret/)
    },
  )
})
