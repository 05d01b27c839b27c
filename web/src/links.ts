import { basePath } from './sub-path.ts'

/** What stands behind the `?`: a list repeats its word, what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

const segment = encodeURIComponent
const below = (path: string, query: Query = {}) => {
  const words = new URLSearchParams(
    Object.entries(query).flatMap(([word, value]) => (typeof value === 'string' ? [value] : (value ?? [])).map(one => [word, one])),
  ).toString()
  return `${basePath}${path}${words === '' ? '' : `?${words}`}`
}

/** Page addresses, in the formats which the Prefect SDK prints in a terminal. */
export const linkTo = {
  dashboard: (query?: Query) => below('dashboard', query),
  runs: (query?: Query) => below('runs', query),
  flowRun: (id: string) => below(`runs/flow-run/${segment(id)}`),
  taskRun: (id: string) => below(`runs/task-run/${segment(id)}`),
  flows: (query?: Query) => below('flows', query),
  flow: (id: string) => below(`flows/flow/${segment(id)}`),
  /** Its runs: it has no page of its own yet. */
  deployment: (id: string) => below('runs', { deployment: id }),
  workPool: (name: string) => below(`work-pools/work-pool/${segment(name)}`),
  notifications: (query?: Query) => below('notifications', query),
  newNotification: (query?: Query) => below('notifications/new', query),
  notification: (id: string, query?: Query) => below(`notifications/${segment(id)}`, query),
  editNotification: (id: string) => below(`notifications/${segment(id)}/edit`),
  deliveries: (query?: Query) => below('notifications/deliveries', query),
  blocks: (query?: Query) => below('blocks', query),
  blockCatalog: (query?: Query) => below('blocks/catalog', query),
  newBlock: (slug: string) => below(`blocks/catalog/${segment(slug)}/create`),
  block: (id: string) => below(`blocks/block/${segment(id)}`),
  events: (query?: Query) => below('events', query),
  variables: (query?: Query) => below('variables', query),
  artifacts: (query?: Query) => below('artifacts', query),
  artifact: (id: string) => below(`artifacts/artifact/${segment(id)}`),
  artifactKey: (key: string, query?: Query) => below(`artifacts/key/${segment(key)}`, query),
  server: () => below('server'),
  explorer: () => below('graphql'),
  parts: () => below('dev/parts'),
}
