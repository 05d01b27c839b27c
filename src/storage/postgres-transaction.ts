import type pg from 'pg'

export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  /** Prepared once for each connection under this name. */
  readonly name?: string
  /** Called as soon as this one is answered, before the rest of its flight is. */
  readonly onAnswer?: (answer: Answer) => void
}

export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** How many rows were written or answered. */
  readonly rowCount: number | null
}

/** One transaction on one connection. Its statements go out in flights: all at once, answered in order. */
export interface Session {
  /** Answers each statement. The first flight carries the `begin` with it. */
  fly(statements: readonly Statement[]): Promise<readonly Answer[]>
  /** The last flight carries the `commit` with it, so that nobody waits for this client while it holds the append lock. */
  commit(statements: readonly Statement[]): Promise<readonly Answer[]>
}

const begin: Statement = { text: 'begin isolation level read committed' }
const commit: Statement = { text: 'commit' }

/** Commits what `run` commits; whatever else happens is undone. */
export async function inSession<T>(pool: pg.Pool, run: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let first: readonly Statement[] = [begin]
  const fly = async (statements: readonly Statement[]): Promise<readonly Answer[]> => {
    const before = first
    first = []
    return (await flight(client, [...before, ...statements])).slice(before.length)
  }
  try {
    const answer = await run({ fly, commit: async statements => (await fly([...statements, commit])).slice(0, -1) })
    client.release()
    return answer
  } catch (error) {
    await undo(client)
    throw error
  }
}

/** A statement that fails takes those behind it along; the `commit` at the end then succeeds as a rollback, so the first failure is what counts. */
async function flight(client: pg.PoolClient, statements: readonly Statement[]): Promise<readonly Answer[]> {
  const { stream } = client.connection
  stream.cork()
  const sent = statements.map(statement => send(client, statement))
  stream.uncork()
  const answers = await Promise.allSettled(sent)
  return answers.map(answer => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  })
}

async function send(client: pg.PoolClient, { onAnswer, ...statement }: Statement): Promise<Answer> {
  const answer = await client.query(statement as pg.QueryConfig)
  onAnswer?.(answer)
  return answer
}

/** A connection that cannot even roll back is thrown away. */
async function undo(client: pg.PoolClient): Promise<void> {
  try {
    if (client.getTransactionStatus() !== 'I') await client.query('rollback')
    client.release()
  } catch {
    client.release(true)
  }
}
