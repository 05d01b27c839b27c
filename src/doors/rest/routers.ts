// Written by `npm run lists` from the files beside it. Not edited by hand.
import { adminRoutes } from './admin.ts'
import { artifactRoutes } from './artifacts.ts'
import { deploymentRoutes } from './deployments.ts'
import { eventRoutes } from './events.ts'
import { flowRunGraphRoutes } from './flow-run-graphs.ts'
import { flowRunInputRoutes } from './flow-run-inputs.ts'
import { flowRunListRoutes } from './flow-run-lists.ts'
import { flowRunLogRoutes } from './flow-run-logs.ts'
import { flowRunStateRoutes } from './flow-run-states.ts'
import { flowRunRoutes } from './flow-runs.ts'
import { flowRoutes } from './flows.ts'
import { logRoutes } from './logs.ts'
import { taskRunListRoutes } from './task-run-lists.ts'
import { taskRunStateRoutes } from './task-run-states.ts'
import { taskRunRoutes } from './task-runs.ts'
import { variableRoutes } from './variables.ts'

export const routers = [adminRoutes, artifactRoutes, deploymentRoutes, eventRoutes, flowRunGraphRoutes, flowRunInputRoutes, flowRunListRoutes, flowRunLogRoutes, flowRunStateRoutes, flowRunRoutes, flowRoutes, logRoutes, taskRunListRoutes, taskRunStateRoutes, taskRunRoutes, variableRoutes] as const
