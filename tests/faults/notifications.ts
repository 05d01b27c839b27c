import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace, type Place } from '../../bench/places.ts'
import { createNotificationPolicy } from '../../src/core/notifications/index.ts'
import { makeWebhook } from '../support/channels.ts'
import { openBareHouse } from '../support/house.ts'
import { askOracle } from './oracle.ts'
import { openReceiver } from './receiver.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { select } from './stored.ts'
import { startWriters } from './writers.ts'

const LONGEST_WAIT_MILLISECONDS = 180_000

/** All servers of a scenario open the same secrets, and may reach the receiver. */
export const notifyingEnvironment: Record<string, string> = {
  CASTELLAN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  CASTELLAN_EGRESS_ALLOW: '127.0.0.1',
}

type Policy = Parameters<typeof createNotificationPolicy>[1]

/** A policy that tells of every state, or of what `over` says, by webhooks; and the place of the follower from before anything happened. */
export async function prepare(place: Pick<Place, 'url'>, urls: readonly string[], over: Partial<Policy> = {}): Promise<void> {
  const house = await openBareHouse(place.url, { environment: notifyingEnvironment })
  try {
    const channelIds: string[] = []
    for (const [index, url] of urls.entries()) channelIds.push(await makeWebhook(house.as(), `receiver-${index}`, url))
    await createNotificationPolicy(house.as(), { channelIds, ...over })
  } finally {
    await house.close()
  }
}

export const notifications: Scenario = {
  name: 'notifications',
  sentence: 'Each state that was entered is told, whatever happens to the servers; and once, where nothing does.',
  databases: ['sqlite', 'postgres'],
  options: { 'notification-kills': 3, deliveries: 300, 'notification-writers': 8 },
  async run({ database, options, tell }) {
    const [kills, deliveries] = [options['notification-kills']!, options['deliveries']!]
    const place = await openPlace(database)
    const site = createSite(place.url)
    const receiver = await openReceiver()
    try {
      await prepare(place, [receiver.url])
      await site.start(notifyingEnvironment)
      const writers = startWriters(() => site.url, { count: options['notification-writers']! })
      for (let kill = 1; kill <= kills; kill++) {
        await writers.reach(Math.floor((kill * deliveries) / (kills + 1)))
        await sleep(Math.random() * 50)
        await site.kill()
        if (kill % 10 === 0) tell(`${kill} kills, ${receiver.received.size} received`)
        await site.start(notifyingEnvironment)
      }
      await writers.reach(deliveries)
      await writers.stop()
      const states = await untilSettled(place, () => receiver.received.size)
      await site.close()
      const { lost, repeated } = judgeTold(states, receiver.received)
      const verdict = await askOracle(place.url)
      return {
        broken: { lost: lost.length, 'sent twice without a kill': kills === 0 ? repeated : 0, 'otherwise wrong': verdict.violations },
        details: [...lost.slice(0, 5).map(({ id, status }) => `lost: ${id} ${status}`), ...verdict.details],
        seen: { kills, states: states.length, received: receiver.received.size, 'sent again after kills': repeated },
      }
    } finally {
      await site.close()
      await receiver.close()
      await place.dispose()
    }
  },
}

interface ToldState {
  readonly id: string
  readonly deliveryId: string | null
  readonly status: string | null
}

/** Which states nobody was told of, and how many requests came once more. */
export const judgeTold = (states: readonly ToldState[], received: ReadonlyMap<string, number>) => ({
  lost: states.filter(({ deliveryId }) => deliveryId === null || !received.has(deliveryId)),
  repeated: [...received.values()].reduce((sum, count) => sum + count - 1, 0),
})

/** Each state with its delivery, once nothing is on its way any more or nothing moves. */
export async function untilSettled(place: Place, progress: () => number): Promise<ToldState[]> {
  const look = () =>
    select<ToldState>(
      place,
      'select s.id, d.id as "deliveryId", d.status from flow_run_state s left join notification_delivery d on d.state_id = s.id',
    )
  let last = -1
  let movedAt = performance.now()
  for (;;) {
    const states = await look()
    if (states.every(({ status }) => status === 'DELIVERED')) return states
    if (progress() !== last) movedAt = performance.now()
    last = progress()
    if (performance.now() - movedAt > LONGEST_WAIT_MILLISECONDS) return states
    await sleep(250)
  }
}
