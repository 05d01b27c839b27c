import { describe, expect, test } from 'vitest'
import { decodeCursor, encodeCursor, resume } from '../../../src/kernel/cursor.ts'

const logId = '019ab000-0000-7000-8000-000000000001'
const otherLog = '019ab000-0000-7000-8000-000000000002'
const log = 'events' as const
const range = { logId, log, oldest: 11, newest: 20 }

describe('a cursor', () => {
  test.each([0, 1, 9_007_199_254_740_991])('comes back as it went: %d', seq => {
    expect(decodeCursor(encodeCursor({ logId, log, seq }))).toEqual({ logId, log, seq })
  })

  test('fits into an address', () => {
    expect(encodeCursor({ logId, log, seq: 123 })).toMatch(/^[\w-]+$/)
  })

  test.each([
    '',
    'x',
    '!!',
    Buffer.from('x:1').toString('base64url'),
    Buffer.from(`${logId}:events:`).toString('base64url'),
    Buffer.from(`${logId}:events:-1`).toString('base64url'),
    Buffer.from(`${logId}:other:1`).toString('base64url'),
  ])('is not read out of %j', text => {
    expect(decodeCursor(text)).toBeUndefined()
  })
})

describe('a subscription', () => {
  test('without a cursor starts at the head', () => {
    expect(resume(undefined, range)).toEqual({ from: 20 })
  })

  test.each([20, 15, 10])('goes on at %d, from where everything is still there, without a gap', seq => {
    expect(resume({ logId, log, seq }, range)).toEqual({ from: seq })
  })

  test.each([9, 0])('behind %d is told EXPIRED, and goes on at the oldest entry', seq => {
    expect(resume({ logId, log, seq }, range)).toEqual({ from: 10, gap: { reason: 'EXPIRED', resumeFrom: { logId, log, seq: 10 } } })
  })

  test.each([
    ['of another log', { logId: otherLog, log, seq: 15 }],
    ['of another log, though older than everything', { logId: otherLog, log, seq: 0 }],
    ['ahead of the head', { logId, log, seq: 21 }],
  ])('with a cursor %s is told RESET, and goes on at the head', (_what, after) => {
    expect(resume(after, range)).toEqual({ from: 20, gap: { reason: 'RESET', resumeFrom: { logId, log, seq: 20 } } })
  })

  test('of an empty log starts at nothing, without a gap', () => {
    expect(resume({ logId, log, seq: 0 }, { logId, log, oldest: 1, newest: 0 })).toEqual({ from: 0 })
  })

  test('of a log whose entries have all expired is told so', () => {
    expect(resume({ logId, log, seq: 5 }, { logId, log, oldest: 21, newest: 20 })).toEqual({
      from: 20,
      gap: { reason: 'EXPIRED', resumeFrom: { logId, log, seq: 20 } },
    })
  })
})
