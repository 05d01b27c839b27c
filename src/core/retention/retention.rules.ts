import { type Instant, seconds } from '../../kernel/clock.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { LogEntry } from '../../kernel/storage.ts'
import type { DeletedRun, Expiry } from '../orchestration/index.ts'
import { isTerminalType } from '../states/index.ts'

type Days = Pick<Settings, 'retentionRunsDays' | 'retentionEventsDays' | 'retentionLogsDays'>

const DAY_SECONDS = 86_400

/** What is too old by the settings: 0 days keep for ever. */
export function expiryAt(now: Instant, { retentionRunsDays, retentionEventsDays, retentionLogsDays }: Days): Expiry {
  const before = (days: number) => (days === 0 ? null : now - seconds(days * DAY_SECONDS))
  return { runs: before(retentionRunsDays), events: before(retentionEventsDays), lines: before(retentionLogsDays) }
}

/** Ended, and not again since, before that moment. */
export const isExpiredRun = ({ stateType, endTime }: Pick<DeletedRun, 'stateType' | 'endTime'>, before: Instant | null): boolean =>
  before !== null && stateType !== null && isTerminalType(stateType) && endTime !== null && endTime < before

/**
 * Of the oldest entries of a log, in their order, those that go: a stretch without a hole, so that what a cursor has lost shows. It ends before the first
 * that is young enough, before what a durable follower has not read, and before the last of them, which says where the log is.
 */
export function expiredEntries<Entry extends LogEntry>(
  oldest: readonly Entry[],
  isOld: (entry: Entry) => boolean,
  readByAll = Number.POSITIVE_INFINITY,
): number[] {
  const end = oldest.findIndex((entry, index) => index === oldest.length - 1 || entry.seq > readByAll || !isOld(entry))
  return oldest.slice(0, Math.max(0, end)).map(({ seq }) => seq)
}
