import { describe, expect, test } from 'vitest'
import { createAsking } from '../../web/src/asking.ts'

const headers = { 'x-request-id': 'request-1' }

/** What was sent, and turns that end when they are told to. */
function asking(answer: (body: unknown) => { status?: number; body: string } = echo) {
  const sent: unknown[] = []
  const turns: (() => void)[] = []
  const send = async (_url: unknown, { body }: RequestInit = {}) => {
    sent.push(JSON.parse(String(body)))
    const { status = 200, body: text } = answer(sent.at(-1))
    return new Response(text, { status, headers })
  }
  const ask = createAsking('/graphql', run => void turns.push(run), send as typeof fetch)
  return { sent, ask, endTurn: () => turns.splice(0).forEach(run => run()) }
}

const echo = (body: unknown) => {
  const answerTo = ({ query }: { query: string }) => ({ data: `answer to ${query}` })
  return { body: JSON.stringify(Array.isArray(body) ? body.map(answerTo) : answerTo(body as { query: string })) }
}
const question = (query: string) => ({ query, variables: {} })

describe('what the parts of a page ask', () => {
  test('in one turn goes in one request, each to its own answer', async () => {
    const { ask, sent, endTurn } = asking()
    const answers = Promise.all([ask(question('a')), ask(question('b'))])
    expect(sent).toEqual([])
    endTurn()
    expect(sent).toEqual([[question('a'), question('b')]])
    expect(await answers).toEqual(['answer to a', 'answer to b'])
  })

  test('alone goes as it is, and in another turn in another request', async () => {
    const { ask, sent, endTurn } = asking()
    const first = ask(question('a'))
    endTurn()
    const second = ask(question('b'))
    endTurn()
    expect(sent).toEqual([question('a'), question('b')])
    expect(await Promise.all([first, second])).toEqual(['answer to a', 'answer to b'])
  })

  test('that may take a while is not waited for by what is quick', () => {
    const { ask, sent, endTurn } = asking()
    void ask(question('slow'), 'slow')
    void ask(question('quick'))
    void ask(question('slower'), 'slow')
    endTurn()
    expect(sent).toEqual([[question('slow'), question('slower')], question('quick')])
  })

  test('is never more at once than a server takes', () => {
    const { ask, sent, endTurn } = asking()
    for (let index = 0; index < 12; index += 1) void ask(question(`${index}`))
    endTurn()
    expect(sent.map(body => (body as unknown[]).length)).toEqual([10, 2])
  })
})

describe('a question that fails', () => {
  test('fails alone, with the words, the code and the references of the server', async () => {
    const extensions = { code: 'INTERNAL', reference: 'ref-1' }
    const { ask, endTurn } = asking(() => ({ body: JSON.stringify([{ data: 1 }, { errors: [{ message: 'No.', extensions }] }]) }))
    const [good, bad] = [ask(question('a')), ask(question('b'))]
    endTurn()
    await expect(bad).rejects.toMatchObject({ message: 'No.', code: 'INTERNAL', reference: 'ref-1', requestId: 'request-1' })
    expect(await good).toBe(1)
  })

  test('says what the server answered where that was no GraphQL', async () => {
    const { ask, endTurn } = asking(() => ({ status: 502, body: '<html>' }))
    const both = [ask(question('a')), ask(question('b'))]
    endTurn()
    for (const each of both) await expect(each).rejects.toMatchObject({ message: 'The server answered 502.', code: '502' })
  })

  test('says that nobody answered where nobody did', async () => {
    const { ask, endTurn } = asking(() => {
      throw new TypeError('fetch failed')
    })
    const asked = ask(question('a'))
    endTurn()
    await expect(asked).rejects.toMatchObject({ message: 'The server did not answer.', code: 'UNREACHABLE' })
  })
})
