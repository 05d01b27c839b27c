import type pg from 'pg'

interface ForeignKey {
  readonly name: string
  readonly child: string
  readonly parent: string
  readonly childColumns: readonly string[]
  readonly parentColumns: readonly string[]
}

const foreignKeys = `
  select c.conname::text as name, c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
    array(select quote_ident(a.attname) from unnest(c.conkey) with ordinality as k(number, place)
      join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.number order by k.place) as "childColumns",
    array(select quote_ident(a.attname) from unnest(c.confkey) with ordinality as k(number, place)
      join pg_attribute as a on a.attrelid = c.confrelid and a.attnum = k.number order by k.place) as "parentColumns"
  from pg_constraint as c where c.contype = 'f' and c.connamespace = current_schema()::regnamespace order by 1`

const broken = `
  select 'index ' || i.indexrelid::regclass::text || ' is not valid' as sentence
  from pg_index as i join pg_class as c on c.oid = i.indexrelid
  where not i.indisvalid and c.relnamespace = current_schema()::regnamespace
  union all
  select 'constraint ' || conname || ' was never checked' from pg_constraint where not convalidated and connamespace = current_schema()::regnamespace
  union all
  select checksum_failures || ' pages failed their checksum, the last ' || checksum_last_failure from pg_stat_database
  where datname = current_database() and checksum_failures > 0`

/** What the database finds wrong with itself: indexes and constraints it does not trust, pages it could not read, references to rows that are gone. */
export async function inspect(pool: pg.Pool): Promise<readonly string[]> {
  const { rows: faults } = await pool.query<{ sentence: string }>(broken)
  const { rows: keys } = await pool.query<ForeignKey>(foreignKeys)
  const orphans: string[] = []
  for (const key of keys) {
    const { rows } = await pool.query<{ count: number }>(countOrphans(key))
    if (rows[0]!.count > 0) orphans.push(`${key.child}: ${rows[0]!.count} rows whose ${key.parent} is gone (${key.name})`)
  }
  return [...faults.map(({ sentence }) => sentence), ...orphans]
}

function countOrphans({ child, parent, childColumns, parentColumns }: ForeignKey): string {
  const isParent = childColumns.map((column, index) => `child.${column} = parent.${parentColumns[index]}`).join(' and ')
  const isSet = childColumns.map(column => `child.${column} is not null`).join(' and ')
  return `select count(*) as count from ${child} as child where ${isSet} and not exists (select 1 from ${parent} as parent where ${isParent})`
}
