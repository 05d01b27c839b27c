// Blocks as the unmodified SDK and its command line save, load, list and delete them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingPython } from '../support/python.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/skip.ts'
import { forEachStorage, type StoragePlace } from '../support/storages.ts'
import { type Door, query, runCommand, runFlow } from './sdk.ts'

const channels = [
  'custom-webhook',
  'discord-webhook',
  'mattermost-webhook',
  'ms-teams-webhook',
  'opsgenie-webhook',
  'pager-duty-webhook',
  'sendgrid-email',
  'slack-webhook',
  'twilio-sms',
]

describeUnless(missingPython(), 'the Prefect SDK', () => {
  forEachStorage((name, makePlace) => {
    let place: StoragePlace
    let server: TestServer
    beforeAll(async () => {
      place = await makePlace()
      const env: Record<string, string> = name === 'postgres' ? { CASTELLAN_ENCRYPTION_KEY: '09'.repeat(32) } : {}
      server = await startServer({ databaseUrl: place.url, env: { ...env, CASTELLAN_LOGGING_SERVER_LEVEL: 'debug' } })
    })
    afterAll(async () => {
      await server?.dispose()
      await place?.dispose()
    })
    const door = (): Door => ({ apiUrl: server.apiUrl })
    const command = async (...words: string[]) => (await runCommand(words, door())).output

    test('saves secrets, blocks in blocks and every kind of channel, and loads them as they were', async () => {
      const { alarms, report } = await runFlow('blocks', door())
      expect({ alarms, report }).toMatchObject({
        alarms: [],
        report: {
          state_type: 'COMPLETED',
          text: 'planted-text',
          json: { deep: ['planted-json', 1, null] },
          code: 'planted-code',
          header: { authorization: 'planted-header' },
          lock: 'front',
          spare: 'planted-spare',
          pin: 'planted-pin',
          size: 4,
          kind: 'Chest',
          refused: true,
          same: Object.fromEntries(channels.map(slug => [slug, true])),
        },
      })
    })

    test('finds them by what they can do in GraphQL, with a mask for each secret', async () => {
      const document = `{
        blockDocuments(filter: { capabilities: ["notify"] }, first: 50) { nodes { data blockType { slug documentCount } } }
        chest: blockDocuments(filter: { blockTypeSlugs: ["chest"] }) { nodes { data references { field name blockTypeName } } }
      }`
      const answer = await query(door(), document)
      expect(answer.blockDocuments.nodes.map((node: any) => node.blockType.slug).toSorted()).toEqual(channels)
      expect(answer.chest.nodes[0]).toMatchObject({
        data: { spare: { code: '********' }, inner: { pin: '********', rate: 0.00001 }, size: 4 },
        references: [{ field: 'lock', name: 'front', blockTypeName: 'Lock' }],
      })
      expect(JSON.stringify(answer)).not.toContain('planted')
      expect(server.output()).not.toContain('planted')
    })

    test('lists, shows and deletes them by its command line, and types with them', async () => {
      const exitCode = async (...words: string[]) => (await runCommand(words, door())).exitCode
      expect(await command('block', 'ls')).toContain('chest/chest')
      expect(await command('block', 'inspect', 'secret/text')).toContain('********')
      expect(await exitCode('block', 'type', 'ls')).toBe(0)
      expect(await exitCode('block', 'type', 'inspect', 'secret')).toBe(0)
      expect(await command('--no-prompt', 'block', 'delete', 'lock/front')).toContain('Lock front is used by Chest chest')
      expect(await command('--no-prompt', 'block', 'delete', 'chest/chest')).toContain("Deleted Block 'chest/chest'.")
      expect(await command('--no-prompt', 'block', 'delete', 'lock/front')).toContain("Deleted Block 'lock/front'.")
      expect(await command('--no-prompt', 'block', 'type', 'delete', 'chest')).toContain("Deleted Block Type 'chest'.")
      expect(await exitCode('--no-prompt', 'block', 'type', 'delete', 'secret')).toBe(1)
      expect(await exitCode('block', 'register', '-m', 'prefect.blocks.system')).toBe(0)
    })
  })
})
