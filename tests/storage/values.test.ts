import { describe, expect, test } from 'vitest'
import { createFlowRun, findFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, findFlow } from '../../src/core/flows/index.ts'
import { appendLogs, listLogs } from '../../src/core/logs/index.ts'
import { createVariable, findVariable, listVariables, updateVariable } from '../../src/core/variables/index.ts'
import { forEachStorage } from './for-each-storage.ts'

const texts = [
  '',
  ' ',
  'null',
  'NULL',
  'true',
  '0',
  '1e400',
  '"x"',
  '{}',
  '[1]',
  '{"a":1}',
  '\\',
  '\\u0041',
  "it's",
  '"',
  '$1',
  '?',
  ':name',
  '%_',
  '\t\r\n',
  '日本語',
  'é',
  'e\u0301',
  '😀',
  '\u{10ffff}',
  '\u007f',
  '\u0001',
  '{NULL,"a"}',
  'a,b',
]
const numbers = [
  0,
  -1,
  1.5,
  0.1,
  1e21,
  1e-7,
  5e-324,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_VALUE,
  123456789.12345679,
]
const nested = {
  a: [null, [], {}, [[{ b: [1, 'two', false] }]]],
  '': '',
  'key with "quotes"': { __proto: 1, ключ: ['значение'] },
  deep: { deep: { deep: { deep: null } } },
}
const values: readonly unknown[] = [
  null,
  true,
  false,
  ...numbers,
  ...texts,
  [],
  {},
  nested,
  texts,
  Object.fromEntries(texts.map((text, index) => [text, index])),
]

/** Instants at the edges of what a text, a Date or a double would lose. */
const instants = [
  0,
  1,
  999,
  1000,
  1_795_608_000_000_001,
  1_795_608_000_123_456,
  1_795_608_000_999_999,
  -1,
  -1_000_001,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
]

forEachStorage((open, name) => {
  describe('a JSON value', () => {
    test('of any kind comes back as it went in, by a command', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello', labels: { all: values } })
      expect((await findFlow(house.as(), { id: flow.id })).labels).toEqual({ all: values })
      const made = await Promise.all(
        values.map(value => createFlowRun(house.as(), { flowId: flow.id, parameters: { value }, state: { type: 'RUNNING', data: value } })),
      )
      const found = await Promise.all(made.map(({ run }) => findFlowRun(house.as(), { id: run.id })))
      expect(found.map(({ run }) => run.parameters['value'])).toEqual(values)
      expect(found.map(({ state }) => state!.data)).toEqual(values)
      // The decision of the next transition rests on what was read back.
      const next = await setFlowRunState(house.as(), { flowRunId: made.at(-1)!.run.id, state: { type: 'COMPLETED', data: nested } })
      expect((await findFlowRun(house.as(), { id: next.run.id })).run.parameters).toEqual({ value: values.at(-1) })
    })

    test('of any kind comes back as it went in, by an entity, made or changed', async () => {
      const house = await open()
      for (const [index, value] of values.entries()) {
        await createVariable(house.as(), { name: `made-${index}`, value: value as never, tags: texts })
        await createVariable(house.as(), { name: `changed-${index}`, value: 'before' })
        await updateVariable(house.as(), { name: `changed-${index}`, change: { value: value as never } })
        const [made, changed] = await Promise.all([`made-${index}`, `changed-${index}`].map(name => findVariable(house.as(), { name })))
        expect({ made: made!.value, changed: changed!.value, tags: made!.tags }).toEqual({ made: value, changed: value, tags: texts })
      }
      const page = await listVariables(house.as(), { first: 200 })
      const listed = new Map(page.nodes.map(({ name, value }) => [name, value]))
      expect(values.map((_, index) => listed.get(`changed-${index}`))).toEqual(values)
    })
  })

  describe('a text', () => {
    test('of any kind comes back as it went in', async () => {
      const house = await open()
      const lines = texts.map(message => ({ name: message, level: 20, message, timestamp: 1 }))
      await appendLogs(house.as(), { lines })
      expect((await listLogs(house.as(), {})).nodes.map(({ message, name }) => [message, name])).toEqual(texts.map(text => [text, text]))
      const names = [...new Set(texts.map(text => text.replaceAll(/[/%&<>]/g, '')))].filter(Boolean)
      const flows = await Promise.all(names.map(name => ensureFlow(house.as(), { name, tags: texts })))
      const again = await Promise.all(names.map(name => ensureFlow(house.as(), { name })))
      expect(again).toEqual(flows.map(({ flow }) => ({ flow, isNew: false })))
    })

    test('with a character the database cannot store is refused as the caller’s mistake, or stored as it is; its batch goes on', async () => {
      const house = await open()
      const ctx = house.as()
      const { flow } = await ensureFlow(ctx, { name: 'hello' })
      const bad = 'a\u0000b'
      const outcomes = await Promise.allSettled([
        createFlowRun(ctx, { flowId: flow.id, name: bad }),
        createFlowRun(ctx, { flowId: flow.id, parameters: { deep: [bad] } }),
        createFlowRun(ctx, { flowId: flow.id, parameters: { [bad]: 1 } }),
        ensureFlow(ctx, { name: bad }),
        appendLogs(ctx, { lines: [{ name: 'n', level: 20, message: bad, timestamp: 1 }] }),
        createFlowRun(ctx, { flowId: flow.id, name: 'innocent' }),
      ])
      const codes = outcomes.map(outcome => (outcome.status === 'rejected' ? outcome.reason.code : 'done'))
      expect(codes).toEqual([...Array(5).fill(name === 'postgres' ? 'INVALID' : 'done'), 'done'])
      const variable = await createVariable(ctx, { name: 'v', value: bad, tags: [bad] }).then(
        () => 'done',
        error => error.code,
      )
      expect(variable).toBe(name === 'postgres' ? 'INVALID' : 'done')
      expect((await ensureFlow(ctx, { name: 'hello' })).isNew).toBe(false)
    })

    test('with half of a surrogate pair does no harm', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      const outcomes = await Promise.allSettled([
        createFlowRun(house.as(), { flowId: flow.id, parameters: { half: '\ud83d' } }),
        createFlowRun(house.as(), { flowId: flow.id, name: '\ude00' }),
        createFlowRun(house.as(), { flowId: flow.id, name: 'innocent' }),
      ])
      expect(outcomes.filter(one => one.status === 'rejected' && one.reason.code !== 'INVALID')).toEqual([])
      expect(outcomes[2].status).toBe('fulfilled')
    })
  })

  describe('an instant', () => {
    test('keeps its microseconds, also before 1970', async () => {
      const house = await open()
      await appendLogs(house.as(), { lines: instants.map(timestamp => ({ name: 'n', level: 20, message: String(timestamp), timestamp })) })
      const stored = (await house.storage.readLog('logs', 0, 100)) as unknown as { timestamp: number }[]
      expect(stored.map(({ timestamp }) => timestamp)).toEqual(instants)
      const { nodes } = await listLogs(house.as(), {})
      expect(nodes.map(({ timestamp }) => timestamp)).toEqual(instants.toSorted((a, b) => a - b))
      for (const instant of instants) {
        const { nodes } = await listLogs(house.as(), { filter: { timestampAfter: instant, timestampBefore: instant } })
        expect(nodes.map(({ timestamp }) => timestamp)).toEqual([instant])
      }
    })

    test('keeps them through an entity too', async () => {
      const base = 1_795_608_000_123_456
      const house = await open({ clock: { ...(await import('../../src/kernel/clock.ts')).systemClock, now: () => base } })
      await createVariable(house.as(), { name: 'v', value: 1 })
      expect(await findVariable(house.as(), { name: 'v' })).toMatchObject({ created: base, updated: base })
      await updateVariable(house.as(), { name: 'v', change: { value: 2 } })
      const page = await listVariables(house.as(), {})
      expect(page.nodes).toMatchObject([{ created: base, updated: base, value: 2 }])
    })
  })
})
