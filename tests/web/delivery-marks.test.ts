import { expect, test } from 'vitest'
import { attemptMarks, lookOfDelivery } from '../../web/src/pages/notifications/shown-delivery.ts'

test.each([
  ['PENDING', 0, 'Queued', []],
  ['SENDING', 0, 'Sending', ['sending']],
  ['SENDING', 1, 'Sending', ['failed', 'sending']],
  ['PENDING', 2, 'Awaiting retry', ['failed', 'failed', 'waiting']],
  ['DELIVERED', 1, 'Sent', ['sent']],
  ['DELIVERED', 3, 'Sent', ['failed', 'failed', 'sent']],
  ['DEAD', 3, 'Gave up', ['failed', 'failed', 'failed']],
  ['FOLDED', 0, 'Folded', []],
  ['HELD', 0, 'Held', []],
] as const)('a delivery that is %s after %i attempts reads “%s” and has a mark for each', (status, attemptCount, label, marks) => {
  expect(lookOfDelivery({ status, attemptCount }).label).toBe(label)
  expect(attemptMarks({ status, attemptCount })).toEqual(marks)
})
