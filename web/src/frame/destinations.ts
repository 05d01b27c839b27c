import { linkTo } from '../links.ts'
import type { IconName } from '../parts/Icon.svelte'
import { routes } from '../routes.ts'

export interface Destination {
  icon: IconName
  label: string
  href: string
  /** The route it leads to; left out where the server answers with a page of its own. */
  pattern?: string
  /** Where the address begins so, one is still there: /runs/flow-run/… is among the runs. */
  begins?: string
  /** Pressed after `g`. */
  key?: string
  /** Which live count stands behind it. */
  count?: 'running' | 'failing'
}

const all = {
  main: [
    { icon: 'dashboard', label: 'Dashboard', href: linkTo.dashboard(), pattern: 'dashboard', key: 'd' },
    { icon: 'runs', label: 'Runs', href: linkTo.runs(), pattern: 'runs', begins: 'runs/', key: 'r', count: 'running' },
    { icon: 'flows', label: 'Flows', href: linkTo.flows(), pattern: 'flows', begins: 'flows/', key: 'f' },
  ],
  respond: [
    {
      icon: 'bell',
      label: 'Notifications',
      href: linkTo.notifications(),
      pattern: 'notifications',
      begins: 'notifications/',
      key: 'n',
      count: 'failing',
    },
    { icon: 'events', label: 'Events', href: linkTo.events(), pattern: 'events', begins: 'events/', key: 'e' },
  ],
  configure: [
    { icon: 'blocks', label: 'Blocks', href: linkTo.blocks(), pattern: 'blocks', begins: 'blocks/', key: 'b' },
    { icon: 'variables', label: 'Variables', href: linkTo.variables(), pattern: 'variables', key: 'v' },
    { icon: 'artifacts', label: 'Artifacts', href: linkTo.artifacts(), pattern: 'artifacts', begins: 'artifacts/', key: 'a' },
  ],
  foot: [
    { icon: 'explorer', label: 'GraphQL explorer', href: linkTo.explorer() },
    { icon: 'settings', label: 'Settings', href: linkTo.server(), pattern: 'server', key: 's' },
  ],
} satisfies Record<string, Destination[]>

const exists = ({ pattern }: Destination) => pattern === undefined || routes.some(route => route.pattern === pattern)

/** Where one can go from everywhere, in the groups of the rail; only pages that exist. */
export const destinations: Readonly<Record<keyof typeof all, readonly Destination[]>> = {
  main: all.main.filter(exists),
  respond: all.respond.filter(exists),
  configure: all.configure.filter(exists),
  foot: all.foot.filter(exists),
}

export const allDestinations: readonly Destination[] = Object.values(destinations).flat()

export const isAt = ({ pattern, begins }: Destination, current: string): boolean =>
  pattern !== undefined && (pattern === (current || 'dashboard') || (begins !== undefined && current.startsWith(begins)))
