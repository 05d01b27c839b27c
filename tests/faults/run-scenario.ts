import { expect, it } from 'vitest'
import { missingPostgres } from '../support/postgres.ts'
import { missingPython } from '../support/python.ts'
import { describeUnless } from '../support/skip.ts'
import { describeFigures, isWhole, type Scenario } from './scenario.ts'

/** The scenario as a test, on each of its databases, with its defaults. */
export function testScenario(scenario: Scenario): void {
  for (const database of scenario.databases) {
    const missing = (database === 'postgres' ? missingPostgres(18) : undefined) ?? (scenario.needsPython ? missingPython() : undefined)
    describeUnless(missing, `${scenario.name} on ${database}`, () => {
      it(scenario.sentence, async () => {
        const figures = await scenario.run({ database, options: scenario.options, tell: () => undefined })
        process.stdout.write(`${scenario.name} on ${database}: ${describeFigures(figures)}\n`)
        expect(isWhole(figures), describeFigures(figures)).toBe(true)
      })
    })
  }
}
