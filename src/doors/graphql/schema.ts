import './scalars.ts'
import './concepts.ts'
import { builder } from './builder.ts'

/** Built once from the concepts' files. */
export const schema = builder.toSchema()
