import { Migration } from '@mikro-orm/migrations'
import { isPostgres } from '../src/kernel/columns.ts'

export interface Statements {
  readonly sqlite: Dialectal
  readonly postgres: Dialectal
}

interface Dialectal {
  readonly up: readonly string[]
  readonly down: readonly string[]
}

export interface Revision {
  readonly name: string
  readonly statements: Statements
}

/** One step of the schema, in both dialects, up and down written out. Data it must put in stands beside the tables it makes. */
export const revision = (name: string, statements: Statements): Revision => ({ name, statements })

/** The revision as the migrator wants it. */
export const toMigration = ({ statements }: Revision) =>
  class extends Migration {
    #run(direction: keyof Dialectal) {
      const dialect = isPostgres(this.driver.getPlatform()) ? 'postgres' : 'sqlite'
      for (const statement of statements[dialect][direction]) this.addSql(statement)
    }
    override up() {
      this.#run('up')
    }
    override down() {
      this.#run('down')
    }
  }
