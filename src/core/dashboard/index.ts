export { type Dashboard, type FailingFlow, readDashboard } from './dashboard.ops.ts'
export { changesDashboard } from './dashboard.rules.ts'
