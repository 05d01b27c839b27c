import { basePath } from './sub-path.ts'

const segment = encodeURIComponent
const below = (path: string) => `${basePath}${path}`

/** Page addresses, in the formats which the Prefect SDK prints in a terminal. */
export const linkTo = {
  dashboard: (stateType?: string) => below(stateType === undefined ? 'dashboard' : `dashboard?state=${segment(stateType)}`),
  flowRun: (id: string) => below(`runs/flow-run/${segment(id)}`),
  taskRun: (id: string) => below(`runs/task-run/${segment(id)}`),
  flow: (id: string) => below(`flows/flow/${segment(id)}`),
  deployment: (id: string) => below(`deployments/deployment/${segment(id)}`),
  workPool: (name: string) => below(`work-pools/work-pool/${segment(name)}`),
  variables: () => below('variables'),
  server: () => below('server'),
  explorer: () => below('graphql'),
  parts: () => below('dev/parts'),
}
