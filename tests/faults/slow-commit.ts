import { openPlace } from '../../bench/places.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { storedStateIds } from './stored.ts'
import { startWriters } from './writers.ts'

/** Long enough to be most of what a client waits for, also on a busy machine. */
const COMMIT_DELAY_MILLISECONDS = 40
/** With one command for each commit, sixteen clients would be no faster than one. */
const LEAST_GAIN = 3

export const slowCommit: Scenario = {
  name: 'slow-commit',
  sentence: 'Where a commit takes 40 ms, commands share commits: many clients are served many times faster than one, and nothing is lost.',
  databases: ['sqlite', 'postgres'],
  options: { seconds: 3 },
  async run({ database, options }) {
    const place = await openPlace(database)
    const site = createSite(place.url)
    try {
      await site.start({ CASTELLAN_TEST_COMMIT_DELAY_MILLISECONDS: String(COMMIT_DELAY_MILLISECONDS) })
      const rates: Record<number, number> = {}
      const acknowledged: string[] = []
      let failures = 0
      for (const count of [1, 16, 64]) {
        const writers = startWriters(() => site.url, { count })
        const startedAt = performance.now()
        await new Promise(resolve => setTimeout(resolve, options['seconds']! * 1000))
        await writers.stop()
        rates[count] = writers.acknowledged.length / ((performance.now() - startedAt) / 1000)
        acknowledged.push(...writers.acknowledged)
        failures += writers.failures
      }
      await site.close()
      const stored = await storedStateIds(place)
      const verdict = await askOracle(place.url)
      return {
        broken: {
          lost: acknowledged.filter(id => !stored.has(id)).length,
          errors: failures,
          'times many clients were no faster': rates[16]! < LEAST_GAIN * rates[1]! ? 1 : 0,
          'otherwise wrong': verdict.violations,
        },
        details: verdict.details,
        seen: Object.fromEntries(Object.entries(rates).map(([count, rate]) => [`writes/s with ${count} clients`, rate])),
      }
    } finally {
      await site.close()
      await place.dispose()
    }
  },
}
