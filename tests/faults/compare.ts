// What a follower has read, held against the log.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Follower } from './followers.ts'
import type { Figures } from './scenario.ts'
import type { StoredEvent } from './stored.ts'

/** Waits until each has read as much as there is to read, or until it is in vain. */
export async function untilRead(followers: readonly Follower[], counts: readonly number[], milliseconds = 60_000): Promise<void> {
  const deadline = performance.now() + milliseconds
  const isDone = () => followers.every((follower, index) => follower.received.length >= counts[index]!)
  while (!isDone() && performance.now() < deadline) await sleep(20)
  // A repetition would come late.
  await sleep(300)
}

export interface Comparison {
  missed: number
  repeated: number
  /** Read in another order than the log's. */
  disordered: number
  unknown: number
}

export function compare(received: readonly { id: string }[], expected: readonly StoredEvent[]): Comparison {
  const places = new Map(expected.map(({ id }, index) => [id, index]))
  const seen = new Set<string>()
  const found = { missed: 0, repeated: 0, disordered: 0, unknown: 0 }
  let last = -1
  for (const { id } of received) {
    const place = places.get(id)
    if (place === undefined) found.unknown++
    else if (seen.has(id)) found.repeated++
    else if (place < last) found.disordered++
    else last = place
    seen.add(id)
  }
  found.missed = expected.filter(({ id }) => !seen.has(id)).length
  return found
}

export const stateChanges = (events: readonly StoredEvent[]): StoredEvent[] =>
  events.filter(({ event }) => event.startsWith('prefect.flow-run.'))

/** Adds up what all followers have missed, repeated and disordered; `gaps` are broken promises too where nobody lost the log. */
export function judgeFollowers(followers: readonly Follower[], events: readonly StoredEvent[]): Pick<Figures, 'broken' | 'details'> {
  const broken = { missed: 0, repeated: 0, disordered: 0, unknown: 0, gaps: 0 }
  const details: string[] = []
  for (const follower of followers) {
    const found = compare(follower.received, follower.name.endsWith('changes') ? stateChanges(events) : events)
    for (const key of Object.keys(found) as (keyof Comparison)[]) broken[key] += found[key]
    broken.gaps += follower.gaps
    details.push(`${follower.name}: ${follower.received.length} read over ${follower.connections} connections, ${JSON.stringify(found)}`)
  }
  return { broken, details }
}
