import { expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { latencyLine, measureDomLatency } from './dom-latency.ts'
import { missingPages } from './site.ts'

// How fast is for `npm run bench -- dom` to judge, on a machine that does nothing else.
describeUnless(missingPages(), 'commit to DOM', () => {
  test('every transition is seen on the dashboard, in the list of runs and on the page of the run', async () => {
    const measured = await Array.fromAsync(measureDomLatency(50))
    process.stdout.write(`\n${measured.map(latencyLine).join('\n')}\n`)
    expect(measured.map(({ page, transitions }) => [page, transitions])).toEqual([
      ['dashboard', 50],
      ['runs', 50],
      ['run', 50],
    ])
  })
})
