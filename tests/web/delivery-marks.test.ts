import { expect, test } from 'vitest'
import { attemptMarks, lookOfDelivery } from '../../web/src/pages/notifications/shown-delivery.ts'

test.each([
  ['PENDING', [], 'Queued', []],
  ['SENDING', [], 'Sending', ['sending']],
  ['SENDING', ['RETRY'], 'Sending', ['failed', 'sending']],
  ['PENDING', ['RETRY', 'RETRY'], 'Awaiting retry', ['failed', 'failed', 'waiting']],
  ['DELIVERED', ['DELIVERED'], 'Sent', ['sent']],
  ['DELIVERED', ['RETRY', 'RETRY', 'DELIVERED'], 'Sent', ['failed', 'failed', 'sent']],
  ['DELIVERED', ['DELIVERED', 'DELIVERED'], 'Sent', ['sent', 'sent']],
  ['DEAD', ['RETRY', 'RETRY', 'FAILED'], 'Gave up', ['failed', 'failed', 'failed']],
  ['FOLDED', [], 'In a digest', []],
  ['HELD', [], 'Held', []],
] as const)('a delivery that is %s after %j reads “%s” and has a mark for each attempt', (status, outcomes, label, marks) => {
  const tried = { status, outcomes, attemptCount: outcomes.length }
  expect(lookOfDelivery(tried).label).toBe(label)
  expect(attemptMarks(tried)).toEqual(marks)
})
