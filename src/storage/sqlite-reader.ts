import type Database from 'better-sqlite3'
import type { Query, Reader } from '../kernel/storage.ts'
import type { QueryCompiler, Sql } from './query-sql.ts'
import { createReader, type Rows } from './reader.ts'
import type { Scans } from './sqlite-scans.ts'
import { createStatementCache } from './statement-cache.ts'

/** Queries on a handle that `execute` hands out for the time of one call. */
export function sqliteReader(compile: QueryCompiler, execute: <T>(run: (handle: Database.Database) => T) => Promise<T>): Reader {
  const caches = new WeakMap<Database.Database, ReturnType<typeof createStatementCache>>()
  const all = (handle: Database.Database, { text, parameters }: Sql): Rows => {
    const cache = caches.get(handle) ?? createStatementCache(handle)
    caches.set(handle, cache)
    return cache(text).all(...parameters) as Rows
  }
  return createReader(compile, {
    one: sql => execute(handle => all(handle, sql)),
    together: statements => execute(handle => handle.transaction(() => statements.map(sql => all(handle, sql)))()),
  })
}

/** The same, but what may look at very many rows is read by the thread that scans, so that the server goes on meanwhile. */
export function readerWithScans(compile: QueryCompiler, near: Reader, scans: Scans): Reader {
  const far = createReader(compile, { one: async sql => (await scans.read([sql]))[0]!, together: scans.read })
  return {
    select: query => (compile.mayScan(query) ? far : near).select(query),
    count: query => (compile.mayScan(query) ? far : near).count(query),
    countBy: query => far.countBy(query),
    sumBy: query => (query.sum === null ? far : near).sumBy(query),
    countInSpans: query => (compile.mayScan(query) ? far : near).countInSpans(query),
    together: asked => (Object.values<Query>(asked.select).some(query => compile.mayScan(query)) ? far : near).together(asked),
  }
}
