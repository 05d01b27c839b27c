import { revision } from './revision.ts'

const index = (table: string, ...columns: string[]) =>
  `create index "${table}_${columns.join('_')}_index" on "${table}" (${columns.map(column => `"${column}"`).join(', ')})`
const unique = (table: string, ...columns: string[]) =>
  [`"${table}_${columns.join('_')}_unique"`, `(${columns.map(column => `"${column}"`).join(', ')})`] as const
const foreign = (table: string, column: string, to: string, rule: string) =>
  `constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete ${rule}`

const indexes = [
  index('block_type', 'workspace_id', 'name', 'id'),
  index('block_schema', 'block_type_id', 'created', 'id'),
  index('block_schema', 'workspace_id', 'created', 'id'),
  index('block_document', 'workspace_id', 'is_anonymous', 'name', 'id'),
  index('block_document', 'workspace_id', 'block_type_name', 'name'),
  index('block_document', 'block_schema_id'),
  index('block_document_reference', 'document_id'),
]

const uniques = [
  ['sealing_key', 'fingerprint'],
  ['block_type', 'workspace_id', 'slug'],
  ['block_schema', 'workspace_id', 'checksum', 'version'],
  ['block_document', 'block_type_id', 'name'],
  ['block_document_reference', 'parent_id', 'name'],
] as const

const foreigns: readonly (readonly [table: string, column: string, to: string, rule: string])[] = [
  ['block_schema', 'block_type_id', 'block_type', 'cascade'],
  ['block_document', 'block_type_id', 'block_type', 'cascade'],
  ['block_document', 'block_schema_id', 'block_schema', 'cascade'],
  ['block_document_reference', 'parent_id', 'block_document', 'cascade'],
  ['block_document_reference', 'document_id', 'block_document', 'no action'],
]

const tables = ['block_document_reference', 'block_document', 'block_schema', 'block_type', 'sealing_key']
const down = tables.map(table => `drop table "${table}"`)

const foreignsOf = (table: string) => foreigns.filter(([of]) => of === table).map(one => `, ${foreign(...one)}`)

/** Blocks: their types, schemas and documents, and by fingerprint the keys that secrets in documents are sealed with. */
export const blocks = revision('0013-blocks', {
  sqlite: {
    up: [
      `create table "sealing_key" (
        "follows" text not null primary key,
        "fingerprint" text not null,
        "created" integer not null,
        "retired" integer null
      )`,
      `create table "block_type" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "name" text not null,
        "slug" text not null,
        "logo_url" text null,
        "documentation_url" text null,
        "description" text null,
        "code_example" text null,
        "is_protected" integer not null,
        "created" integer not null,
        "updated" integer not null
      )`,
      `create table "block_schema" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "block_type_id" text not null,
        "checksum" text not null,
        "fields" text not null,
        "capabilities" json not null,
        "version" text not null,
        "created" integer not null,
        "updated" integer not null
        ${foreignsOf('block_schema').join('')}
      )`,
      `create table "block_document" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "name" text not null,
        "is_anonymous" integer not null,
        "block_type_id" text not null,
        "block_type_name" text not null,
        "block_schema_id" text not null,
        "data" json not null,
        "sealed" text null,
        "created" integer not null,
        "updated" integer not null
        ${foreignsOf('block_document').join('')}
      )`,
      `create table "block_document_reference" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "parent_id" text not null,
        "name" text not null,
        "document_id" text not null
        ${foreignsOf('block_document_reference').join('')}
      )`,
      ...uniques.map(
        ([table, ...columns]) => `create unique index ${unique(table, ...columns)[0]} on "${table}" ${unique(table, ...columns)[1]}`,
      ),
      ...indexes,
    ],
    down,
  },
  postgres: {
    up: [
      `create table "sealing_key" (
        "follows" text not null,
        "fingerprint" text not null,
        "created" timestamptz(6) not null,
        "retired" timestamptz(6) null,
        primary key ("follows")
      )`,
      `create table "block_type" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "name" text not null,
        "slug" text not null,
        "logo_url" text null,
        "documentation_url" text null,
        "description" text null,
        "code_example" text null,
        "is_protected" boolean not null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      `create table "block_schema" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "block_type_id" uuid not null,
        "checksum" text not null,
        "fields" text not null,
        "capabilities" jsonb not null,
        "version" text not null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      `create table "block_document" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "name" text not null,
        "is_anonymous" boolean not null,
        "block_type_id" uuid not null,
        "block_type_name" text not null,
        "block_schema_id" uuid not null,
        "data" json not null,
        "sealed" text null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      `create table "block_document_reference" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "parent_id" uuid not null,
        "name" text not null,
        "document_id" uuid not null,
        primary key ("id")
      )`,
      ...uniques.map(
        ([table, ...columns]) =>
          `alter table "${table}" add constraint ${unique(table, ...columns)[0]} unique ${unique(table, ...columns)[1]}`,
      ),
      ...indexes,
      ...foreigns.map(one => `alter table "${one[0]}" add ${foreign(...one)}`),
    ],
    down,
  },
})
