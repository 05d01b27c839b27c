import type { Component } from 'svelte'
import { matchPattern } from './match.ts'

export type Parameters = Record<string, string>
type Page = Component<{ parameters: Parameters }>

export interface Route {
  pattern: string
  /** Shown in the top bar until the page knows a better one. */
  title: string
  load: () => Promise<{ default: Page }>
}

const page = (load: () => Promise<unknown>) => load as Route['load']

/** The whole URL map. */
export const routes: readonly Route[] = [
  { pattern: '', title: 'Dashboard', load: page(() => import('./pages/dashboard/Dashboard.svelte')) },
  { pattern: 'dashboard', title: 'Dashboard', load: page(() => import('./pages/dashboard/Dashboard.svelte')) },
  { pattern: 'runs', title: 'Runs', load: page(() => import('./pages/flow-runs/List.svelte')) },
  { pattern: 'runs/flow-run/:id', title: 'Run', load: page(() => import('./pages/flow-runs/Run.svelte')) },
  { pattern: 'runs/task-run/:id', title: 'Task run', load: page(() => import('./pages/task-runs/TaskRun.svelte')) },
  { pattern: 'flows', title: 'Flows', load: page(() => import('./pages/flows/List.svelte')) },
  { pattern: 'flows/flow/:id', title: 'Flow', load: page(() => import('./pages/flows/Flow.svelte')) },
  { pattern: 'notifications', title: 'Notifications', load: page(() => import('./pages/notifications/List.svelte')) },
  { pattern: 'notifications/new', title: 'New notification', load: page(() => import('./pages/notifications/Edit.svelte')) },
  { pattern: 'notifications/deliveries', title: 'Deliveries', load: page(() => import('./pages/notifications/Deliveries.svelte')) },
  { pattern: 'notifications/:id', title: 'Notification', load: page(() => import('./pages/notifications/Policy.svelte')) },
  { pattern: 'notifications/:id/edit', title: 'Edit notification', load: page(() => import('./pages/notifications/Edit.svelte')) },
  { pattern: 'blocks', title: 'Blocks', load: page(() => import('./pages/blocks/List.svelte')) },
  { pattern: 'blocks/catalog', title: 'Block catalogue', load: page(() => import('./pages/blocks/Catalog.svelte')) },
  { pattern: 'blocks/catalog/:slug/create', title: 'New block', load: page(() => import('./pages/blocks/Create.svelte')) },
  { pattern: 'blocks/block/:id', title: 'Block', load: page(() => import('./pages/blocks/Block.svelte')) },
  { pattern: 'events', title: 'Events', load: page(() => import('./pages/events/Feed.svelte')) },
  { pattern: 'events/event/:day/:id', title: 'Event', load: page(() => import('./pages/events/Event.svelte')) },
  { pattern: 'variables', title: 'Variables', load: page(() => import('./pages/variables/List.svelte')) },
  { pattern: 'artifacts', title: 'Artifacts', load: page(() => import('./pages/artifacts/List.svelte')) },
  { pattern: 'artifacts/artifact/:id', title: 'Artifact', load: page(() => import('./pages/artifacts/Artifact.svelte')) },
  { pattern: 'artifacts/key/:key', title: 'Artifact', load: page(() => import('./pages/artifacts/Versions.svelte')) },
  { pattern: 'server', title: 'Settings', load: page(() => import('./pages/server/Server.svelte')) },
  // Written out, so that the build drops the page.
  ...(import.meta.env.DEV ? [{ pattern: 'dev/parts', title: 'Parts', load: page(() => import('./pages/dev/Parts.svelte')) }] : []),
]

/** What SDKs and pages of other days call them; and what has no page of its own, by where it is found. */
const formerPatterns = {
  'flow-runs': 'runs',
  'flow-runs/flow-run/:id': 'runs/flow-run/:id',
  'flow-runs/task-run/:id': 'runs/task-run/:id',
  'task-runs/task-run/:id': 'runs/task-run/:id',
  'deployments/deployment/:id': 'runs?deployment=:id',
}

/** The address, below the base, that has taken the place of another. */
export function movedTo(path: string): string | undefined {
  for (const [former, pattern] of Object.entries(formerPatterns)) {
    const parameters = matchPattern(former, path)
    if (parameters) return pattern.replace(/:(\w+)/g, (_, name) => encodeURIComponent(parameters[name]!))
  }
  return undefined
}

export const notFound: Route = { pattern: '*', title: 'Not found', load: page(() => import('./pages/NotFound.svelte')) }
