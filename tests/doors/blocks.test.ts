import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installBlockTypes } from '../../src/core/blocks/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { openRest, type RestHouse } from './rest-house.ts'

let rest: RestHouse
let type: { id: string }
let schema: { id: string; checksum: string }
const ask = (method: string, path: string, body?: unknown) => rest.ask(method, path, body)
const post = (text: string) =>
  fetch(`${rest.doors.url}/api/block_schemas/`, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } })

const fields = {
  title: 'Box',
  type: 'object',
  properties: { token: { type: 'string' }, size: { type: 'integer' } },
  required: ['token'],
  secret_fields: ['token'],
}

beforeAll(async () => {
  rest = await openRest()
  await installBlockTypes(rest.doors.house.as(owner), {})
  type = (await ask('POST', '/block_types/', { name: 'Box', slug: 'box' })).body
  schema = (await ask('POST', '/block_schemas/', { block_type_id: type.id, fields, capabilities: ['hold'] })).body
})
afterAll(() => rest.close())

const save = (name: string, data: object) =>
  ask('POST', '/block_documents/', { name, data, block_type_id: type.id, block_schema_id: schema.id })

describe('block types over REST', () => {
  test('that come with the server are there, and stay', async () => {
    const { body } = await ask('POST', '/block_types/filter', { block_schemas: { block_capabilities: { all_: ['notify'] } } })
    expect(body.map(({ slug }: { slug: string }) => slug)).toEqual([
      'custom-webhook',
      'discord-webhook',
      'mattermost-webhook',
      'ms-teams-webhook',
      'opsgenie-webhook',
      'pager-duty-webhook',
      'smtp-email',
      'sendgrid-email',
      'slack-webhook',
      'twilio-sms',
    ])
    const { body: secret } = await ask('GET', '/block_types/slug/secret')
    expect(await ask('DELETE', `/block_types/${secret.id}`)).toMatchObject({
      status: 403,
      body: { detail: 'protected block types cannot be deleted.' },
    })
    expect((await ask('GET', '/block_capabilities/')).body).toEqual(['hold', 'notify'])
  })

  test('are refused with the words that the SDK knows', async () => {
    expect((await ask('POST', '/block_types/', { name: 'Box', slug: 'box' })).status).toBe(409)
    expect((await ask('POST', '/block_types/', { name: 'Prefect Box', slug: 'other' })).status).toBe(403)
    expect((await ask('GET', '/block_types/slug/none')).status).toBe(404)
    expect((await ask('GET', '/block_types/slug/none/block_documents')).status).toBe(404)
  })
})

describe('block schemas over REST', () => {
  test('are known by the checksum of what the SDK wrote, where 1.0 is not 1, and say it again as it was written', async () => {
    const text = (number: string) => `{"block_type_id":"${type.id}","fields":{"title":"Rate","properties":{"rate":{"default":${number}}}}}`
    const [one, other] = [await post(text('1.0')), await post(text('1'))]
    expect([one.status, other.status]).toEqual([201, 201])
    const said = await one.text()
    expect(said).toContain('"default":1.0')
    const { checksum } = JSON.parse(said)
    expect(checksum).not.toBe(((await other.json()) as { checksum: string }).checksum)
    expect((await ask('GET', `/block_schemas/checksum/${checksum}?version=non-versioned`)).text).toContain('"default":1.0')
    expect((await post(text('1.0'))).status).toBe(200)
  })

  test('are refused when they are no JSON, or of a type that there is not', async () => {
    expect((await post('{')).status).toBe(422)
    expect((await post(`{"block_type_id":"${schema.id}","fields":{}}`)).status).toBe(404)
    expect((await ask('GET', '/block_schemas/checksum/sha256:none')).status).toBe(404)
  })
})

describe('block documents over REST', () => {
  test('show secrets only where they are asked for', async () => {
    const { status, body } = await save('one', { token: 's3cret', size: 1 })
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'one', data: { token: '********', size: 1 }, block_type_name: 'Box', block_schema: { block_type: { slug: 'box' } } },
    })
    for (const path of [`/block_documents/${body.id}`, '/block_types/slug/box/block_documents/name/one']) {
      expect((await ask('GET', path)).body.data).toEqual({ token: '********', size: 1 })
      expect((await ask('GET', `${path}?include_secrets=true`)).body.data).toEqual({ token: 's3cret', size: 1 })
    }
    const listed = (secrets: boolean) =>
      ask('POST', '/block_documents/filter', { block_documents: { name: { any_: ['one'] } }, include_secrets: secrets })
    expect((await listed(false)).text).not.toContain('s3cret')
    expect((await listed(true)).text).toContain('s3cret')
  })

  test('change field by field, or as a whole', async () => {
    const { body } = await save('two', { token: 's3cret', size: 1 })
    const read = async () => (await ask('GET', `/block_documents/${body.id}?include_secrets=true`)).body.data
    expect((await ask('PATCH', `/block_documents/${body.id}`, { data: { size: 2, token: '********' } })).status).toBe(204)
    expect(await read()).toEqual({ token: 's3cret', size: 2 })
    await ask('PATCH', `/block_documents/${body.id}`, { data: { token: 'new' }, merge_existing_data: false })
    expect(await read()).toEqual({ token: 'new' })
  })

  test('are refused with the status that the SDK reads', async () => {
    const { body: held } = await save('held', {})
    await save('holding', { of: { $ref: { block_document_id: held.id } } })
    expect(await save('held', {})).toMatchObject({ status: 409, body: { detail: 'Block already exists' } })
    expect(await save('bad', { of: { $ref: {} } })).toMatchObject({
      status: 400,
      body: { detail: 'Received block reference without a block_document_id in key of' },
    })
    expect((await ask('PATCH', `/block_documents/${held.id}`, { data: { of: { $ref: { block_document_id: held.id } } } })).status).toBe(400)
    expect(await ask('DELETE', `/block_documents/${held.id}`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('holding') },
    })
    expect((await ask('GET', `/block_documents/${type.id}`)).status).toBe(404)
  })

  test('are not repeated by a refusal', async () => {
    for (const body of [
      { name: 'Bad Name', data: { token: 's3cret' } },
      { name: 'x', data: { token: 's3cret' }, extra: 's3cret' },
    ]) {
      const { status, text } = await ask('POST', '/block_documents/', { ...body, block_type_id: type.id, block_schema_id: schema.id })
      expect(status).toBe(422)
      expect(text).not.toContain('s3cret')
    }
  })
})

describe('blocks in GraphQL', () => {
  const url = () => `${rest.doors.url}/graphql`
  const create = (input: object) =>
    graphql(url(), 'mutation ($input: CreateBlockDocumentInput!) { createBlockDocument(input: $input) { blockDocument { id data } } }', {
      input,
    })

  test('are saved, changed and deleted, and their secrets never read', async () => {
    const data = { url: 'https://hooks.slack.com/services/A/B/s3cret' }
    const { data: saved } = await create({ name: 'team', blockTypeSlug: 'slack-webhook', data })
    const { id, data: shown } = saved!['createBlockDocument'].blockDocument
    expect(shown).toEqual({ url: '********' })
    const update = 'mutation ($input: UpdateBlockDocumentInput!) { updateBlockDocument(input: $input) { blockDocument { data } } }'
    const changed = await graphql(url(), update, { input: { id, data: { notify_type: 'warning' } } })
    expect(changed.data!['updateBlockDocument'].blockDocument.data).toEqual({ url: '********', notify_type: 'warning' })
    expect((await ask('GET', `/block_documents/${id}?include_secrets=true`)).body.data).toEqual({ ...data, notify_type: 'warning' })
    const remove = 'mutation ($input: DeleteBlockDocumentInput!) { deleteBlockDocument(input: $input) { blockDocument { id } } }'
    expect((await graphql(url(), remove, { input: { id } })).data).toMatchObject({ deleteBlockDocument: { blockDocument: { id } } })
  })

  test('are refused with the field that does not fit, and without what was found in it', async () => {
    for (const [input, path] of [
      [{ name: 'a', blockTypeSlug: 'slack-webhook', data: { url: 's3cret' } }, ['data', 'url']],
      [{ name: 'a', blockTypeSlug: 'slack-webhook', data: {} }, ['data', 'url']],
      [{ name: 'a', blockSchemaId: schema.id, data: { size: 1 } }, ['data', 'token']],
      [{ name: 'a', blockSchemaId: schema.id, data: { token: 's3cret', size: 's3cret' } }, ['data', 'size']],
      [{ name: 'a', blockSchemaId: schema.id, data: { token: '********' } }, ['data', 'token']],
      [{ name: 'Bad', blockTypeSlug: 'box', data: { token: 's3cret' } }, ['name']],
      [{ name: 'a', data: {} }, ['blockTypeSlug']],
    ] as const) {
      const { errors } = await create(input)
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID', path } }])
      expect(JSON.stringify(errors)).not.toContain('s3cret')
    }
  })

  test('are the catalogue, with the form of each kind', async () => {
    const { data } = await graphql(
      url(),
      '{ blockType(slug: "smtp-email") { name isProtected capabilities documentCount schema { fields secretFields } } }',
    )
    expect(data!['blockType']).toMatchObject({ name: 'SMTP Email', isProtected: true, capabilities: ['notify'], documentCount: 0 })
    const { fields: form, secretFields } = data!['blockType'].schema
    expect(secretFields).toEqual(['password'])
    expect(Object.values(form.properties).map((property: any) => property.position)).toEqual(
      Object.keys(form.properties).map((_key, index) => index),
    )
    expect(form.required).toEqual(expect.arrayContaining(['smtp_server', 'to_emails']))
  })
})
