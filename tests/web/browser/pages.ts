// The pages there are, by the name of their picture.
import type { Filled } from './fill.ts'

export const emptyPages: Record<string, string> = {
  dashboard: '/dashboard',
  runs: '/runs',
  flows: '/flows',
  events: '/events',
  notifications: '/notifications',
  variables: '/variables',
  artifacts: '/artifacts',
  server: '/server',
  'not-found': '/nowhere',
}

export const fullPages = ({ failed, failedTask, running, waiting, flow, report, table }: Filled): Record<string, string> => ({
  dashboard: '/dashboard',
  'dashboard-failed': '/dashboard?state=FAILED',
  'dashboard-week': '/dashboard?range=7d&subflows=shown',
  'dashboard-none-match': '/dashboard?tag=nobody-has-it',
  runs: '/runs',
  'runs-need-a-look': '/runs?state=FAILED&state=CRASHED&state=Late&range=24h',
  'runs-none-match': '/runs?tag=nobody-has-it',
  'run-failed': `/runs/flow-run/${failed}`,
  'run-marked-lines': `/runs/flow-run/${failed}?line=244&q=orders&wrap=1`,
  'run-errors-alone': `/runs/flow-run/${failed}?level=40`,
  'run-running': `/runs/flow-run/${running}`,
  'run-waiting': `/runs/flow-run/${waiting}`,
  'run-unknown': '/runs/flow-run/00000000-0000-7000-8000-000000000000',
  'run-tasks': `/runs/flow-run/${failed}?tab=tasks`,
  'run-artifacts': `/runs/flow-run/${running}?tab=artifacts`,
  task: `/runs/task-run/${failedTask}`,
  'task-unknown': '/runs/task-run/00000000-0000-7000-8000-000000000000',
  flows: '/flows',
  'flows-none-match': '/flows?name=nowhere&tag=none',
  flow: `/flows/flow/${flow}`,
  'flow-unknown': '/flows/flow/00000000-0000-7000-8000-000000000000',
  notifications: '/notifications',
  events: '/events',
  'events-none-match': '/events?text=nowhere&name=prefect.flow-run.',
  variables: '/variables',
  artifacts: '/artifacts',
  'artifacts-none-match': '/artifacts?key=nowhere&kind=table',
  'artifact-versions': '/artifacts/key/forecast',
  'artifact-table': `/artifacts/artifact/${table}`,
  'artifact-report': `/artifacts/artifact/${report}`,
  'artifact-unknown': '/artifacts/artifact/00000000-0000-7000-8000-000000000000',
  server: '/server',
})

export const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const

export const colorSchemes = ['light', 'dark'] as const
