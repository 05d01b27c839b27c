import { expect, test } from 'vitest'
import { systemClock, type Timer } from '../../src/kernel/clock.ts'
import { openDoors } from './house.ts'
import { overEvents, overSocket } from './subscription.ts'

const query = 'subscription { serverChanged { version unknownRoutes { path count } } }'

/** Looks that are due in five seconds wait here until they are let. */
function openLooks() {
  const due = new Set<() => void>()
  const after = (milliseconds: number, task: () => void): Timer => {
    if (milliseconds !== 5_000) return systemClock.after(milliseconds, task)
    due.add(task)
    return { stop: () => void due.delete(task) }
  }
  const look = async () => {
    await expect.poll(() => due.size).toBe(1)
    const [task] = due
    due.delete(task!)
    task!()
  }
  return { clock: { ...systemClock, after }, look, due }
}

test.each([
  ['graphql-ws', overSocket],
  ['server-sent events', overEvents],
])('serverChanged tells the server as it is, and again when it has changed: over %s', async (_name, over) => {
  const { clock, look, due } = openLooks()
  const doors = await openDoors({}, clock)
  const subscriber = over(`${doors.url}/graphql`, query)
  try {
    expect((await subscriber.next()).data).toEqual({ serverChanged: { version: expect.any(String), unknownRoutes: [] } })
    await look()
    await expect.poll(() => due.size).toBe(1)
    await fetch(`${doors.url}/api/nowhere`)
    await look()
    expect((await subscriber.next()).data).toMatchObject({ serverChanged: { unknownRoutes: [{ path: '/api/nowhere', count: 1 }] } })
    await expect.poll(() => due.size).toBe(1)
    await subscriber.leave()
    await expect.poll(() => due.size).toBe(0)
  } finally {
    await doors.close()
  }
})
