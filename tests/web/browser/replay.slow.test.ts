import { expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { replayChanges, replayLine } from './replay.ts'
import { missingPages } from './site.ts'

// How smooth is for `npm run bench -- dom` to judge, on a machine that does nothing else.
describeUnless(missingPages(), 'a thousand changes a second', () => {
  test('leave the list of runs right at the end, and no larger', async () => {
    const replay = await replayChanges(1_000, 12)
    process.stdout.write(`\n${replayLine(replay)}\n`)
    expect(replay.changes).toBeGreaterThan(11_000)
    expect(replay.shown).toBe(replay.sent)
    expect(replay.waiting).toContain('100+ new runs')
    expect(replay.heap.after - replay.heap.before).toBeLessThan(10)
  })
})
