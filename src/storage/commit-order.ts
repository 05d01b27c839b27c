import type { Clock } from '../kernel/clock.ts'
import type { Committed } from '../kernel/storage.ts'

/** Tells listeners what was committed, in commit order, though several connections may hear of their commits in any order. */
export interface CommitOrder {
  /** Runs what commits; `told` resolves when the listeners know of it. */
  around(commit: () => Promise<Committed>): Promise<{ readonly told: Promise<void> }>
}

/**
 * Commits that this turn of the event loop brings are sorted by their numbers. One whose answer comes a turn later than that of its successor is told
 * late: streams see the hole and read the log.
 */
export function createCommitOrder(clock: Clock, publish: (committed: Committed) => void): CommitOrder {
  let underWay = 0
  let waiting: Committed[] = []
  let told = Promise.withResolvers<void>()

  const tellAll = () => {
    const batch = waiting.sort((a, b) => firstNumber(a) - firstNumber(b))
    const { resolve } = told
    waiting = []
    told = Promise.withResolvers<void>()
    for (const committed of batch) publish(committed)
    resolve()
  }

  return {
    async around(commit) {
      underWay++
      let committed: Committed
      try {
        committed = await commit()
      } finally {
        underWay--
      }
      const answer = { told: told.promise }
      if (committed.events.length + committed.logs.length === 0) return { told: Promise.resolve() }
      waiting.push(committed)
      if (underWay === 0) tellAll()
      else if (waiting.length === 1) clock.nextTurn(tellAll)
      return answer
    },
  }
}

const firstNumber = ({ events, logs }: Committed): number => events[0]?.seq ?? logs[0]!.seq
