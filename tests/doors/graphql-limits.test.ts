import { getIntrospectionQuery, parse, type TokenKind } from 'graphql'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Doors, openDoors } from './house.ts'

const limits = { depth: 6, aliases: 4, cost: 1000, tokens: 400, bytes: 20_000, subscriptions: 3, batch: 2 }
let doors: Doors

beforeAll(async () => {
  doors = await openDoors({
    CASTELLAN_GRAPHQL_MAX_DEPTH: `${limits.depth}`,
    CASTELLAN_GRAPHQL_MAX_ALIASES: `${limits.aliases}`,
    CASTELLAN_GRAPHQL_MAX_COST: `${limits.cost}`,
    CASTELLAN_GRAPHQL_MAX_TOKENS: `${limits.tokens}`,
    CASTELLAN_GRAPHQL_MAX_BYTES: `${limits.bytes}`,
    CASTELLAN_GRAPHQL_MAX_SUBSCRIPTIONS: `${limits.subscriptions}`,
    CASTELLAN_GRAPHQL_MAX_BATCH: `${limits.batch}`,
  })
})
afterAll(() => doors.close())

async function ask(query: string): Promise<{ data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] }> {
  const response = await fetch(`${doors.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return response.json() as never
}

const withAliases = (count: number) => `{${Array.from({ length: count }, (_, index) => `a${index}:server{version}`).join(' ')}}`
/** One field, and `first` times three: the list, its records, their ids are counted. */
const ofCost = (first: number) => `{flowRuns(first:${first}){nodes{id name stateName}}}`

const tokensOf = (text: string): number => {
  let count = 0
  for (let token = parse(text).loc!.startToken.next; token && token.kind !== ('<EOF>' as TokenKind); token = token.next) count++
  return count
}

describe('a GraphQL operation', () => {
  test('is answered at the limit of depth and refused beyond it', async () => {
    // Flow and FlowRun do not nest in each other for ever: the way down goes through flow.
    const deep = (extra: number) => `{flowRuns(first:1){nodes{flow{flowRuns(first:1){nodes{${extra === 0 ? 'id' : 'flow{id}'}}}}}}}`
    expect((await ask(deep(0))).errors).toBeUndefined()
    const { errors } = await ask(deep(1))
    expect(errors).toMatchObject([
      { message: `This operation is too large: its depth is 7, and at most 6 is allowed here.`, extensions: { code: 'INVALID' } },
    ])
  })

  test('is answered at the limit of aliases and refused beyond it', async () => {
    expect((await ask(withAliases(limits.aliases))).errors).toBeUndefined()
    expect((await ask(withAliases(limits.aliases + 1))).errors?.[0]?.message).toMatch(/number of aliases is 5/)
  })

  test('is answered at the limit of cost and refused beyond it, `first` counted', async () => {
    expect((await ask('{flowRuns(first:199){nodes{id name stateName version}}}')).errors).toBeUndefined()
    expect((await ask('{flowRuns(first:200){nodes{id name stateName version}}}')).errors?.[0]?.message).toMatch(/cost is 1001/)
    expect((await ask(ofCost(200))).errors).toBeUndefined()
  })

  test('that says `first` by a variable is counted as the most there can be', async () => {
    const query = 'query($n:Int){flowRuns(first:$n){nodes{id name stateName version}}}'
    expect((await ask(query)).errors?.[0]?.message).toMatch(/cost is 1001/)
  })

  test('is answered at the limit of tokens and refused beyond it', async () => {
    const padded = (fields: number) => `{server{${'version '.repeat(fields)}}}`
    const most = limits.tokens - tokensOf('{server{}}'.replace('{}', '{a}')) + 1
    expect((await ask(padded(most - 1))).errors).toBeUndefined()
    expect((await ask(padded(most + 2))).errors?.[0]?.message).toMatch(/token/i)
  })

  test('is answered at the limit of tokens whatever its strings, comments and commas are', async () => {
    const description = `"# no comment { \\" } ${'word '.repeat(limits.tokens)}"`
    const comment = `# ${'{ word } '.repeat(limits.tokens)}\n`
    expect((await ask(`${comment}{,,flows(filter:{nameContains:${description}}){nodes{id}}}${comment}`)).errors).toBeUndefined()
    expect((await ask(`{flows(filter:{nameContains:""" " \\""" ${description} """}){nodes{id}}}`)).errors).toBeUndefined()
  })

  test('is answered at the limit of bytes and refused beyond it, with 413', async () => {
    const sized = (bytes: number) => {
      const body = JSON.stringify({ query: '{server{version}}' })
      return fetch(`${doors.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body.padEnd(bytes) })
    }
    expect(await (await sized(limits.bytes)).json()).toEqual({ data: { server: { version: expect.any(String) } } })
    const refused = await sized(limits.bytes + 1)
    expect([refused.status, await refused.json()]).toEqual([
      413,
      { errors: [expect.objectContaining({ message: expect.stringMatching(/too large/) })] },
    ])
  })

  test('cannot hide its size in fragments, however they are folded into each other', async () => {
    const fragments = Array.from(
      { length: 20 },
      (_, index) => `fragment f${index} on Query{${index === 19 ? 'server{version}' : `...f${index + 1} ...f${index + 1}`}}`,
    )
    const started = performance.now()
    expect((await ask(`{...f0} ${fragments.join(' ')}`)).errors?.[0]?.message).toMatch(/cost is 1048576/)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('that asks for the whole schema is no matter of depth or cost', async () => {
    const own = await openDoors({ CASTELLAN_GRAPHQL_MAX_DEPTH: '3', CASTELLAN_GRAPHQL_MAX_COST: '3' })
    try {
      const response = await fetch(`${own.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: getIntrospectionQuery() }),
      })
      expect(((await response.json()) as { errors?: unknown }).errors).toBeUndefined()
    } finally {
      await own.close()
    }
  })
})

describe('operations in one request', () => {
  const askTogether = async (...queries: string[]) => {
    const response = await fetch(`${doors.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(queries.map(query => ({ query }))),
    })
    return { status: response.status, answers: (await response.json()) as any }
  }

  test('are answered as many as are allowed, and one more is refused', async () => {
    const { answers } = await askTogether('{server{version}}', '{server{product}}')
    expect(answers).toEqual([{ data: { server: { version: expect.any(String) } } }, { data: { server: { product: expect.any(String) } } }])
    const refused = await askTogether(...Array.from({ length: limits.batch + 1 }, () => '{server{version}}'))
    expect(refused).toMatchObject({ status: 413, answers: { errors: [{ message: 'Batching is limited to 2 operations per request.' }] } })
  })

  test('are each held to the limits, and one that is refused does not spoil the other', async () => {
    const { status, answers } = await askTogether('{server{version}}', withAliases(limits.aliases + 1))
    expect(status).toBe(200)
    expect(answers).toEqual([
      { data: { server: { version: expect.any(String) } } },
      { errors: [expect.objectContaining({ message: expect.stringMatching(/number of aliases is 5/) })] },
    ])
  })
})

describe('a socket', () => {
  test('carries as many subscriptions as are allowed, and one more is refused without harm to the others', async () => {
    const client = createClient({ url: `${doors.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, lazy: false })
    const query = 'subscription{eventOccurred{cursor}}'
    const open = Array.from({ length: limits.subscriptions }, () => client.iterate({ query }))
    const answers = open.map(one => one.next())
    await expect.poll(() => doors.house.events.followers).toBe(limits.subscriptions)
    const refused = client.iterate({ query })
    await expect(refused.next()).rejects.toMatchObject([{ extensions: { code: 'TOO_MANY' } }])
    expect(doors.house.events.followers).toBe(limits.subscriptions)
    await Promise.all(open.map(one => one.return?.()))
    await Promise.allSettled(answers)
    await client.dispose()
  })

  test('takes a message at the limit of bytes, and is closed by one beyond it', async () => {
    const open = async () => {
      const socket = new WebSocket(`${doors.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
      await new Promise(resolve => socket.once('open', resolve))
      return socket
    }
    const [fits, tooLarge] = [await open(), await open()]
    const answer = new Promise(resolve => fits.once('message', data => resolve(JSON.parse(data.toString()))))
    fits.send('{"type":"connection_init"}'.padEnd(limits.bytes))
    expect(await answer).toMatchObject({ type: 'connection_ack' })
    const code = new Promise(resolve => tooLarge.once('close', resolve))
    tooLarge.send('{"type":"connection_init"}'.padEnd(limits.bytes + 1))
    expect(await code).toBe(1009)
    fits.terminate()
  })
})
