import { expect, test } from 'vitest'
import { retryWaitMilliseconds } from '../../client/retry.ts'

test('a client waits longer after each failure, up to five seconds, never in step with others', () => {
  expect([0, 1, 2, 3].map(retries => retryWaitMilliseconds(retries, 1))).toEqual([250, 500, 1_000, 2_000])
  expect(retryWaitMilliseconds(1_000, 1)).toBe(5_000)
  expect(retryWaitMilliseconds(1_000, 0)).toBe(2_500)
})
