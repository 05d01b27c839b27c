// Written by `npm run lists` from the files beside it. Not edited by hand.
import './deployments.ts'
import './events.ts'
import './flow-runs.ts'
import './flows.ts'
import './logs.ts'
import './server.ts'
import './states.ts'
import './variables.ts'
