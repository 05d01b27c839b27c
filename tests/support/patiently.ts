import { vi } from 'vitest'

/** For what hangs: a busy machine is slow, and what is waited for ends the waiting. */
export const PATIENCE_MILLISECONDS = 60_000

/** Asks again until it no longer throws. */
export const patiently = <Answer>(check: () => Answer | Promise<Answer>): Promise<Answer> =>
  vi.waitFor(check, { timeout: PATIENCE_MILLISECONDS, interval: 20 })
