import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBlockDocument, installBlockTypes } from '../../src/core/blocks/index.ts'
import { runCommand } from '../support/command-line.ts'
import { openBareHouse } from '../support/house.ts'
import { freePort } from '../support/ports.ts'

// Each command is a process, and takes seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'castellan-cli-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const run = (words: string, environment: Record<string, string> = {}) =>
  runCommand(words.split(' '), { CASTELLAN_HOME: home, ...environment })

describe('server database', () => {
  test('goes up, down, to a revision and to base, and says where it is', async () => {
    expect((await run('server database upgrade -y -r 0001')).out).toMatch(/is at 0001-first\.\n$/)
    expect((await run('server database history')).out).toMatch(/^applied {2}0001-first\npending {2}0002-variables\n/)
    expect((await run('server database upgrade -y')).code).toBe(0)
    expect((await run('server database downgrade -y -r base')).out).toMatch(/Take back 0001-first\n.*is at base\.\n$/)
  })

  test('asks before it changes anything, and takes silence for a no', async () => {
    const answer = await run('server database reset')
    expect(answer).toMatchObject({ code: 1, out: '' })
    expect(answer.err).toMatch(/Nothing was changed/)
  })

  test('does nothing in a dry run', async () => {
    expect((await run('server database upgrade --dry-run')).out).toMatch(/Apply 0001-first\n.*dry run/s)
    expect((await run('server database history')).out).not.toMatch(/applied/)
  })

  test('refuses a revision that there is not, and touches nothing', async () => {
    await run('server database upgrade -y')
    const answer = await run('server database downgrade -y -r typo')
    expect(answer.code).toBe(1)
    expect(answer.err).toMatch(/There is no revision typo\..*Nothing was changed\./)
    expect((await run('server database history')).out).not.toMatch(/pending/)
  })
})

describe('server', () => {
  test('starts in the background, says that it answers, and stops', async () => {
    const port = String(await freePort())
    const where = { CASTELLAN_SERVER_API_PORT: port }
    expect((await run('server start --background --no-ui', where)).out).toMatch(new RegExp(`in the background at http://127.0.0.1:${port}`))
    try {
      expect(await run('server status', where)).toMatchObject({ code: 0 })
      expect((await run('server start --background', where)).err).toMatch(/already/)
      const other = mkdtempSync(join(tmpdir(), 'castellan-cli-'))
      const taken = await run('server start', { ...where, CASTELLAN_HOME: other })
      expect(taken).toMatchObject({
        code: 1,
        err: `Port ${port} of 127.0.0.1 is taken by another program. Stop that one, or pass --port with another.\n`,
      })
      rmSync(other, { recursive: true, force: true })
      expect((await run('server database reset -y')).err).toMatch(/is in use by another server/)
    } finally {
      expect((await run('server stop', where)).out).toBe('Stopped.\n')
    }
    expect(await run('server status', where)).toMatchObject({ code: 1 })
  })
})

describe('config and profile', () => {
  test('keep a setting in the active profile, under its own name, readable by its owner alone', async () => {
    await run('config set PREFECT_SERVER_API_PORT=4300 CASTELLAN_SERVER_API_AUTH_STRING=ada:secret')
    const file = join(home, 'profiles.toml')
    expect(readFileSync(file, 'utf8')).toMatch(/CASTELLAN_SERVER_API_PORT = "4300"/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const { out } = await run('config view --show-sources', { CASTELLAN_SERVER_API_HOST: '::1' })
    expect(out).toMatch(/CASTELLAN_SERVER_API_PORT='4300' \(from profile default\)/)
    expect(out).toMatch(/CASTELLAN_SERVER_API_HOST='::1' \(from CASTELLAN_SERVER_API_HOST\)/)
    expect(out).not.toMatch(/secret/)
  })

  test('refuse a value that cannot be used, and keep nothing of it', async () => {
    const answer = await run('config set CASTELLAN_SERVER_API_PORT=abc')
    expect(answer.code).toBe(1)
    expect(answer.err).toMatch(/^CASTELLAN_SERVER_API_PORT of the profile default is not usable/)
    expect((await run('config view')).out).not.toMatch(/PORT=/)
  })

  test('find out settings that there are not', async () => {
    expect(await run('config validate', { CASTELLAN_SERVER_API_PROT: '1' })).toMatchObject({
      code: 1,
      out: 'CASTELLAN_SERVER_API_PROT in the environment is no setting.\n',
    })
    expect((await run('config validate')).code).toBe(0)
  })

  test('a profile is made, used, renamed and deleted; the active one stays', async () => {
    await run('profile create other')
    await run('profile use other')
    expect((await run('profile ls')).out).toBe('  default\n* other\n')
    expect((await run('profile delete other')).err).toMatch(/is active/)
    await run('profile rename other mine')
    await run('profile use default')
    expect((await run('profile delete mine')).code).toBe(0)
    expect((await run('profile ls')).out).toBe('* default\n')
  })
})

describe('secrets', () => {
  const database = () => `sqlite:///${join(home, 'castellan.db')}`
  const strangeKey = { CASTELLAN_ENCRYPTION_KEY: 'ab'.repeat(32) }
  const refusal = /sealed with the key of fingerprint [0-9a-f]{16}; this server has [0-9a-f]{16} \(CASTELLAN_ENCRYPTION_KEY\)/

  async function keepSecret(): Promise<void> {
    const house = await openBareHouse(database())
    await installBlockTypes(house.as(), {})
    await createBlockDocument(house.as(), { name: 'one', blockTypeSlug: 'secret', data: { value: 's3cret' } })
    await house.close()
  }

  test('are sealed anew by a command, which makes a key where it keeps the key, and wants it where it does not', async () => {
    await keepSecret()
    const keyFile = join(home, 'encryption.key')
    const before = readFileSync(keyFile, 'utf8')
    expect(await run('server rekey')).toMatchObject({ code: 0, out: expect.stringMatching(/1 sealed anew\n.*1 were sealed anew/) })
    expect(readFileSync(keyFile, 'utf8')).not.toBe(before)
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    const strange = await run('server rekey', strangeKey)
    expect(strange).toMatchObject({ code: 1, out: '', err: expect.stringMatching(refusal) })
    expect(strange.err).not.toContain('abab')
  })

  test('keep no server from starting that lacks their key: it refuses them, and says so', async () => {
    await keepSecret()
    const port = String(await freePort())
    const where = { CASTELLAN_SERVER_API_PORT: port, ...strangeKey }
    await run('server start --background --no-ui', where)
    try {
      const block = `http://127.0.0.1:${port}/api/block_types/slug/secret/block_documents/name/one`
      expect(await (await fetch(block)).json()).toMatchObject({ data: { value: '********' } })
      const refused = await fetch(`${block}?include_secrets=true`)
      expect([refused.status, await refused.json()]).toEqual([423, { detail: expect.stringMatching(refusal) }])
    } finally {
      await run('server stop', where)
    }
  })
})
