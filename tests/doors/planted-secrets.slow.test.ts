// Secrets that were planted through every door are looked for wherever a server writes or says something.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dumpOf } from '../support/dump.ts'
import { createDatabase } from '../support/postgres.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeOnPostgres } from '../support/storages.ts'
import { graphql } from './ask.ts'

const planted = Array.from({ length: 50 }, (_unused, index) => `planted-${index}-${'q7Zt'.repeat(3)}`)
const found = (text: string): string[] => planted.filter(secret => text.includes(secret))

let server: TestServer
let receiver: Receiver
/** Whatever was answered to who did not ask for secrets. */
let said = ''

async function open(place: { readonly databaseUrl?: string; readonly env?: Record<string, string> } = {}): Promise<void> {
  said = ''
  receiver = await openReceiver()
  onTestFinished(() => receiver.close())
  // Who is asked says all he was told, and takes none of it.
  receiver.behave((request, response) => void response.writeHead(400).end(JSON.stringify(request)))
  const env = { CASTELLAN_LOGGING_SERVER_LEVEL: 'debug', CASTELLAN_EGRESS_ALLOW: '127.0.0.1', ...place.env }
  server = await startServer({ ...place, env })
  onTestFinished(() => server.dispose())
}

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

const newChannel = 'mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id data } } }'
const newPolicy =
  'mutation ($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }'
const sendTest = `mutation ($input: SendTestNotificationInput!) {
  sendTestNotification(input: $input) { answers { outcome excerpt error } }
}`
const outbox = '{ notificationDeliveries { nodes { status lastError reason attempts { excerpt error } } } }'
const preview = `query ($draft: NotificationPolicyDraft!) {
  previewNotificationPolicy(draft: $draft, start: "2000-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z") { channelForms { error fields { text } } }
}`

/** Sent by channels that hold them in each place where one can stand, to somebody who repeats them; looked at, and refused. */
async function plantInChannels(): Promise<void> {
  const channelIds: string[] = []
  for (const [index, key] of planted.slice(0, 10).entries()) {
    const hook = { name: 'hook', jsonData: { text: '{{key}} {{body}}' }, headers: { 'x-key': '{{key}}' }, secrets: { key } }
    const customWebhook = { ...hook, url: `http://127.0.0.1:${receiver.port}/{{key}}` }
    channelIds.push((await mutate(newChannel, { name: `c${index}`, channel: { customWebhook } })).createChannel.channel.id)
    await mutate(newChannel, { name: `c${index}`, channel: { customWebhook } })
    await mutate(newChannel, { name: `d${index}`, channel: { customWebhook: { ...customWebhook, method: key } } })
  }
  const { sendTestNotification } = await mutate(sendTest, { channelIds })
  expect(sendTestNotification.answers.every(({ excerpt }: { excerpt: string }) => excerpt.includes('********'))).toBe(true)
  await mutate(newPolicy, { channelIds })
  said += JSON.stringify(await graphql(`${server.url}/graphql`, preview, { draft: { channelIds } }))
  const flow = await ask('POST', '/flows/', { name: 'told' })
  await ask('POST', '/flow_runs/', { flow_id: flow.id, state: { type: 'FAILED' } })
  await expect
    .poll(async () => JSON.stringify(await graphql(`${server.url}/graphql`, outbox)).match(/"DEAD"/g)?.length, { timeout: 20_000 })
    .toBe(channelIds.length)
  said += JSON.stringify(await graphql(`${server.url}/graphql`, outbox))
  expect(found(JSON.stringify(receiver.received))).toEqual(planted.slice(0, 10))
}

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
    const channels = [{ create: { channel: { url: `slack://${d}/${f}/${g}` } } }, { create: { channel: { url: g } } }]
    await mutate(policy, { channels })
    for (const drafted of [channels.slice(0, 1), channels]) {
      await mutate(sendTest, { channels: drafted })
      said += JSON.stringify(await graphql(`${server.url}/graphql`, preview, { draft: { channels: drafted } }))
    }
  }
  return ids
}

const everyFileIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )

/** Whatever was answered, logged and told, to those who may see everything but secrets. Answers the ids of what holds them. */
async function plantAndLook(): Promise<string[]> {
  const ids = await plant()
  await plantInChannels()
  for (const path of ['/block_documents/filter', '/events/filter']) await ask('POST', path, {})
  for (const id of ids) await ask('GET', `/block_documents/${id}`)
  await graphql(
    `${server.url}/graphql`,
    '{ blockDocuments(first: 200) { nodes { name data } } events(first: 200) { nodes { payload } } }',
  ).then(answer => (said += JSON.stringify(answer)))
  expect(found(said)).toEqual([])
  expect(found(server.output())).toEqual([])
  return ids
}

async function openAll(ids: readonly string[]): Promise<void> {
  const opened = await Promise.all(ids.map(id => ask('GET', `/block_documents/${id}?include_secrets=true`)))
  expect(found(JSON.stringify(opened))).toEqual(planted)
}

describe('50 planted secrets', () => {
  test('are in no file, no log line, no event, no answer and no refusal, and open for who asks', async () => {
    await open()
    const ids = await plantAndLook()
    const files = everyFileIn(server.home)
    expect(files.some(file => file.endsWith('.db-wal') && existsSync(file))).toBe(true)
    expect(files.filter(file => found(readFileSync(file, 'latin1')).length > 0)).toEqual([])
    await openAll(ids)
    await server.stop()
    expect(everyFileIn(server.home).filter(file => found(readFileSync(file, 'latin1')).length > 0)).toEqual([])
  })
})

describeOnPostgres('50 planted secrets on Postgres', () => {
  test('are in no row of any table, no log line, no answer and no refusal, and open for who asks', async () => {
    const database = await createDatabase()
    onTestFinished(() => database.drop())
    await open({ databaseUrl: database.url, env: { CASTELLAN_ENCRYPTION_KEY: '07'.repeat(32) } })
    const ids = await plantAndLook()
    const dump = await dumpOf(database.url)
    const tables = Object.entries(dump).filter(([, { rows }]) => rows.length > 0)
    expect(tables.map(([name]) => name)).toEqual(expect.arrayContaining(['audit_entry', 'event', 'block_document', 'notification_attempt']))
    const textOf = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value))
    expect(tables.filter(([, { rows }]) => found(rows.map(row => Object.values(row).map(textOf).join()).join()).length > 0)).toEqual([])
    await openAll(ids)
    await server.stop()
    expect(found(server.output())).toEqual([])
  })
})
