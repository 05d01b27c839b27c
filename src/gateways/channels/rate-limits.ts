import type { Clock } from '../../kernel/clock.ts'
import type { EgressReply } from '../egress/index.ts'
import { retryAfterOf } from './verdict.ts'

/** Addresses that have said that nothing more is taken for a while, so that they are not asked before. */
export interface RateLimits {
  /** Seconds until this address may be asked again. */
  secondsUntilFree(url: string): number
  note(url: string, reply: EgressReply): void
}

const MOST_REMEMBERED = 1000

export function createRateLimits(clock: Clock): RateLimits {
  const freeAt = new Map<string, number>()
  return {
    secondsUntilFree(url) {
      const at = freeAt.get(url)
      if (at === undefined) return 0
      const left = (at - clock.elapsed()) / 1000
      if (left <= 0) freeAt.delete(url)
      return Math.max(left, 0)
    },
    note(url, reply) {
      const isUsedUp = reply.status === 429 || reply.headers['x-ratelimit-remaining'] === '0'
      const seconds = isUsedUp ? retryAfterOf(reply, clock) : null
      if (seconds === null || seconds <= 0) return
      if (freeAt.size >= MOST_REMEMBERED) freeAt.delete(freeAt.keys().next().value!)
      freeAt.set(url, clock.elapsed() + seconds * 1000)
    },
  }
}
