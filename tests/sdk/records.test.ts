// What runs leave behind and share: the unmodified SDK and its command line make it, read it and delete it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingPython } from '../support/python.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/skip.ts'
import { forEachStorage, type StoragePlace } from '../support/storages.ts'
import { ask, askFor, type Door, query, runCommand, runFlow, untilPrinted } from './sdk.ts'

describeUnless(missingPython(), 'the Prefect SDK', () => {
  forEachStorage((_name, makePlace) => {
    let place: StoragePlace
    let server: TestServer
    beforeAll(async () => {
      place = await makePlace()
      server = await startServer({ databaseUrl: place.url })
    })
    afterAll(async () => {
      await server?.dispose()
      await place?.dispose()
    })
    const door = (): Door => ({ apiUrl: server.apiUrl })
    const command = async (...words: string[]) => (await runCommand(words, door())).output

    test('makes artifacts of every kind, and its command line lists, shows and deletes them', async () => {
      const { alarms, report } = await runFlow('artifacts', door())
      expect({ alarms, report }).toMatchObject({
        alarms: [],
        report: { state_type: 'COMPLETED', latest: '# Second', again: '# Second', is_new: false },
      })
      const made = report['made'] as Record<string, string>
      const read = (kind: string) => ask(door(), `/artifacts/${made[kind]}`)
      expect(await read('progress')).toMatchObject({ type: 'progress', data: 100, description: 'how far', flow_run_id: report.flow_run_id })
      expect(await read('link')).toMatchObject({ type: 'markdown', data: '[there](https://example.org)', key: 'where' })
      expect(await read('image')).toMatchObject({ type: 'image', data: 'https://example.org/a.png' })
      const table = await read('table')
      expect(table).toMatchObject({ type: 'table', data: '{"n": [1, 2], "word": ["a", null]}' })
      const { taskRun } = await query(door(), 'query ($id: UUID!) { taskRun(id: $id) { name artifacts { nodes { key } } } }', {
        id: table.task_run_id,
      })
      expect(taskRun).toMatchObject({ name: expect.stringMatching(/^measure-/), artifacts: { nodes: [{ key: 'measures' }] } })

      expect(await command('artifact', 'ls', '-o', 'json')).toContain(`"latest_id": "${made['second']}"`)
      expect((await command('artifact', 'inspect', 'report', '-o', 'json')).match(/"# (First|Second)"/g)).toEqual([
        '"# Second"',
        '"# First"',
      ])
      expect(await command('artifact', 'delete', '--id', made['second']!)).toContain('Deleted artifact with id')
      expect(await ask(door(), '/artifacts/report/latest')).toMatchObject({ id: made['markdown'] })
      expect(await command('artifact', 'delete', 'measures')).toContain("Deleted 1 artifact(s) with key 'measures'.")
      expect(await askFor(door(), '/artifacts/latest/filter', { sort: 'KEY_ASC' })).toMatchObject([
        { key: 'report', latest_id: made['markdown'] },
        { key: 'what' },
        { key: 'where' },
      ])
    })

    test('reads the results of tasks and of the flow around them from the states that are kept, and none that is not', async () => {
      const { alarms, report } = await runFlow('task_results', door())
      expect({ alarms, report }).toMatchObject({
        alarms: [],
        report: { state_type: 'COMPLETED', stored: { kept: { answer: [42, 1.5, null], é: 'z' }, forgotten: 'missing' }, again: true },
      })
    })

    test('hears by its own subscribers what happened just before, what happens, and what is logged', async () => {
      const { alarms, report } = await runFlow('listening', door())
      expect({ alarms, state: report.state_type }).toEqual({ alarms: [], state: 'COMPLETED' })
      const heard = report['heard'] as string[]
      const states = ['Pending', 'Running', 'Completed'].map(name => `prefect.flow-run.${name}`)
      expect(heard.filter(name => states.includes(name))).toEqual(states)
      expect(heard.filter(name => name.startsWith('listening.'))).toEqual(['listening.before', 'listening.after'])
      expect(report['lines']).toContain('the last line')
    })

    test('prints events as they come, by its command line', async () => {
      const resource = { 'prefect.resource.id': 'test.told' }
      await askFor(door(), '/events', [{ occurred: new Date().toISOString(), event: 'listening.told', resource }])
      await untilPrinted(['events', 'stream', '--format', 'text'], door(), 'listening.told test.told')
    })

    test('sets, reads and unsets variables, in a flow and by its command line', async () => {
      const { alarms, report } = await runFlow('variables', door())
      expect({ alarms, report }).toMatchObject({
        alarms: [],
        report: {
          state_type: 'COMPLETED',
          first: { most: [1, 2.5, null], é: '\u0000' },
          refused: true,
          second: 'text',
          gone: true,
          missing: 'fallback',
          again: false,
        },
      })
      expect(await command('variable', 'set', 'region', '{"name": "eu"}', '--tag', 'geo')).toContain("Set variable 'region'.")
      expect(await command('variable', 'set', 'region', 'us')).toContain("Variable 'region' already exists.")
      expect(await command('variable', 'get', 'region')).toContain('{"name": "eu"}')
      expect(await command('variable', 'ls', '-o', 'json')).toContain('"name": "region"')
      expect(await command('variable', 'inspect', 'region', '-o', 'json')).toMatch(/"tags": \[\s*"geo"\s*\]/)
      expect(await command('variable', 'unset', 'region')).toContain("Unset variable 'region'.")
      expect(await command('variable', 'unset', 'region')).toContain("Variable 'region' not found.")
    })
  })
})
