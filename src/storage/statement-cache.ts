import type Database from 'better-sqlite3'

/** Preparing costs more than running; the texts of this server's queries are few. The oldest go when there are more than `capacity`. */
export function createStatementCache(database: Database.Database, capacity = 500): (text: string) => Database.Statement {
  const statements = new Map<string, Database.Statement>()
  return text => {
    const known = statements.get(text)
    if (known) return known
    const statement = database.prepare(text)
    if (statements.size >= capacity) statements.delete(statements.keys().next().value!)
    statements.set(text, statement)
    return statement
  }
}
