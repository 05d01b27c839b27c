export type { Strips, UsualDuration } from './dashboard.flows.ts'
export { type Dashboard, type FailingFlow, readDashboard } from './dashboard.ops.ts'
export { changesDashboard } from './dashboard.rules.ts'
export type { DashboardTaskRuns } from './dashboard.tasks.ts'
