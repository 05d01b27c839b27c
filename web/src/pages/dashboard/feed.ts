import type { DashboardEventFragment, EventFilter } from '../../generated/graphql.ts'
import { compareText } from '../../live/text-order.ts'

/** Read at once, so that enough things are among them of which each had several events. */
export const FIRST_EVENTS = 60

// Task runs have more events than everything else together, and each has its place on the page of its run.
export const feedFilter: EventFilter = {
  resourceIdPrefixes: [
    'flow-run',
    'flow',
    'deployment',
    'work-pool',
    'work-queue',
    'worker',
    'automation',
    'variable',
    'concurrency-limit',
  ].map(kind => `prefect.${kind}.`),
}

/** The newest event of each thing, newest first. */
export const createFeed = () => {
  let newest = new Map<string, DashboardEventFragment>()

  const add = (more: readonly DashboardEventFragment[]) => {
    for (const event of more) {
      const known = newest.get(resourceIdOf(event))
      if (known === undefined || compare(event, known) < 0) newest.set(resourceIdOf(event), event)
    }
    newest = new Map(inOrder().map(event => [resourceIdOf(event), event]))
  }
  const inOrder = () => [...newest.values()].sort(compare).slice(0, FIRST_EVENTS)

  return {
    reset(snapshot: readonly DashboardEventFragment[]) {
      newest = new Map()
      add(snapshot)
    },
    add,
    read: (): readonly DashboardEventFragment[] => [...newest.values()],
  }
}

const compare = (left: DashboardEventFragment, right: DashboardEventFragment) =>
  compareText(right.occurred, left.occurred) || compareText(right.id, left.id)

export const resourceIdOf = ({ resource }: Pick<DashboardEventFragment, 'resource'>): string =>
  labelOf(resource, 'prefect.resource.id') ?? ''

export const labelOf = (resource: unknown, label: string): string | undefined => {
  const value = typeof resource === 'object' && resource !== null ? (resource as Record<string, unknown>)[label] : undefined
  return typeof value === 'string' ? value : undefined
}
