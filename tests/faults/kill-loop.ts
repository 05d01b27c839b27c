import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace } from '../../bench/places.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { storedStateIds } from './stored.ts'
import { startWriters } from './writers.ts'

const ORACLE_EVERY_KILLS = 25

export const killLoop: Scenario = {
  name: 'kill-loop',
  sentence: 'What was acknowledged survives kill -9, and nothing is stored by half.',
  databases: ['sqlite', 'postgres'],
  options: { kills: 5, writers: 24, 'writes-between': 100 },
  async run({ database, options, tell }) {
    const kills = options['kills']!
    const place = await openPlace(database)
    const site = createSite(place.url)
    const broken = { lost: 0, 'by half or otherwise wrong': 0 }
    const details: string[] = []
    const judge = async () => {
      const verdict = await askOracle(place.url)
      broken['by half or otherwise wrong'] += verdict.violations
      details.push(...verdict.details)
      return verdict
    }
    try {
      await site.start(environmentOf(0))
      const writers = startWriters(() => site.url, { count: options['writers']! })
      for (let kill = 1; kill <= kills; kill++) {
        await writers.reach(writers.acknowledged.length + options['writes-between']! + Math.floor(Math.random() * 100))
        await sleep(Math.random() * 25)
        await site.kill()
        if (kill % ORACLE_EVERY_KILLS === 0 && kill < kills) await judge()
        if (kill % 10 === 0) tell(`${kill} kills, ${writers.acknowledged.length} acknowledged`)
        await site.start(environmentOf(kill))
      }
      await writers.stop()
      await site.close()
      const stored = await storedStateIds(place)
      const lost = writers.acknowledged.filter(id => !stored.has(id))
      broken.lost = lost.length
      details.push(...lost.slice(0, 5).map(id => `lost: ${id}`))
      const { runs } = await judge()
      return {
        broken,
        details,
        seen: {
          kills,
          acknowledged: writers.acknowledged.length,
          stored: stored.size,
          'never acknowledged but whole': stored.size - writers.acknowledged.length + lost.length,
          runs,
        },
      }
    } finally {
      await site.close()
      await place.dispose()
    }
  },
}

/** Every other server takes 15 ms for a commit, so that many kills fall between the last statement and the commit. */
const environmentOf = (round: number): Record<string, string> => (round % 2 === 0 ? {} : { CASTELLAN_TEST_COMMIT_DELAY_MILLISECONDS: '15' })
