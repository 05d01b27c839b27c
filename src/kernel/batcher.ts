import type { Clock } from './clock.ts'
import { dataConflict, isAppError } from './errors.ts'
import type { Storage, Tail } from './storage.ts'

/** What the batcher must know of the domain's batch, and nothing more. */
export interface BatchModel<Reads, Facts, Batch extends OpenBatch> {
  readonly noReads: Reads
  /** All facts that any of the commands needs: one query per kind for the whole batch. */
  union(reads: readonly Reads[]): Reads
  open(facts: Facts): Batch
  /** Whether a row that these reads name is held by somebody else's transaction, so that the command must wait for it alone. */
  isHeld(facts: Facts, reads: Reads): boolean
}

export interface OpenBatch {
  /** Grows with each recorded change. */
  readonly changeCount: number
  readonly changes: Tail
}

/** One command with its input bound: what it must know, and the pure decision. */
export interface Unit<Reads, Batch> {
  readonly reads: Reads
  readonly apply: (batch: Batch) => unknown
  /** How much work it is, in transitions of a run. Default: 1. */
  readonly weight?: number
}

/** Commands that stand or fall together, later ones seeing earlier ones. */
type Submission<Reads, Batch> = {
  readonly units: readonly Unit<Reads, Batch>[]
  readonly settle: (outcome: Outcome) => void
}

type Outcome = { readonly answers: readonly unknown[] } | { readonly error: unknown }

export interface Batcher<Reads, Batch> {
  /** Transactions so far, and the commands that were in them. */
  readonly batches: number
  readonly commands: number
  submit(units: readonly Unit<Reads, Batch>[]): Promise<readonly unknown[]>
  /** Resolves when nothing is waiting or under way, nor comes of what has just been settled. */
  drain(): Promise<void>
}

export interface BatcherOptions {
  readonly clock: Clock
  /** What the submissions of one transaction weigh together at most, but one goes whatever it weighs: how long everybody else waits. */
  readonly maximum?: number
  /** Transactions under way at once: 1 where there is one connection, 2 where commits can overlap. */
  readonly inFlight?: number
}

/** Group commit: what one event-loop turn asks for becomes one transaction. */
export function createBatcher<Reads, Facts, Batch extends OpenBatch>(
  storage: Pick<Storage<Reads, Facts, Batch['changes']>, 'hot' | 'isDataError'>,
  model: BatchModel<Reads, Facts, Batch>,
  { clock, maximum = 128, inFlight = 1 }: BatcherOptions,
): Batcher<Reads, Batch> {
  type Work = Submission<Reads, Batch>
  let waiting: Work[] = []
  let isScheduled = false
  let underWay = 0
  let waitingAlone = 0
  let idle: PromiseWithResolvers<void> | undefined
  let batches = 0
  let commands = 0

  const schedule = () => {
    if (isScheduled || waiting.length === 0 || underWay >= inFlight) return
    isScheduled = true
    clock.nextTurn(() => {
      isScheduled = false
      const batch = waiting.slice(0, howMany(waiting, maximum))
      waiting = waiting.slice(batch.length)
      underWay++
      batches++
      for (const work of batch) commands += work.units.length
      void commit(batch).finally(() => {
        underWay--
        schedule()
        if (isIdle()) idle?.resolve()
      })
      schedule()
    })
  }

  const isIdle = () => underWay === 0 && waitingAlone === 0 && waiting.length === 0

  /** Outside the transactions that count as under way: what waits for somebody else's row stops nobody here. */
  const commitAlone = (work: Work) => {
    waitingAlone++
    void commit([work], true).finally(() => {
      waitingAlone--
      if (isIdle()) idle?.resolve()
    })
  }

  /** Settles every submission exactly once, here and nowhere else. */
  async function commit(batch: readonly Work[], wait = false): Promise<void> {
    const outcomes = new Map<Work, Outcome>()
    let held: readonly Work[] = []
    try {
      await storage.hot(
        model.union(batch.flatMap(work => work.units.map(unit => unit.reads))),
        facts => {
          outcomes.clear()
          held = wait ? [] : batch.filter(work => work.units.some(unit => model.isHeld(facts, unit.reads)))
          return decide(
            facts,
            batch.filter(work => !held.includes(work)),
            outcomes,
          )
        },
        { wait },
      )
    } catch (error) {
      outcomes.clear()
      held = []
      if (batch.length > 1 && storage.isDataError(error)) {
        for (const work of batch) await commit([work], wait)
        return
      }
      for (const work of batch)
        outcomes.set(work, { error: !isAppError(error) && storage.isDataError(error) ? dataConflict(error) : error })
    }
    for (const [work, outcome] of outcomes) work.settle(outcome)
    held.forEach(commitAlone)
  }

  /** A submission that fails half way is dropped by deciding the whole batch again without it: commands are pure, so there is nothing to undo. */
  function decide(facts: Facts, batch: readonly Work[], outcomes: Map<Work, Outcome>): Batch['changes'] {
    const failed = new Map<Work, Outcome>()
    for (;;) {
      const open = model.open(facts)
      outcomes.clear()
      const isWhole = batch.every(work => {
        const known = failed.get(work)
        const before = open.changeCount
        const outcome = known ?? attempt(work, open)
        outcomes.set(work, outcome)
        if (known || 'answers' in outcome) return true
        failed.set(work, outcome)
        return open.changeCount === before
      })
      if (isWhole) return open.changes
    }
  }

  function attempt(work: Work, open: Batch): Outcome {
    try {
      return { answers: work.units.map(unit => unit.apply(open)) }
    } catch (error) {
      return { error: isAppError(error) ? error : new Error('A command could not be decided.', { cause: error }) }
    }
  }

  return {
    get batches() {
      return batches
    },
    get commands() {
      return commands
    },
    submit(units) {
      const { promise, resolve, reject } = Promise.withResolvers<readonly unknown[]>()
      waiting.push({ units, settle: outcome => ('answers' in outcome ? resolve(outcome.answers) : reject(outcome.error)) })
      schedule()
      return promise
    },
    async drain() {
      while (!isIdle()) {
        idle ??= Promise.withResolvers<void>()
        await idle.promise
        idle = undefined
        await new Promise<void>(resolve => clock.nextTurn(resolve))
      }
    },
  }
}

function howMany(waiting: readonly Submission<unknown, never>[], maximum: number): number {
  let weight = 0
  const end = waiting.findIndex(({ units }) => {
    weight += units.reduce((sum, unit) => sum + (unit.weight ?? 1), 0)
    return weight > maximum
  })
  return end < 0 ? waiting.length : Math.max(1, end)
}
