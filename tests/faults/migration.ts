import { openPlace, type Place } from '../../bench/places.ts'
import { fillEveryTable } from '../support/every-table.ts'
import { startServer } from '../support/server.ts'
import { migrateAndKill, migrateWhole, type Step } from './migrating.ts'
import { multiplyRuns } from './multiply.ts'
import { askOracle } from './oracle.ts'
import { difference, type Picture, pictureOf } from './picture.ts'
import type { Scenario } from './scenario.ts'

/** All is kept on the way down to it, but what is made from the runs anew on the way up. */
const down: Step = { direction: 'downgrade', revision: '0003-flow-run-inputs' }
const up: Step = { direction: 'upgrade', revision: 'head' }
const RUNS_WRITTEN = 8

export const migration: Scenario = {
  name: 'migration',
  sentence: 'A migration that is killed leaves the old schema or the new one, with every row, and a server that starts.',
  databases: ['sqlite', 'postgres'],
  options: { kills: 3, runs: 4000 },
  async run({ database, options, tell }) {
    const place = await openPlace(database)
    const broken = { 'neither old nor new': 0, 'not whole after a start': 0, 'servers that did not start': 0, 'otherwise wrong': 0 }
    const seen = { kills: 0, 'too late to strike': 0, 'left the old': 0, 'left the new': 0 }
    const details: string[] = []
    try {
      await fillEveryTable(place.url)
      await multiplyRuns(place, Math.floor(options['runs']! / RUNS_WRITTEN) - 1)
      const high = await pictureOf(place)
      const milliseconds = { down: await migrateWhole(place, down), up: 0 }
      const low = await pictureOf(place)
      milliseconds.up = await migrateWhole(place, up)
      tell(`down in ${milliseconds.down.toFixed(0)} ms, up in ${milliseconds.up.toFixed(0)} ms`)

      for (let isUp = false; seen.kills < options['kills']!; isUp = !isUp) {
        if (isUp) await migrateWhole(place, down)
        const struck = await migrateAndKill(place, isUp ? up : down, Math.random() * (isUp ? milliseconds.up : milliseconds.down))
        seen[struck ? 'kills' : 'too late to strike']++
        const found = await pictureOf(place)
        const [fromOld, fromNew] = (isUp ? [low, high] : [high, low]).map(picture => difference(found, picture)) as [string[], string[]]
        if (fromOld.length === 0) seen['left the old']++
        else if (fromNew.length === 0) seen['left the new']++
        else {
          broken['neither old nor new']++
          details.push(`Not the old for ${fromOld.join(', ')}, not the new for ${fromNew.join(', ')}.`)
        }
        const started = await pictureAfterStart(place).catch((error: Error) => void details.push(error.message))
        const changed = started && difference(started, high)
        if (!started) broken['servers that did not start']++
        if (changed?.length) {
          broken['not whole after a start']++
          details.push(`A start leaves other ${changed.join(', ')}.`)
        }
        if (seen.kills % 10 === 0 && struck) tell(`${seen.kills} kills`)
      }
      const verdict = await askOracle(place.url)
      broken['otherwise wrong'] = verdict.violations
      const took = { 'down, ms': milliseconds.down, 'up, ms': milliseconds.up }
      return { broken, details: [...details, ...verdict.details], seen: { ...seen, runs: verdict.runs, ...took } }
    } finally {
      await place.dispose()
    }
  },
}

/** A server brings the schema to its newest revision before it answers. */
async function pictureAfterStart(place: Place): Promise<Picture> {
  const server = await startServer({
    databaseUrl: place.url,
    env: { CASTELLAN_SERVER_SERVICES_ENABLED: 'false' },
  })
  await server.dispose()
  return pictureOf(place)
}
