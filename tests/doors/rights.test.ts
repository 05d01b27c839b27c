import { graphql as execute, parse, subscribe } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { previewNotificationPolicy, sendTestNotification } from '../../src/core/notifications/index.ts'
import { createLoaders } from '../../src/doors/graphql/loaders.ts'
import { schema } from '../../src/doors/graphql/schema.ts'
import { operations } from '../../src/kernel/operation.ts'
import { type Grants, owner } from '../../src/kernel/permissions.ts'
import { argsOf, everythingAbout } from './everything.ts'
import { fillRoom, type Inhabitant, secret } from './full-room.ts'
import { type Doors, nobody, openDoors } from './house.ts'
import { allOperations, inputsOf } from './operations.ts'

let doors: Doors
let first: Inhabitant

beforeAll(async () => {
  doors = await openDoors({ CASTELLAN_GRAPHQL_MAX_COST: '100000000', CASTELLAN_GRAPHQL_MAX_TOKENS: '100000' })
  ;({ first } = await fillRoom(doors.house.as(owner), doors.house.ids))
})
afterAll(() => doors.close())

describe('an actor without rights', () => {
  test.each(allOperations.map(one => [one.operation.name, one] as const))(
    'is refused %s before anything is read, whatever the input',
    async (name, operation) => {
      const { statements } = doors.house
      const { needs, kind } = operations().get(name)!
      const [noun, level] = needs.split(':') as [string, string]
      const below = { read: {}, write: { [noun]: 'read' }, admin: { [noun]: 'write' } }[level] as Grants
      for (const grants of [{}, below, { other: 'admin' as const }]) {
        for (const input of [inputsOf(first, () => doors.house.ids.uuid())[name], undefined, { nonsense: 1 }]) {
          const before = statements.length
          const ctx = doors.house.as({ ...nobody, grants })
          await expect(operation(ctx, input)).rejects.toMatchObject({
            code: 'FORBIDDEN',
            message: `Nobody may not ${name}: ${needs} is needed.`,
          })
          if (kind === 'command')
            await expect(
              (operation as unknown as { all(ctx: unknown, inputs: unknown[]): Promise<unknown> }).all(ctx, [input]),
            ).rejects.toMatchObject({ code: 'FORBIDDEN' })
          expect(statements.slice(before)).toEqual([])
        }
      }
    },
  )

  test('is refused every root field of GraphQL, with nothing read and nothing told', async () => {
    const ctx = doors.house.as(nobody)
    const before = doors.house.statements.length
    const { data, errors } = await execute({
      schema,
      source: everythingAbout(first.flowRunId),
      contextValue: { ctx, loaders: createLoaders(ctx) },
    })
    expect(data === null || data === undefined || Object.values(data).every(value => value === null)).toBe(true)
    expect(errors!.every(({ originalError }) => (originalError as { code?: string }).code === 'FORBIDDEN')).toBe(true)
    expect(doors.house.statements.slice(before)).toEqual([])
  })

  test.each(Object.entries(schema.getSubscriptionType()!.getFields()))(
    'is refused the subscription %s, and does not become a follower',
    async (name, field) => {
      const ctx = doors.house.as(nobody)
      const before = doors.house.statements.length
      const answer = await subscribe({
        schema,
        document: parse(`subscription { ${name}${argsOf(field)} { cursor } }`),
        contextValue: { ctx, loaders: createLoaders(ctx) },
      })
      expect('errors' in answer && answer.errors!.map(({ originalError }) => (originalError as { code?: string }).code)).toEqual([
        'FORBIDDEN',
      ])
      expect(doors.house.statements.slice(before)).toEqual([])
      expect(doors.house.events.followers + doors.house.logs.followers).toBe(0)
    },
  )

  test('to save no blocks may not try a channel that is not saved, nor look at what it would say', async () => {
    const kinds = ['notification-policy', 'notification-delivery', 'event', 'flow-run', 'block-secret']
    const grants = { ...Object.fromEntries(kinds.map(kind => [kind, 'admin' as const])), 'block-document': 'read' as const }
    const ctx = doors.house.as({ ...nobody, grants })
    const channels = [{ name: 'new', kind: 'slack-webhook' as const, config: { url: 'https://hooks.slack.com/x' } }]
    const refusal = { code: 'FORBIDDEN', message: 'Nobody may not block-document.create: block-document:write is needed.' }
    await expect(sendTestNotification(ctx, { channels })).rejects.toMatchObject(refusal)
    await expect(previewNotificationPolicy(ctx, { draft: { channels }, start: 0, end: 1 })).rejects.toMatchObject(refusal)
  })

  test('to flows sees a run, but not the flow it is of', async () => {
    const ctx = doors.house.as({ ...nobody, grants: { 'flow-run': 'read' } })
    const { data, errors } = await execute({
      schema,
      source: `{ flowRun(id: "${first.flowRunId}") { name flow { name } } }`,
      contextValue: { ctx, loaders: createLoaders(ctx) },
    })
    expect({ ...data }).toEqual({ flowRun: null })
    expect(errors!.map(({ path, originalError }) => [path, (originalError as { code?: string }).code])).toEqual([
      [['flowRun', 'flow'], 'FORBIDDEN'],
    ])
    const alone = await execute({
      schema,
      source: `{ flowRun(id: "${first.flowRunId}") { name } }`,
      contextValue: { ctx, loaders: createLoaders(ctx) },
    })
    expect(alone.data).toEqual({ flowRun: { name: secret } })
  })
})
