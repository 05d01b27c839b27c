import { describe, expect, test } from 'vitest'
import {
  blockDocumentUses,
  createBlockDocument,
  createBlockType,
  deleteBlockDocument,
  deleteBlockSchema,
  deleteBlockType,
  findBlockDocument,
  findBlockSchema,
  findBlockType,
  listBlockCapabilities,
  listBlockDocuments,
  listBlockTypes,
  newestBlockSchemas,
  openBlock,
  openBlockDocuments,
  registerBlockSchema,
  resolveBlockDocuments,
  updateBlockDocument,
  updateBlockType,
} from '../../src/core/blocks/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const mask = '********'

async function makeSchema(house: BareHouse, slug: string, fields: object = {}, capabilities: string[] = []) {
  const type = await findBlockType(house.as(), { slug }).catch(() => createBlockType(house.as(), { name: slug.toUpperCase(), slug }))
  return registerBlockSchema(house.as(), { blockTypeId: type.id, fields: { title: slug, ...fields }, capabilities })
}

async function makeDocument(house: BareHouse, name: string, data: Record<string, unknown>, secrets: string[] = []) {
  const { id: blockSchemaId } = await makeSchema(house, 'thing', { secret_fields: secrets })
  return createBlockDocument(house.as(), { name, blockSchemaId, data })
}

const refTo = ({ id }: { id: string }) => ({ $ref: { block_document_id: id } })
const opened = async (house: BareHouse, { id }: { id: string }) => (await openBlockDocuments(house.as(), { ids: [id] }))[0]?.data
const shown = async (house: BareHouse, { id }: { id: string }) => (await resolveBlockDocuments(house.as(), { ids: [id] }))[0]?.data

const events = async (house: BareHouse) => (await house.storage.readLog('events', 0, 1000)) as LogEvent[]

forEachStorage(open => {
  describe('a block type', () => {
    test('is made, found by id and slug, changed and deleted, and the log tells of it', async () => {
      const house = await open()
      const { id } = await createBlockType(house.as(), { name: 'My Box', slug: 'my-box', description: 'holds' })
      expect(await findBlockType(house.as(), { slug: 'my-box' })).toMatchObject({ id, name: 'My Box', isProtected: false, logoUrl: null })
      await updateBlockType(house.as(), { id, description: 'holds' })
      await updateBlockType(house.as(), { id, description: 'held' })
      expect(await findBlockType(house.as(), { id })).toMatchObject({ description: 'held' })
      await deleteBlockType(house.as(), { id })
      await expect(findBlockType(house.as(), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await events(house)).map(({ event }) => event)).toEqual(
        ['created', 'updated', 'deleted'].map(verb => `prefect.block-type.${verb}`),
      )
    })

    test('has a slug of its own and no name that is kept for the SDK', async () => {
      const house = await open()
      await createBlockType(house.as(), { name: 'One', slug: 'one' })
      await expect(createBlockType(house.as(), { name: 'Two', slug: 'one' })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(createBlockType(house.as(), { name: 'Prefect box', slug: 'box' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(createBlockType(house.as(), { name: 'Three', slug: 'Not a slug' })).rejects.toMatchObject({ code: 'INVALID' })
    })

    test('is found by what one of its schemas can do', async () => {
      const house = await open()
      await makeSchema(house, 'bell', {}, ['notify', 'ring'])
      await makeSchema(house, 'box', {}, ['store'])
      const slugs = async (...capabilities: string[]) =>
        (await listBlockTypes(house.as(), { filter: { capabilities } })).nodes.map(({ slug }) => slug)
      expect(await slugs()).toEqual(['bell', 'box'])
      expect(await slugs('ring', 'notify')).toEqual(['bell'])
      expect(await slugs('store', 'notify')).toEqual([])
      expect(await listBlockCapabilities(house.as(), {})).toEqual(['notify', 'ring', 'store'])
    })
  })

  describe('a block schema', () => {
    test('is registered once for a checksum and a version', async () => {
      const house = await open()
      const first = await makeSchema(house, 'thing', { properties: { a: { type: 'string' } } })
      expect(first).toMatchObject({ isNew: true, version: 'non-versioned', checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
      expect(await makeSchema(house, 'thing', { properties: { a: { type: 'string' } } })).toMatchObject({ isNew: false, id: first.id })
      const { blockTypeId } = first
      const newer = await registerBlockSchema(house.as(), { blockTypeId, fields: JSON.parse(first.fields), version: '2.0' })
      expect(newer).toMatchObject({ isNew: true, checksum: first.checksum })
      expect((await findBlockSchema(house.as(), { checksum: first.checksum, version: 'non-versioned' })).id).toBe(first.id)
      expect((await findBlockSchema(house.as(), { checksum: first.checksum })).id).toBe(newer.id)
      expect((await newestBlockSchemas(house.as(), { blockTypeIds: [blockTypeId] })).map(({ id }) => id)).toEqual([newer.id])
    })

    test('brings the schemas of blocks that it holds, if their types are known', async () => {
      const house = await open()
      const child = { title: 'Child', block_type_slug: 'child', properties: { deep: { $ref: '#/definitions/Plain' } } }
      const fields = {
        block_schema_references: { held: { block_type_slug: 'child', block_schema_checksum: 'sha256:unknown' } },
        properties: { held: { $ref: '#/definitions/Child' } },
        definitions: { Child: child, Plain: { type: 'object' } },
      }
      await expect(makeSchema(house, 'parent', fields)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: "Cannot create block schema because block type 'child' was not found. Did you forget to register it?",
      })
      const type = await createBlockType(house.as(), { name: 'Child', slug: 'child' })
      await makeSchema(house, 'parent', fields)
      const [held] = await newestBlockSchemas(house.as(), { blockTypeIds: [type.id] })
      expect(JSON.parse(held!.fields)).toMatchObject(child)
    })

    test('that holds blocks without end is refused', async () => {
      const house = await open()
      const reference = (slug: string) => ({ x: { block_type_slug: slug, block_schema_checksum: 'sha256:none' } })
      const own = (slug: string, other: string) => ({
        block_type_slug: slug,
        block_schema_references: reference(other),
        properties: { x: { $ref: `#/definitions/${other}` } },
      })
      await createBlockType(house.as(), { name: 'A', slug: 'a' })
      const fields = { ...own('b', 'a'), definitions: { a: own('a', 'b'), b: own('b', 'a') } }
      await expect(makeSchema(house, 'b', fields)).rejects.toMatchObject({ code: 'INVALID' })
    })

    test('cannot go while documents are of it', async () => {
      const house = await open()
      const { blockSchemaId } = await makeDocument(house, 'one', {})
      await expect(deleteBlockSchema(house.as(), { id: blockSchemaId })).rejects.toMatchObject({ code: 'CONFLICT' })
      const { id } = await makeSchema(house, 'other')
      await deleteBlockSchema(house.as(), { id })
      await expect(findBlockSchema(house.as(), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe('a block document', () => {
    test('shows what is not secret as it was given, key for key, and secrets only to who opens it', async () => {
      const house = await open()
      const data = {
        zebra: [1, 2.5, null],
        token: 's3cret',
        a: { deep: 's3cret', b: 1 },
        headers: { x: 's3cret', y: { z: 's3cret' } },
        none: null,
      }
      const document = await makeDocument(house, 'one', data, ['token', 'a.deep', 'headers.*', 'none', 'absent'])
      const masked = { zebra: [1, 2.5, null], token: mask, a: { deep: mask, b: 1 }, headers: { x: mask, y: { z: mask } }, none: null }
      expect(JSON.stringify(document.data)).toBe(JSON.stringify(masked))
      expect(JSON.stringify(await opened(house, document))).toBe(JSON.stringify(data))
      expect(await shown(house, document)).toEqual(masked)
      expect((await listBlockDocuments(house.as(), {})).nodes.map(node => node.data)).toEqual([masked])
      expect((await findBlockDocument(house.as(), { blockTypeSlug: 'thing', name: 'one' })).data).toEqual(masked)
      expect(Object.keys(document)).not.toContain('sealed')
    })

    test('keeps a secret that is sent back as it is shown, and changes what is given', async () => {
      const house = await open()
      const document = await makeDocument(house, 'one', { token: 'first', other: 'second', open: 1 }, ['token', 'other'])
      await updateBlockDocument(house.as(), { id: document.id, data: { token: mask, open: 2 } })
      expect(await opened(house, document)).toEqual({ token: 'first', other: 'second', open: 2 })
      await updateBlockDocument(house.as(), { id: document.id, data: { token: 'changed', other: mask }, isReplaced: true })
      expect(await opened(house, document)).toEqual({ token: 'changed', other: 'second' })
      await expect(
        updateBlockDocument(house.as(), { id: document.id, data: { token: null, other: null }, isReplaced: true }).then(() =>
          updateBlockDocument(house.as(), { id: document.id, data: { token: mask } }),
        ),
      ).rejects.toMatchObject({ code: 'INVALID', facts: { issues: [{ path: ['data', 'token'] }] } })
    })

    test('keeps what is secret secret when its next schema calls it so no longer', async () => {
      const house = await open()
      const document = await makeDocument(house, 'one', { token: 's3cret', open: 1 }, ['token'])
      const { id: blockSchemaId } = await makeSchema(house, 'thing', { secret_fields: [], title: 'newer' })
      await updateBlockDocument(house.as(), { id: document.id, blockSchemaId, data: { open: 2 } })
      expect(await shown(house, document)).toEqual({ token: mask, open: 2 })
      expect(await opened(house, document)).toEqual({ token: 's3cret', open: 2 })
    })

    test('has sealed what its next schema calls secret, without being given it again', async () => {
      const house = await open()
      const document = await makeDocument(house, 'one', { token: 's3cret', other: 'kept' }, ['other'])
      const { id: blockSchemaId } = await makeSchema(house, 'thing', { secret_fields: ['token', 'other'], title: 'newer' })
      await updateBlockDocument(house.as(), { id: document.id, blockSchemaId })
      expect(await shown(house, document)).toEqual({ token: mask, other: mask })
      expect(await opened(house, document)).toEqual({ token: 's3cret', other: 'kept' })
    })

    test('stands in the place of a reference to it, however deep, and shows its secrets only to who opens', async () => {
      const house = await open()
      const inner = await makeDocument(house, 'inner', { token: 's3cret' }, ['token'])
      const middle = await makeDocument(house, 'middle', { inner: refTo(inner), n: 1 }, ['token'])
      const outer = await makeDocument(house, 'outer', { middle: refTo(middle) }, ['token'])
      expect(await shown(house, outer)).toEqual({ middle: { inner: { token: mask }, n: 1 } })
      expect(await opened(house, outer)).toEqual({ middle: { inner: { token: 's3cret' }, n: 1 } })
      const [resolved] = await resolveBlockDocuments(house.as(), { ids: [outer.id] })
      expect(resolved).toMatchObject({ references: { middle: { id: middle.id, references: { inner: { id: inner.id, references: {} } } } } })
      expect(await blockDocumentUses(house.as(), { ids: [inner.id] })).toEqual([
        { documentId: inner.id, parentId: middle.id, field: 'inner' },
      ])
    })

    test('cannot go while another holds it, and can when that lets go', async () => {
      const house = await open()
      const inner = await makeDocument(house, 'inner', {})
      const outer = await makeDocument(house, 'outer', { inner: refTo(inner) })
      await expect(deleteBlockDocument(house.as(), { id: inner.id })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: 'THING inner is used by THING outer: change or delete that first.',
      })
      await updateBlockDocument(house.as(), { id: outer.id, data: { inner: null } })
      await deleteBlockDocument(house.as(), { id: inner.id })
      expect(await opened(house, outer)).toEqual({ inner: null })
    })

    test('cannot hold itself, through whichever others, nor what there is not', async () => {
      const house = await open()
      const one = await makeDocument(house, 'one', {})
      const two = await makeDocument(house, 'two', { of: refTo(one) })
      const three = await makeDocument(house, 'three', { of: refTo(two) })
      for (const other of [one, two, three])
        await expect(updateBlockDocument(house.as(), { id: one.id, data: { of: refTo(other) } })).rejects.toMatchObject({ code: 'INVALID' })
      const gone = { id: house.ids.uuid() }
      await expect(updateBlockDocument(house.as(), { id: one.id, data: { of: refTo(gone) } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(makeDocument(house, 'four', { of: { $ref: {} } })).rejects.toMatchObject({
        code: 'INVALID',
        message: expect.stringContaining('Received block reference without a block_document_id in key of'),
      })
    })

    test('has a name of its own in its type, or none at all', async () => {
      const house = await open()
      const { blockSchemaId } = await makeDocument(house, 'one', {})
      await expect(makeDocument(house, 'one', {})).rejects.toMatchObject({ code: 'CONFLICT', message: 'Block already exists' })
      await expect(createBlockDocument(house.as(), { blockSchemaId })).rejects.toMatchObject({ code: 'INVALID' })
      await expect(createBlockDocument(house.as(), { blockSchemaId, name: 'No Name' })).rejects.toMatchObject({ code: 'INVALID' })
      const { name } = await createBlockDocument(house.as(), { blockSchemaId, isAnonymous: true })
      expect(name).toMatch(/^anonymous-/)
      expect((await listBlockDocuments(house.as(), { filter: { isAnonymous: false } })).nodes.map(node => node.name)).toEqual(['one'])
    })

    test('changes to a schema of its own type alone', async () => {
      const house = await open()
      const { id } = await makeDocument(house, 'one', {})
      const { id: blockSchemaId } = await makeSchema(house, 'other')
      await expect(updateBlockDocument(house.as(), { id, blockSchemaId })).rejects.toMatchObject({ code: 'INVALID' })
    })

    test('is told of in the log by name, never by what it holds', async () => {
      const house = await open()
      const document = await makeDocument(house, 'one', { token: 's3cret', open: 'shown' }, ['token'])
      await updateBlockDocument(house.as(), { id: document.id, data: { token: 'changed' } })
      await deleteBlockDocument(house.as(), { id: document.id })
      const told = (await events(house)).filter(({ event }) => event.startsWith('prefect.block-document.'))
      expect(told.map(({ event, payload }) => ({ event, payload }))).toEqual(
        ['created', 'updated', 'deleted'].map(verb => ({
          event: `prefect.block-document.${verb}`,
          payload: { name: 'one', block_type_name: 'THING' },
        })),
      )
      expect(JSON.stringify(told)).not.toMatch(/s3cret|shown|changed/)
    })

    test('goes with its type, unless one of another type holds it', async () => {
      const house = await open()
      const held = await makeDocument(house, 'held', {})
      await makeDocument(house, 'holding', { of: refTo(held) })
      const { id: blockSchemaId } = await makeSchema(house, 'other')
      const other = await createBlockDocument(house.as(), { name: 'other', blockSchemaId, data: { of: refTo(held) } })
      const { id } = await findBlockType(house.as(), { slug: 'thing' })
      await expect(deleteBlockType(house.as(), { id })).rejects.toMatchObject({ code: 'CONFLICT' })
      await deleteBlockDocument(house.as(), { id: other.id })
      await deleteBlockType(house.as(), { id })
      expect((await listBlockDocuments(house.as(), {})).nodes).toEqual([])
    })

    test('opens for who sends, with what says how it is used', async () => {
      const house = await open()
      const { id: blockSchemaId } = await makeSchema(house, 'bell', { secret_fields: ['url'] }, ['notify'])
      const { id } = await createBlockDocument(house.as(), { name: 'ring', blockSchemaId, data: { url: 's3cret' } })
      expect(await openBlock(house.as(), { id })).toMatchObject({
        blockTypeSlug: 'bell',
        capabilities: ['notify'],
        data: { url: 's3cret' },
      })
      const reader = { id: 'r', kind: 'user', name: 'Reader', grants: { 'block-document': 'admin' } } as const
      await expect(openBlock(house.as(reader), { id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })
  })
})
