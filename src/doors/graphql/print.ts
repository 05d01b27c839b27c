import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'

/** What schema.graphql must say. */
export const printedSchema = (): string =>
  `# Printed from src/doors/graphql by \`npm run schema\`. Not edited by hand.\n\n${printSchema(lexicographicSortSchema(schema))}\n`

if (import.meta.main) process.stdout.write(printedSchema())
