import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/core/notifications/delivery.rules.ts'

const after = (outcome: 'FAILED' | 'RETRY', status: number | null, attemptsLeft = 8) =>
  outcomeOf({ outcome, status, retryAfterSeconds: null }, { attemptCount: 8 - attemptsLeft, attemptsLeft }, 0, 0.5)

test.each([
  ['that the channel refused is said to be refused by it', after('FAILED', 403), 'DEAD', /^The channel has refused it/],
  ['that never left is not said to be refused by the channel', after('FAILED', null), 'DEAD', /^It was not sent/],
  ['that was tried as often as may be is said to have been', after('RETRY', 503, 1), 'DEAD', /^It was tried 8 times/],
  ['that may go better later waits', after('RETRY', null), 'PENDING', null],
] as const)('a delivery %s', (_rule, { status, reason }, expected, words) => {
  expect(status).toBe(expected)
  if (words === null) expect(reason).toBeNull()
  else expect(reason).toMatch(words)
})
