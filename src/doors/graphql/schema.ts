import './scalars.ts'
import './states.ts'
import './flows.ts'
import './flow-runs.ts'
import './logs.ts'
import './events.ts'
import './server.ts'
import { builder } from './builder.ts'

/** Built once from the concept files above. */
export const schema = builder.toSchema()
