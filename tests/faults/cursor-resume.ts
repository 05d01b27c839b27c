import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace } from '../../bench/places.ts'
import { judgeFollowers, stateChanges, untilRead } from './compare.ts'
import { cursorNow, followBySocket, followByStream } from './followers.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { storedEvents } from './stored.ts'
import { startWriters } from './writers.ts'

export const cursorResume: Scenario = {
  name: 'cursor-resume',
  sentence: 'Who subscribes again with the last cursor misses nothing and gets nothing twice, whatever was killed or cut meanwhile.',
  databases: ['sqlite', 'postgres'],
  options: { kills: 4, writers: 12, 'writes-between': 100 },
  async run({ database, options, tell }) {
    const kills = options['kills']!
    const place = await openPlace(database)
    const site = createSite(place.url)
    try {
      await site.start()
      const from = await cursorNow(site.url)
      const urlNow = () => site.url
      const followers = [
        followBySocket(urlNow, 'events', from),
        followBySocket(urlNow, 'changes', from),
        followByStream(urlNow, 'events', from),
      ]
      const writers = startWriters(urlNow, { count: options['writers']!, pauseMilliseconds: 5 })
      for (let kill = 1; kill <= kills; kill++) {
        await writers.reach(writers.acknowledged.length + options['writes-between']!)
        await sleep(Math.random() * 100)
        followers[kill % followers.length]!.cut()
        await sleep(Math.random() * 100)
        await site.kill()
        if (kill % 10 === 0) tell(`${kill} kills, ${writers.acknowledged.length} acknowledged`)
        await site.start(kill % 2 === 0 ? {} : { CASTELLAN_TEST_COMMIT_DELAY_MILLISECONDS: '10' })
      }
      await writers.stop()
      const events = await storedEvents(place)
      await untilRead(followers, [events.length, stateChanges(events).length, events.length])
      for (const follower of followers) follower.stop()
      await site.close()
      const { broken, details } = judgeFollowers(followers, events)
      const verdict = await askOracle(place.url)
      return {
        broken: { ...broken, 'otherwise wrong': verdict.violations },
        details: [...details, ...verdict.details],
        seen: { kills, cuts: kills, acknowledged: writers.acknowledged.length, events: events.length },
      }
    } finally {
      await site.close()
      await place.dispose()
    }
  },
}
