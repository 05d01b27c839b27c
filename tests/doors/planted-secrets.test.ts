// Secrets that were planted through every door are looked for wherever a server writes or says something.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { graphql } from './ask.ts'

const planted = Array.from({ length: 50 }, (_unused, index) => `planted-${index}-${'q7Zt'.repeat(3)}`)
const found = (text: string): string[] => planted.filter(secret => text.includes(secret))

let server: TestServer
/** Whatever was answered to who did not ask for secrets. */
let said = ''
beforeAll(async () => {
  server = await startServer({ env: { CASTELLAN_LOGGING_SERVER_LEVEL: 'debug' } })
})
afterAll(() => server?.dispose())

async function ask(method: string, path: string, body?: unknown): Promise<any> {
  const answer = await fetch(server.apiUrl + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await answer.text()
  if (!path.includes('include_secrets')) said += text
  return text === '' ? undefined : JSON.parse(text)
}

async function mutate(document: string, input: object): Promise<any> {
  const answer = await graphql(`${server.url}/graphql`, document, { input })
  said += JSON.stringify(answer)
  return answer.data
}

const create = 'mutation ($input: CreateBlockDocumentInput!) { createBlockDocument(input: $input) { blockDocument { id name data } } }'
const policy = 'mutation ($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }'
const update = 'mutation ($input: UpdateBlockDocumentInput!) { updateBlockDocument(input: $input) { blockDocument { id data } } }'

/** Through both doors: saved, changed, and refused for one reason or another. */
async function plant(): Promise<string[]> {
  const type = await ask('POST', '/block_types/', { name: 'Vault', slug: 'vault' })
  const fields = { title: 'Vault', properties: { n: { type: 'integer' } }, secret_fields: ['a', 'b.c', 'd.*', 'e.f'] }
  const { id: block_schema_id } = await ask('POST', '/block_schemas/', { block_type_id: type.id, fields })
  const ids: string[] = []
  for (let index = 0; index < planted.length; index += 5) {
    const [a, c, d, f, g] = planted.slice(index, index + 5)
    const data = { a, b: { c }, d: { x: d, y: { z: [d] } }, e: [{ f }, { f: { g } }] }
    const made = await ask('POST', '/block_documents/', { name: `v${index}`, data, block_type_id: type.id, block_schema_id })
    ids.push(made.id)
    await ask('POST', '/block_documents/', { name: `v${index}`, data, block_type_id: type.id, block_schema_id })
    await ask('POST', '/block_documents/', { name: 'Not a name', data, block_type_id: type.id, block_schema_id })
    await ask('PATCH', `/block_documents/${made.id}`, { data: { a: g, d: { $ref: {} } } })
    await ask('PATCH', `/block_documents/${made.id}`, { data: 5, extra: a })
    await mutate(create, { name: `g${index}`, blockSchemaId: block_schema_id, data })
    await mutate(create, { name: `h${index}`, blockSchemaId: block_schema_id, data: { ...data, n: a } })
    await mutate(create, { name: `i${index}`, blockSchemaId: block_schema_id, data, unknown: a })
    await mutate(update, { id: made.id, data: { a: c, b: { c: a } } })
    await mutate(policy, { channels: [{ create: { channel: { slackWebhook: { url: `https://hooks.slack.com/${a}/${c}` } } } }] })
    await mutate(policy, { channels: [{ create: { channel: { url: `slack://${d}/${f}/${g}` } } }, { create: { channel: { url: g } } }] })
  }
  return ids
}

const everyFileIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )

test('50 planted secrets are in no file, no log line, no event, no answer and no refusal, and open for who asks', async () => {
  const ids = await plant()
  for (const path of ['/block_documents/filter', '/events/filter']) await ask('POST', path, {})
  for (const id of ids) await ask('GET', `/block_documents/${id}`)
  await graphql(
    `${server.url}/graphql`,
    '{ notificationPoliciesYaml blockDocuments(first: 200) { nodes { name data } } events(first: 200) { nodes { payload } } }',
  ).then(answer => (said += JSON.stringify(answer)))
  expect(said).toContain('slack-webhook/slack-webhook-2')
  expect(found(said)).toEqual([])
  expect(found(server.output())).toEqual([])

  const files = everyFileIn(server.home)
  expect(files.some(file => file.endsWith('.db-wal') && existsSync(file))).toBe(true)
  expect(files.filter(file => found(readFileSync(file, 'latin1')).length > 0)).toEqual([])
  const opened = await Promise.all(ids.map(id => ask('GET', `/block_documents/${id}?include_secrets=true`)))
  expect(found(JSON.stringify(opened))).toEqual(planted)

  await server.stop()
  expect(everyFileIn(server.home).filter(file => found(readFileSync(file, 'latin1')).length > 0)).toEqual([])
})
