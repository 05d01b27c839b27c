import type { Clock, Instant } from './clock.ts'

/** A request this server has no answer to. Shown to operators: "your SDK asked for …". */
export interface UnknownRoute {
  readonly method: string
  readonly path: string
  readonly count: number
  readonly lastAskedAt: Instant
  readonly userAgent: string | null
}

export interface UnknownRoutes {
  note(asked: { readonly workspaceId: string; readonly method: string; readonly path: string; readonly userAgent: string | null }): void
  list(workspaceId: string): readonly UnknownRoute[]
}

const MOST_KEPT = 200

/** Counts since the server started, ids in paths folded, so that a thousand runs asked for are one line. */
export function createUnknownRoutes(clock: Clock): UnknownRoutes {
  const routes = new Map<string, UnknownRoute & { readonly workspaceId: string }>()
  return {
    note({ workspaceId, method, path, userAgent }) {
      const folded = path.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}').slice(0, 300)
      const key = `${workspaceId} ${method} ${folded}`
      const known = routes.get(key)
      if (!known && routes.size >= MOST_KEPT) return
      routes.set(key, { workspaceId, method, path: folded, count: (known?.count ?? 0) + 1, lastAskedAt: clock.now(), userAgent })
    },
    list: workspaceId =>
      [...routes.values()].filter(route => route.workspaceId === workspaceId).sort((one, other) => other.lastAskedAt - one.lastAskedAt),
  }
}
