import { receiveEvents } from '../../../core/events/index.ts'
import type { Timer } from '../../../kernel/clock.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { type AppError, isAppError } from '../../../kernel/errors.ts'
import { eventInFrame } from '../event-wire.ts'

type Received = Parameters<typeof receiveEvents>[1]['events']

/** How long the first event of a quiet client waits for those behind it: a flow tells of its tasks in short rows, and each row is one transaction. */
const GATHERING_MILLISECONDS = 20
/** Frames that come while others are being stored are stored by one command of so many at most. */
const MOST_TOGETHER = 256
/** A client that sends faster than the database writes is not read from meanwhile. */
const MOST_UNWRITTEN = 2_000

/** What is wrong with an event itself and would be the next time. */
const refusals: ReadonlySet<string> = new Set(['INVALID', 'CONFLICT'])

export interface EventIntake {
  take(frame: string): void
  /** Stores what has been taken without waiting for more. */
  flush(): void
  /** Events that were taken so far, and how many of them are stored or left out for good. */
  readonly taken: number
  readonly settled: number
  readonly isFull: boolean
}

export interface EventIntakeOptions {
  onSettled(): void
  /** Nothing is stored any more. */
  onFailure(): void
}

/** Stores what one client sends, one transaction after another: two that make the same task run would stand in each other's way. */
export function createEventIntake(ctx: Ctx, { onSettled, onFailure }: EventIntakeOptions): EventIntake {
  let unwritten: Received = []
  let taken = 0
  let settled = 0
  let isWriting = false
  let gathering: Timer | undefined

  /** Never to be sent again: it would be left out again, so what stands behind it is confirmed all the same. */
  const leftOut = (frame: string, error?: AppError) =>
    ctx.log.warn({ frame: frame.slice(0, 200), error }, 'A frame on /events/in was no event and was left out.')

  /** Together; where one of them is refused each for itself, so that only that one is left out. */
  const store = async (events: Received): Promise<void> => {
    try {
      await receiveEvents(ctx, { events })
    } catch (error) {
      if (!isAppError(error) || !refusals.has(error.code)) throw error
      if (events.length === 1) return leftOut(JSON.stringify(events[0]), error)
      for (const event of events) await store([event])
    }
  }

  const writeAll = async () => {
    while (unwritten.length > 0) {
      const events = unwritten.slice(0, MOST_TOGETHER)
      unwritten = unwritten.slice(events.length)
      await store(events)
      settled += events.length
      onSettled()
    }
  }

  const flush = () => {
    gathering?.stop()
    gathering = undefined
    if (isWriting) return
    isWriting = true
    writeAll().then(
      () => void (isWriting = false),
      (error: unknown) => {
        ctx.log.warn({ error }, 'Events could not be stored; their sender hears that they are to be sent again.')
        onFailure()
      },
    )
  }

  return {
    get taken() {
      return taken
    },
    get settled() {
      return settled
    },
    get isFull() {
      return unwritten.length >= MOST_UNWRITTEN
    },
    take(frame) {
      const event = eventInFrame(frame)
      if (!event) return leftOut(frame)
      taken++
      unwritten.push(event)
      if (isWriting) return
      if (unwritten.length >= MOST_TOGETHER) flush()
      else gathering ??= ctx.clock.after(GATHERING_MILLISECONDS, flush)
    },
    flush,
  }
}
