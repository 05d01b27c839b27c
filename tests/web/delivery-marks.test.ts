import { expect, test } from 'vitest'
import { attemptMarks, lookOfDelivery } from '../../web/src/pages/notifications/shown-delivery.ts'

test.each([
  ['PENDING', 0, 3, 'Queued', []],
  ['SENDING', 0, 3, 'Sending', ['sending', 'left', 'left']],
  ['SENDING', 1, 2, 'Sending', ['failed', 'sending', 'left']],
  ['PENDING', 2, 1, 'Awaiting retry', ['failed', 'failed', 'waiting']],
  ['DELIVERED', 1, 2, 'Sent', ['sent', 'left', 'left']],
  ['DELIVERED', 3, 0, 'Sent', ['failed', 'failed', 'sent']],
  ['DEAD', 3, 0, 'Gave up', ['failed', 'failed', 'failed']],
  ['DEAD', 1, 2, 'Gave up', ['failed']],
  ['FOLDED', 0, 3, 'Folded', []],
  ['HELD', 0, 3, 'Held', []],
] as const)(
  'a delivery that is %s after %i attempts, with %i left, reads “%s” and has a mark for each',
  (status, attemptCount, attemptsLeft, label, marks) => {
    expect(lookOfDelivery({ status, attemptCount }).label).toBe(label)
    expect(attemptMarks({ status, attemptCount, attemptsLeft })).toEqual(marks)
  },
)
