// A thread with a handle of its own, for reads that may have to look at every row: the server goes on while it looks.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { createStatementCache } from './statement-cache.ts'

export interface Question {
  readonly id: number
  readonly statements: readonly { readonly text: string; readonly parameters: readonly unknown[] }[]
}

export type Answer = { readonly id: number } & (
  | { readonly rows: readonly Record<string, unknown>[][] }
  | { readonly error: { readonly message: string; readonly code: unknown } }
)

const handle = new Database(workerData as string, { readonly: true, timeout: 5000 })
handle.pragma('query_only = on')
// 64 MB: a search that is asked again finds what it went through the last time.
handle.pragma('cache_size = -65536')
const prepared = createStatementCache(handle)

/** All in one transaction: they see the same moment. */
const readAll = handle.transaction((statements: Question['statements']) =>
  statements.map(({ text, parameters }) => prepared(text).all(...parameters) as Record<string, unknown>[]),
)

parentPort!.on('message', ({ id, statements }: Question) => {
  parentPort!.postMessage(answer(id, statements))
})

function answer(id: number, statements: Question['statements']): Answer {
  try {
    return { id, rows: readAll(statements) }
  } catch (error) {
    return { id, error: { message: (error as Error).message, code: (error as { code?: unknown }).code } }
  }
}
