// A suite that cannot run here is skipped aloud, with its reason; under CI=true it fails instead, so that nothing is left out unseen.
import { describe, it } from 'vitest'

const isCi = process.env['CI'] === 'true'

/** `describe`, unless there is a reason not to. Reasons come from `missingBrowser()`, `missingPython()`, `missingPostgres(18)`. */
export function describeUnless(reason: string | undefined, title: string, body: () => void): void {
  if (reason === undefined) {
    describe(title, body)
  } else if (isCi) {
    describe(title, () => {
      it('has what it needs under CI', () => {
        throw new Error(`Not run: ${reason}. Under CI=true a skip is a failure.`)
      })
    })
  } else {
    process.stderr.write(`\nSKIPPED: ${title}: ${reason}.\n\n`)
    describe.skip(`${title} (skipped: ${reason})`, body)
  }
}
