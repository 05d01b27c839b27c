import { openPlace } from '../../bench/places.ts'
import { judgeTold, notifyingEnvironment, prepare, untilSettled } from './notifications.ts'
import { askOracle } from './oracle.ts'
import { openReceiver } from './receiver.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { startWriters } from './writers.ts'

export const notifyingReplicas: Scenario = {
  name: 'notifying-replicas',
  sentence: 'Two servers on one database tell each state once; and all of them, when one of the two is killed and comes back.',
  databases: ['postgres'],
  options: { 'replica-kills': 1, 'replica-deliveries': 400 },
  async run({ database, options, tell }) {
    const [kills, deliveries] = [options['replica-kills']!, options['replica-deliveries']!]
    const place = await openPlace(database)
    const sites = [createSite(place.url), createSite(place.url)] as const
    const receiver = await openReceiver()
    try {
      await prepare(place, [receiver.url])
      for (const site of sites) await site.start(notifyingEnvironment)
      const work = async (count: number, meanwhile: (reach: (count: number) => Promise<void>) => Promise<void>) => {
        const writers = sites.map(site => startWriters(() => site.url, { count: 4 }))
        await meanwhile(async wanted => void (await Promise.all(writers.map(one => one.reach(wanted / 2)))))
        await Promise.all(writers.map(one => one.reach(count / 2)))
        await Promise.all(writers.map(one => one.stop()))
        return untilSettled(place, () => receiver.received.size)
      }
      await work(deliveries, async () => undefined)
      const { repeated: repeatedInPeace } = judgeTold([], receiver.received)
      tell(`${receiver.received.size} received, ${repeatedInPeace} of them again`)
      const states = await work(deliveries, async reach => {
        for (let kill = 1; kill <= kills; kill++) {
          await reach((kill * deliveries) / (kills + 1))
          const site = sites[kill % 2]!
          await site.kill()
          await site.start(notifyingEnvironment)
        }
      })
      for (const site of sites) await site.close()
      const { lost, repeated } = judgeTold(states, receiver.received)
      const verdict = await askOracle(place.url)
      return {
        broken: {
          lost: lost.length,
          'sent twice without a kill': kills === 0 ? repeated : repeatedInPeace,
          'otherwise wrong': verdict.violations,
        },
        details: [...lost.slice(0, 5).map(({ id, status }) => `lost: ${id} ${status}`), ...verdict.details],
        seen: { kills, states: states.length, received: receiver.received.size, 'sent again after kills': repeated - repeatedInPeace },
      }
    } finally {
      for (const site of sites) await site.close()
      await receiver.close()
      await place.dispose()
    }
  },
}
