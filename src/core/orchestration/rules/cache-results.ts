import { anyStateOrNone, only, type TaskRule } from '../rule.ts'

export const LONGEST_CACHE_KEY = 2000

/** A completed task with a cache key lends its result to others. A key that is too long is told of, but the task has completed all the same. */
export const cacheResults: TaskRule = {
  name: 'cache-results',
  from: anyStateOrNone,
  to: only('COMPLETED'),
  decide({ to }) {
    if ((to.details.cache_key ?? '').length <= LONGEST_CACHE_KEY) return undefined
    return { is: 'reject', state: to, reason: `Cache key exceeded maximum allowed length of ${LONGEST_CACHE_KEY} characters.` }
  },
}
