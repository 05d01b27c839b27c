import type pg from 'pg'
import { isLostConnection } from './postgres-errors.ts'

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

/**
 * Asks once more while the connection turns out to be lost. After a restart of the database each idle one in the pool is, and not every one has heard of it.
 * Only for what may be done twice.
 */
export async function despiteLostConnections<T>(pool: pg.Pool, ask: () => Promise<T>): Promise<T> {
  for (let left = pool.options.max; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (left === 0 || !isLostConnection(error)) throw error
    }
  }
}

/** Commits what `run` commits; whatever else happens is undone. */
export async function inSession<T>(pool: pg.Pool, run: (session: Session) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | undefined = await pool.connect()
  let begun: Promise<readonly Answer[]> | undefined
  const first = async (statements: readonly Statement[]) => (await flight(client!, [begin, ...statements])).slice(1)
  const firstOnWhicheverLives = (statements: readonly Statement[]) =>
    despiteLostConnections(pool, async () => {
      client ??= await pool.connect()
      return first(statements).catch(error => {
        if (isLostConnection(error)) {
          client?.release(true)
          client = undefined
        }
        throw error
      })
    })
  const next = async (statements: readonly Statement[], otherwise: typeof first) => {
    if (!begun) return (begun = otherwise(statements))
    await begun
    return flight(client!, statements)
  }
  try {
    const answer = await run({
      fly: statements => next(statements, firstOnWhicheverLives),
      commit: async statements => (await next([...statements, commit], first)).slice(0, -1),
    })
    client.release()
    return answer
  } catch (error) {
    await begun?.catch(() => undefined)
    if (client) await undo(client)
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
