import { follow, request } from '../client.ts'
import { BellDocument, BellRingsDocument } from '../generated/graphql.ts'
import type { LiveSource } from '../live/live-view.ts'
import { useLive } from '../live/use-live.svelte.ts'
import { readStored, writeStored } from '../stored.ts'
import { createBell, type Rung } from './bell-counts.ts'

const LOOKED_KEY = 'castellan.deliveries-looked-at'

const bell = createBell()
// Somebody who comes for the first time is not told of all that ever was.
let lookedAt = $state(Number(readStored(LOOKED_KEY) ?? Date.now()))
if (readStored(LOOKED_KEY) === null) writeStored(LOOKED_KEY, String(Date.now()))

/** Somebody sees the deliveries: what has been sent until now is no news any more. */
export const lookAtDeliveries = (now: number): void => {
  lookedAt = now
  writeStored(LOOKED_KEY, String(now))
}

const source: LiveSource<readonly Rung[], Rung> = {
  async load() {
    const { failed, sent } = await request(BellDocument, {})
    const rungs = [...sent.nodes.map(node => rungOf(node, false)), ...failed.nodes.map(node => rungOf(node, true))]
    return { snapshot: rungs, cursor: failed.eventCursor }
  },
  follow: (after, sink) =>
    follow(BellRingsDocument, {}, after, {
      next: ({ notificationDeliveryChanged: { cursor, changes, gap } }) =>
        sink.next({
          cursor,
          changes: changes.map(({ notificationDelivery: one }) => rungOf(one, one.status === 'DEAD')),
          hasGap: gap != null,
        }),
      failed: sink.failed,
    }),
  reset: bell.reset,
  apply: bell.ring,
}

const rungOf = ({ id, settledAt }: { id: string; settledAt?: string | null }, isFailure: boolean): Rung => ({
  id,
  isFailure,
  at: settledAt == null ? 0 : Date.parse(settledAt),
})

/** Called by a component when it is made. */
export const useBell = () => {
  let rings = 0
  const live = useLive(source, () => (rings += 1))
  return {
    get unread() {
      void live.shown
      return bell.unread(lookedAt)
    },
  }
}
