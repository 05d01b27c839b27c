import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  BlockDocument,
  createBlockDocument,
  createBlockType,
  openBlockDocuments,
  registerBlockSchema,
  rekeyBlockDocuments,
  rekeySecrets,
  resolveBlockDocuments,
  updateBlockDocument,
} from '../../src/core/blocks/index.ts'
import { describeEncryption } from '../../src/core/secrets/index.ts'
import { keyOf } from '../../src/kernel/envelope.ts'
import { KEY_FILE, openKeyRing } from '../../src/kernel/key-ring.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { type BareHouse, openBareHouse, openRoom } from '../support/house.ts'
import { sqlitePlace } from '../support/storages.ts'
import { forEachStorage } from './for-each-storage.ts'

const [blue, red, green] = ['11', '22', '33'].map(byte => byte.repeat(32)) as [string, string, string]
const [blueName, redName] = [blue, red].map(hex => keyOf(Buffer.from(hex, 'hex')).fingerprint) as [string, string]

/** As if the server had been started again with these. */
function giveKeys(house: BareHouse, text: string | null): void {
  const settings = loadSettings(text === null ? {} : { CASTELLAN_ENCRYPTION_KEY: text })
  Object.assign(house, { keys: openKeyRing({ settings, ids: house.ids, kind: 'postgres' }) })
}

async function keepSecret(house: BareHouse, name: string, workspace?: Awaited<ReturnType<typeof openRoom>>) {
  const ctx = house.as(undefined, workspace)
  const type = await createBlockType(ctx, { name, slug: name })
  const { id: blockSchemaId } = await registerBlockSchema(ctx, { blockTypeId: type.id, fields: { title: name, secret_fields: ['token'] } })
  return createBlockDocument(ctx, { name, blockSchemaId, data: { token: `secret of ${name}` } })
}

const open = async (house: BareHouse, id: string) => (await openBlockDocuments(house.as(), { ids: [id] }))[0]?.data['token']

const envelopes = async (house: BareHouse) =>
  (await house.storage.read.select({
    entity: BlockDocument,
    workspaceId: null,
    where: [],
    orderBy: [['id', 'asc']],
    limit: 1000,
  })) as unknown as {
    id: string
    sealed: string
  }[]

const putEnvelope = (house: BareHouse, id: string, sealed: string) =>
  house.storage.transact(({ em }) => em.nativeUpdate(BlockDocument, { id }, { sealed }, { filters: { workspace: false } }))

forEachStorage(openHouse => {
  describe('a sealed secret', () => {
    test('put in the place of another does not open, nor one that was changed', async () => {
      const house = await openHouse()
      const one = await keepSecret(house, 'one')
      const two = await keepSecret(house, 'two')
      const elsewhere = await keepSecret(house, 'one', await openRoom(house, 'other'))
      const stored = new Map((await envelopes(house)).map(({ id, sealed }) => [id, sealed]))
      for (const other of [two.id, elsewhere.id]) {
        await putEnvelope(house, one.id, stored.get(other)!)
        await expect(open(house, one.id)).rejects.toMatchObject({ code: 'LOCKED', message: expect.stringContaining('changed or moved') })
      }
      await putEnvelope(house, one.id, stored.get(one.id)!)
      expect(await open(house, one.id)).toBe('secret of one')
    })

    test('is kept with no key but the database’s own, which the refusal names', async () => {
      const house = await openHouse()
      giveKeys(house, blue)
      const { id } = await keepSecret(house, 'one')
      giveKeys(house, red)
      const refusal = { code: 'LOCKED', message: expect.stringMatching(new RegExp(`${blueName}.*${redName}.*CASTELLAN_ENCRYPTION_KEY`)) }
      await expect(open(house, id)).rejects.toMatchObject(refusal)
      await expect(keepSecret(house, 'two')).rejects.toMatchObject(refusal)
      await expect(updateBlockDocument(house.as(), { id, data: { token: 'x' } })).rejects.toMatchObject(refusal)
      expect((await resolveBlockDocuments(house.as(), { ids: [id] }))[0]?.data).toEqual({ token: '********' })
      expect(await describeEncryption(house.as(), {})).toMatchObject({ inUse: [blueName], own: [redName], isComplete: false })
      giveKeys(house, blue)
      expect(await open(house, id)).toBe('secret of one')
    })

    test('is not taken without a key, and the refusal names the setting', async () => {
      const house = await openHouse()
      giveKeys(house, null)
      await expect(keepSecret(house, 'one')).rejects.toMatchObject({
        code: 'LOCKED',
        message: expect.stringContaining('Set CASTELLAN_ENCRYPTION_KEY or CASTELLAN_ENCRYPTION_KEY_FILE'),
      })
      expect(await envelopes(house)).toEqual([])
    })
  })

  describe('re-keying', () => {
    test('seals all secrets of all workspaces anew, and the older key is no longer needed', async () => {
      const house = await openHouse()
      giveKeys(house, blue)
      const one = await keepSecret(house, 'one')
      const room = await openRoom(house, 'other')
      const other = await keepSecret(house, 'other', room)
      giveKeys(house, `${red},${blue}`)
      const three = await keepSecret(house, 'three')
      expect((await envelopes(house)).every(({ sealed }) => sealed.includes(blueName))).toBe(true)
      expect(await rekeySecrets(house.as())).toBe(3)
      giveKeys(house, red)
      expect(await open(house, one.id)).toBe('secret of one')
      expect(await open(house, three.id)).toBe('secret of three')
      expect((await openBlockDocuments(house.as(undefined, room), { ids: [other.id] }))[0]?.data).toEqual({ token: 'secret of other' })
      expect(await describeEncryption(house.as(), {})).toMatchObject({ inUse: [redName], isComplete: true, isSettled: true })
      expect(await rekeySecrets(house.as())).toBe(0)
    })

    test('stopped half way leaves every secret readable with both keys, and goes on where it was', async () => {
      const house = await openHouse()
      giveKeys(house, blue)
      const documents = []
      for (const name of ['a', 'b', 'c', 'd', 'e']) documents.push(await keepSecret(house, name))
      giveKeys(house, `${red},${blue}`)
      expect(await rekeyBlockDocuments(house.as(), { limit: 2 })).toEqual({ fingerprint: redName, resealed: 2, isDone: false })
      for (const { id, name } of documents) expect(await open(house, id)).toBe(`secret of ${name}`)
      expect(await describeEncryption(house.as(), {})).toMatchObject({ inUse: [redName, blueName], isSettled: false })
      giveKeys(house, blue)
      await updateBlockDocument(house.as(), { id: documents[0]!.id, data: { token: 'meanwhile' } }).catch(() => undefined)
      giveKeys(house, `${red},${blue}`)
      expect(await rekeySecrets(house.as())).toBeGreaterThanOrEqual(3)
      giveKeys(house, red)
      for (const { id, name } of documents.slice(1)) expect(await open(house, id)).toBe(`secret of ${name}`)
    })

    test('wants every key that something is sealed with, and none that was retired', async () => {
      const house = await openHouse()
      giveKeys(house, blue)
      const { id } = await keepSecret(house, 'one')
      giveKeys(house, red)
      await expect(rekeySecrets(house.as())).rejects.toMatchObject({ code: 'LOCKED', facts: { wanted: blueName } })
      giveKeys(house, `${red},${blue}`)
      await rekeySecrets(house.as())
      giveKeys(house, `${blue},${red}`)
      await expect(rekeySecrets(house.as())).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('retired') })
      giveKeys(house, `${green},${red}`)
      expect(await rekeySecrets(house.as())).toBe(1)
      expect(await open(house, id)).toBe('secret of one')
    })
  })
})

describe('the key of a SQLite file', () => {
  async function site() {
    const place = await sqlitePlace()
    onTestFinished(() => place.dispose())
    const path = join(dirname(place.url.replace('sqlite:///', '')), KEY_FILE)
    return { path, inside: async <T>(use: (house: BareHouse) => Promise<T>): Promise<T> => use(await openBareHouse(place.url)) }
  }
  const during = async <T>(house: BareHouse, run: (house: BareHouse) => Promise<T>): Promise<T> => {
    try {
      return await run(house)
    } finally {
      await house.close()
    }
  }

  test('is made with the first secret, for its owner alone, and found again', async () => {
    const { path, inside } = await site()
    const id = await inside(house =>
      during(house, async () => {
        expect(existsSync(path)).toBe(false)
        const { id } = await keepSecret(house, 'one')
        return id
      }),
    )
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await inside(house => during(house, async () => expect(await open(house, id)).toBe('secret of one')))
  })

  test('that is gone is not replaced by another while there are secrets', async () => {
    const { path, inside } = await site()
    const id = await inside(house => during(house, async () => (await keepSecret(house, 'one')).id))
    rmSync(path)
    await inside(house =>
      during(house, async () => {
        await expect(open(house, id)).rejects.toMatchObject({ code: 'LOCKED', message: expect.stringContaining('this server has no key') })
        await expect(keepSecret(house, 'two')).rejects.toMatchObject({ code: 'LOCKED' })
        await expect(rekeySecrets(house.as())).rejects.toMatchObject({ code: 'LOCKED' })
      }),
    )
    expect(existsSync(path)).toBe(false)
  })

  test('is replaced by re-keying, which may be stopped at any point', async () => {
    const { path, inside } = await site()
    const id = await inside(house => during(house, async () => (await keepSecret(house, 'one')).id))
    const first = readFileSync(path, 'utf8')
    const keysIn = (text: string) => text.split('\n').filter(line => line && !line.startsWith('#'))
    await inside(house =>
      during(house, async () => {
        const stop = () => {
          throw new Error('stopped')
        }
        await expect(rekeySecrets(house.as(), stop)).rejects.toThrow('stopped')
      }),
    )
    expect(keysIn(readFileSync(path, 'utf8'))).toHaveLength(2)
    await inside(house =>
      during(house, async () => {
        expect(await open(house, id)).toBe('secret of one')
        await rekeySecrets(house.as())
        expect(await open(house, id)).toBe('secret of one')
      }),
    )
    const last = readFileSync(path, 'utf8')
    expect(keysIn(last)).toHaveLength(1)
    expect(keysIn(last)).not.toEqual(keysIn(first))
    writeFileSync(path, first)
    await inside(house => during(house, async () => expect(open(house, id)).rejects.toMatchObject({ code: 'LOCKED' })))
  })

  test('that is damaged keeps the server from starting, and is not shown', async () => {
    const { path, inside } = await site()
    writeFileSync(path, 'not a key')
    const refusal = await inside(house => house.close()).catch(error => error)
    expect(refusal).toMatchObject({ code: 'INVALID', message: expect.stringContaining(path) })
    expect(refusal.message).not.toContain('not a key')
  })
})
