import { describe, expect, test } from 'vitest'
import { draftOf, valuesOf, wrongIn } from '../../web/src/parts/schema-form/schema-draft.ts'
import { fieldsOf, type Schema } from '../../web/src/parts/schema-form/schema-fields.ts'

const one = (property: Schema, rest: Schema = {}) => fieldsOf({ type: 'object', properties: { it: property }, ...rest })[0]!
const kept = (property: Schema, value: unknown, rest: Schema = {}) => {
  const fields = fieldsOf({ type: 'object', properties: { it: property }, ...rest })
  return valuesOf(fields, draftOf(fields, { it: value })).it
}

describe('a field', () => {
  test.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'password', writeOnly: true }, 'secret'],
    [{ type: 'string', enum: ['us', 'eu'] }, 'choice'],
    [{ const: 'POST' }, 'choice'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'number' }, 'number'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: 'array', items: { type: 'string' } }, 'list'],
    [{ type: 'array', items: { type: 'object' } }, 'json'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'map'],
    [{ type: 'object' }, 'json'],
    [{ type: 'object', format: 'password', writeOnly: true }, 'map'],
    [{ type: 'object', properties: { a: { type: 'string' } } }, 'group'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }], default: null }, 'text'],
    [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'json'],
    [{ allOf: [{ $ref: '#/definitions/Region' }] }, 'choice'],
    [{ $ref: '#/definitions/Credentials' }, 'block'],
    [{}, 'json'],
  ] as const)('of %j is a %s', (property, kind) => {
    const definitions = {
      Region: { title: 'Region', enum: ['us', 'eu'] },
      Credentials: { type: 'object', properties: { key: { type: 'string' } }, block_type_slug: 'credentials' },
    }
    expect(one(property, { definitions }).kind).toBe(kind)
  })

  test('is secret where the schema says so by its path, within groups and for every value of a map', () => {
    const fields = fieldsOf({
      type: 'object',
      properties: {
        url: { type: 'string' },
        secrets: { type: 'object' },
        auth: { type: 'object', properties: { user: { type: 'string' }, word: { type: 'string' } } },
      },
      secret_fields: ['url', 'secrets.*', 'auth.word'],
    })
    expect(fields.map(({ kind }) => kind)).toEqual(['secret', 'map', 'group'])
    expect(fields[1]).toMatchObject({ isSecret: true })
    expect(fields[2]).toMatchObject({
      fields: [
        { name: 'user', kind: 'text' },
        { name: 'word', kind: 'secret' },
      ],
    })
  })

  test('is called as people write it, whatever wrote its schema', () => {
    const fields = fieldsOf({
      type: 'object',
      properties: { smtp_server: { title: 'Smtp Server' }, urls: {}, json_data: { title: 'Json data' }, apikey: {} },
    })
    expect(fields.map(({ label }) => label)).toEqual(['SMTP Server', 'URLs', 'JSON data', 'API key'])
  })

  test('that refers to a block names the type it wants', () => {
    const references = { it: { block_type_slug: 'aws-credentials', block_schema_checksum: 'sha256:1' } }
    expect(one({ type: 'object' }, { block_schema_references: references })).toMatchObject({ kind: 'block', blockType: 'aws-credentials' })
  })

  test('has the title, the words and the need of its schema, else words of its name', () => {
    const schema = {
      properties: { to_emails: { type: 'string' }, url: { type: 'string', title: 'Webhook URL', description: 'Where to.' } },
      required: ['url'],
    }
    expect(fieldsOf(schema).map(({ label, hint, isRequired }) => [label, hint, isRequired])).toEqual([
      ['To emails', undefined, false],
      ['Webhook URL', 'Where to.', true],
    ])
  })
})

describe('what is written in a form', () => {
  test.each([
    [{ type: 'string' }, 'hello'],
    [{ type: 'string' }, '42'],
    [{ type: 'integer' }, 42],
    [{ type: 'number' }, 0.5],
    [{ type: 'boolean' }, true],
    [{ type: 'boolean' }, false],
    [{ enum: [1, 'one', null] }, 1],
    [{ type: 'array', items: { type: 'string' } }, ['a', '7']],
    [{ type: 'array', items: { type: 'integer' } }, [1, 2]],
    [{ type: 'object', additionalProperties: { type: 'string' } }, { a: '1' }],
    [{ type: 'object' }, { deep: [{ er: null }] }],
    [{}, '42'],
    [{}, 42],
    [{}, 'plain words'],
    [
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } },
      { a: 'x', b: 2 },
    ],
    [{ type: 'object', block_type_slug: 'credentials' }, { $ref: { block_document_id: 'some-id' } }],
  ] as const)('of %j comes back as it was: %j', (property, value) => {
    expect(kept(property, value)).toEqual(value)
  })

  test('begins with what the schema proposes, and leaves out what stands empty', () => {
    const fields = fieldsOf({
      properties: {
        method: { type: 'string', default: 'POST' },
        note: { type: 'string' },
        region: { enum: ['us', 'eu'], default: 'eu' },
        headers: { type: 'object', additionalProperties: { type: 'string' } },
        limits: { type: 'object', properties: { most: { type: 'integer' } }, required: ['most'] },
      },
    })
    expect(valuesOf(fields, draftOf(fields))).toEqual({ method: 'POST', region: 'eu' })
    expect(wrongIn(fields, draftOf(fields))).toEqual({})
  })

  test('of a secret is told once, and never again: one that stays is given back as it is shown', () => {
    const fields = fieldsOf({
      properties: { url: { type: 'string' }, keys: { type: 'object' } },
      required: ['url'],
      secret_fields: ['url', 'keys.*'],
    })
    const draft = draftOf(fields, { url: '********', keys: { a: '********' } })
    expect(draft).toEqual({ url: { kept: '********', text: '' }, keys: [{ key: 'a', text: '', kept: '********' }] })
    expect([valuesOf(fields, draft), wrongIn(fields, draft)]).toEqual([{ url: '********', keys: { a: '********' } }, {}])
    draft.url = { kept: undefined, text: '' }
    expect(wrongIn(fields, draft)).toEqual({ url: 'URL is needed.' })
    draft.url = { kept: undefined, text: 'https://new' }
    expect(valuesOf(fields, draft)).toEqual({ url: 'https://new', keys: { a: '********' } })
  })

  test.each([
    [{ type: 'integer' }, 'x', 'This is no number.'],
    [{ type: 'integer' }, '1.5', 'This must be a whole number.'],
    [{ type: 'integer', minimum: 1, maximum: 5 }, '0', 'At least 1.'],
    [{ type: 'integer', minimum: 1, maximum: 5 }, '6', 'At most 5.'],
    [{ type: 'object' }, '{a: 1}', 'This is no JSON: texts stand in double quotes.'],
    [{ type: 'string' }, ' ', 'It is needed.'],
  ] as const)('in a field of %j is refused at its place: %s', (property, text, words) => {
    const fields = fieldsOf({ properties: { it: property }, required: ['it'] })
    expect(wrongIn(fields, { it: text })).toEqual({ it: words })
  })

  test('in a map needs a name for each value, and each name once', () => {
    const fields = fieldsOf({ properties: { it: { type: 'object', additionalProperties: { type: 'string' } } } })
    const wrong = (...keys: string[]) => wrongIn(fields, { it: keys.map(key => ({ key, text: 'x', kept: undefined })) }).it
    expect([wrong('a'), wrong('a', ''), wrong('a', 'b', 'a')]).toEqual([undefined, 'Each value needs a name.', '“a” stands there twice.'])
  })
})
