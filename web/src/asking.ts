import { RequestError } from './request-error.ts'

export interface Question {
  query: string
  variables: unknown
}

export interface GraphqlError {
  message: string
  extensions?: Record<string, unknown>
}

interface Answer {
  data?: unknown
  errors?: readonly GraphqlError[]
}

/** What may take the server a while is asked by itself, so that what is quick need not wait for it. */
export type Pace = 'quick' | 'slow'

/** As many as a server takes by its default. */
const MOST_TOGETHER = 10

interface Waiting {
  question: Question
  resolve: (data: unknown) => void
  reject: (error: unknown) => void
}

/** What is asked in one turn, by whatever parts of a page, goes to the server in one request for each pace. */
export const createAsking = (url: string, nextTurn: (run: () => void) => void, send: typeof fetch = fetch) => {
  const waiting: Record<Pace, Waiting[]> = { quick: [], slow: [] }

  const askAll = (pace: Pace) => {
    const all = waiting[pace].splice(0)
    for (let from = 0; from < all.length; from += MOST_TOGETHER) void askTogether(all.slice(from, from + MOST_TOGETHER))
  }

  const askTogether = async (together: readonly Waiting[]) => {
    try {
      const questions = together.map(({ question }) => question)
      const { answers, status, requestId } = await post(questions)
      for (const [index, { resolve, reject }] of together.entries()) {
        const { data, errors: [error] = [] } = answers[index] ?? {}
        if (error !== undefined || data == null) reject(new RequestError(error, status, requestId))
        else resolve(data)
      }
    } catch {
      for (const { reject } of together) reject(new RequestError(undefined))
    }
  }

  const post = async (questions: readonly Question[]) => {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(questions.length === 1 ? questions[0] : questions),
    })
    const text = await response.text()
    const read = readAnswers(text)
    // What is refused as a whole is refused for each.
    const answers = Array.isArray(read) ? read : questions.map(() => read)
    return { answers, status: response.status, requestId: response.headers.get('x-request-id') ?? undefined }
  }

  return (question: Question, pace: Pace = 'quick'): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting[pace].push({ question, resolve, reject })
      if (waiting[pace].length === 1) nextTurn(() => askAll(pace))
    })
}

const readAnswers = (text: string): Answer | readonly Answer[] => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
