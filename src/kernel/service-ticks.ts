import type { Clock, Instant } from './clock.ts'

/** A background service of this server, and when it last did its work. */
export interface ServiceTick {
  readonly name: string
  readonly everyMilliseconds: number
  /** When it last came to an end, well or not; null while it has not. */
  readonly lastTickAt: Instant | null
  /** Why the last time failed; null when it did not. */
  readonly failure: string | null
}

export interface ServiceTicks {
  started(service: Pick<ServiceTick, 'name' | 'everyMilliseconds'>): void
  ticked(name: string, failure: string | null): void
  list(): readonly ServiceTick[]
}

/** Since the server started, in the order in which the services were. */
export function createServiceTicks(clock: Clock): ServiceTicks {
  const ticks = new Map<string, ServiceTick>()
  return {
    started: ({ name, everyMilliseconds }) => void ticks.set(name, { name, everyMilliseconds, lastTickAt: null, failure: null }),
    ticked(name, failure) {
      const known = ticks.get(name)
      if (known) ticks.set(name, { ...known, lastTickAt: clock.now(), failure })
    },
    list: () => [...ticks.values()],
  }
}
