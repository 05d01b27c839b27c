import { anyStateOrNone, only, type TaskRule } from '../rule.ts'

/** A task whose result is known under its key, and not out of date, takes it instead of running. */
export const takeCachedResult: TaskRule = {
  name: 'take-cached-result',
  from: anyStateOrNone,
  to: only('RUNNING'),
  decide({ to, cached, now }) {
    if (!to.details.cache_key || to.details.refresh_cache) return undefined
    const found = cached.find(({ expiration }) => expiration === null || expiration > now)
    if (!found) return undefined
    const { type, message, data, details } = found.state
    return { is: 'reject', state: { type, name: 'Cached', message, data, details }, reason: 'Retrieved state from cache' }
  },
}
