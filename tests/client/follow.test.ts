import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Frame, follow, memoryCursor } from '../../client/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { type Doors, openDoors } from '../doors/house.ts'

const document = `subscription ($after: Cursor, $filter: EventFilter) {
  eventOccurred(after: $after, filter: $filter) { cursor gap { reason } events { resource } }
}`
interface Occurrences {
  eventOccurred: { events: { resource: Record<string, string> }[] }
}

let doors: Doors
let ends: AbortController

beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())
afterEach(() => ends?.abort())

const options = (more: object = {}) => {
  ends = new AbortController()
  return { url: `${doors.url}/graphql`, signal: ends.signal, ...more }
}

const named = ({ data }: Frame<Occurrences>) => data.eventOccurred.events.map(({ resource }) => resource['prefect.resource.name'])

const makeFlow = (name: string) => ensureFlow(doors.house.as(owner), { name })

const nextOf = async <T>(frames: AsyncGenerator<T, void>): Promise<T> => {
  const { value, done } = await frames.next()
  if (done) throw new Error('It has ended.')
  return value as T
}

describe('a follower', () => {
  test('begins where the log stands when it is started, even if its first connection is lost', async () => {
    const store = memoryCursor()
    const abandoned = new AbortController()
    const first = follow<Occurrences>(document, { ...options({ store }), signal: abandoned.signal })
    const waiting = first.next()
    await expect.poll(() => store.load()).toBeDefined()
    abandoned.abort()
    await waiting
    await makeFlow('meanwhile')
    expect(named(await nextOf(follow<Occurrences>(document, options({ store }))))).toEqual(['meanwhile'])
  })

  test('keeps a cursor when the next frame is asked for, so that a frame that was not handled comes again', async () => {
    const store = memoryCursor()
    const frames = follow<Occurrences>(document, options({ store }))
    const one = frames.next()
    await expect.poll(() => store.load()).toBeDefined()
    const before = await store.load()
    await makeFlow('one')
    const { value } = await one
    expect(await store.load()).toBe(before)
    const two = frames.next()
    await expect.poll(() => store.load()).toBe((value as Frame<Occurrences>).cursor)
    await makeFlow('two')
    expect(named((await two).value as Frame<Occurrences>)).toEqual(['two'])
    await frames.return()
    expect(named(await nextOf(follow<Occurrences>(document, options({ store }))))).toEqual(['two'])
  })

  test('hears of a gap when its cursor belongs to another database, and goes on', async () => {
    const after = encodeCursor({ logId: crypto.randomUUID(), log: 'events', seq: 3 })
    const frames = follow<Occurrences>(document, options({ after }))
    expect((await nextOf(frames)).gap).toEqual({ reason: 'RESET' })
    const following = frames.next()
    await makeFlow('after the gap')
    expect(named((await following).value as Frame<Occurrences>)).toEqual(['after the gap'])
  })

  test('ends when its signal does', async () => {
    const frames = follow<Occurrences>(document, options())
    const waiting = frames.next()
    ends.abort()
    expect(await waiting).toEqual({ value: undefined, done: true })
  })
})

describe('a follower that is refused', () => {
  const failing = (text: string, more: object = {}) => follow(text, options(more)).next()

  test('is told at once what is wrong with its document', async () => {
    await expect(failing('subscription ($after: Cursor) { noSuchField(after: $after) { cursor } }')).rejects.toThrow(
      expect.objectContaining({ name: 'FollowError', message: expect.stringContaining('noSuchField') }),
    )
    const unresumable = 'must take `$after: Cursor` and select `cursor`'
    await expect(failing('subscription { eventOccurred { cursor } }')).rejects.toThrow(unresumable)
    await expect(failing('subscription ($after: Cursor) { eventOccurred(after: $after) { gap { reason } } }')).rejects.toThrow(unresumable)
    await expect(failing(document, { after: 'nonsense' })).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID', message: expect.stringContaining('is not a cursor of this server') }),
    )
  })
})

describe('a follower whose server cannot answer now', () => {
  let server: Server
  afterEach(() => server.close())

  const serve = async (statuses: number[]) => {
    const asked: number[] = []
    server = createServer((_request, response) => {
      asked.push(statuses[asked.length] ?? 401)
      response.writeHead(asked.at(-1)!).end('{"detail":"No."}')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` }
  }

  test('tries again after 5xx and 429, says so, and gives up on what will not pass', async () => {
    const { url, asked } = await serve([503, 429])
    const lost: string[] = []
    const frames = follow(document, { url, onLost: error => lost.push(error.message) })
    await expect(frames.next()).rejects.toThrow(expect.objectContaining({ name: 'FollowError', code: 'HTTP_401' }))
    expect(asked).toEqual([503, 429, 401])
    expect(lost).toEqual(['The server answered 503.', 'The server answered 429.'])
  })
})
