export { type Dashboard, type FailingFlow, readDashboard } from './dashboard.ops.ts'
