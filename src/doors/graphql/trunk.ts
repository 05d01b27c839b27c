import type { Clock } from '../../kernel/clock.ts'
import { type Cursor, encodeCursor } from '../../kernel/cursor.ts'
import type { LogName } from '../../kernel/storage.ts'

/** Where a subscription stands, held by the server and never by its document. */
export interface Position {
  /** In place of the `after` that the client has given. */
  readonly after: string | undefined
  /** Ends behind this entry; never, where there is none. */
  readonly until?: number
  /** Up to there is nothing to say that has not been said. */
  passed(place: Cursor): void
  /** Up to there goes the frame that comes next. */
  reaching(place: Cursor): void
}

/** One document of one subscriber, executed from a position on. A refusal is a result alone. */
export type Execute<Result> = (position: Position) => Promise<AsyncIterable<Result> | Result>

/** Where frames go past the library that executes subscriptions. */
export interface Sink {
  /** False when it holds as much as it may: what follows must be fetched later. */
  write(payload: string): boolean
  /** Resolves when there is room again. */
  drained(): Promise<void>
}

export interface Refused {
  readonly refusal: unknown
}

export interface TrunkSite {
  readonly clock: Clock
  /** Counts a subscriber who hears a trunk, beside the one that the trunk counts for. Answers how to count it no more. */
  attend(log: LogName): () => void
  /** Whether such a place can be: of this history, and no later than its newest entry, as far as one server knows. */
  isPossible(place: Cursor): boolean
}

interface Frame {
  readonly payload: string
  readonly place: Cursor
}

/** A subscriber's place behind a frame of the trunk. What comes after is kept for it while it catches up. */
export interface Branch {
  readonly place: Cursor
  /** Writes what was kept and all that follows. Answers the cursor to go on from when there is no room; nothing when the subscriber has left. */
  live(sink: Sink): Promise<string | undefined>
  /** Once is enough. */
  leave(): void
}

/** One execution of a subscription, heard by all who ask for the same. */
export interface Trunk {
  /** Waits until the trunk has come as far as the cursor. */
  branch(after: Cursor | undefined, signal: AbortSignal): Promise<Branch | Refused>
}

/** A cursor that the trunk has not come to by then is not of this log, and whoever executes it will say so. */
const PATIENCE_MILLISECONDS = 3000

export function startTrunk<Result>(
  { clock, attend, isPossible }: TrunkSite,
  execute: Execute<Result>,
  onEnd: (trunk: Trunk) => void,
): Trunk {
  const branches = new Set<OpenBranch>()
  const attendants: (() => void)[] = []
  let users = 0
  let sent: Cursor | undefined
  let coming: Cursor | undefined
  let refusal: { readonly refusal: unknown } | undefined
  let failure: { readonly error: unknown } | undefined
  let iterator: AsyncIterator<Result> | undefined
  let moved = Promise.withResolvers<void>()

  const tell = () => {
    moved.resolve()
    moved = Promise.withResolvers<void>()
  }
  const passed = (place: Cursor | undefined) => {
    sent = place
    tell()
  }
  const run = async () => {
    const answer = await execute({
      after: undefined,
      passed,
      reaching: place => {
        coming = place
      },
    })
    if (!isIterable(answer)) {
      refusal = { refusal: answer }
      return tell()
    }
    iterator = answer[Symbol.asyncIterator]()
    if (users === 0) return void iterator.return?.()
    for (let next = iterator.next(); ; next = iterator.next()) {
      const { value, done } = await next
      if (done) return
      const frame: Frame = { payload: JSON.stringify(value), place: coming! }
      for (const branch of [...branches]) branch.take(frame)
      passed(coming)
    }
  }
  void run().then(
    () => onEnd(trunk),
    error => {
      failure = { error }
      onEnd(trunk)
      tell()
      for (const branch of branches) branch.fail(error)
    },
  )
  const leave = () => {
    if (--users > 0) return
    onEnd(trunk)
    void iterator?.return?.()
  }

  const trunk: Trunk = {
    async branch(after, signal) {
      users++
      const isBehind = () =>
        sent === undefined || (after !== undefined && after.log === sent.log && after.seq > sent.seq && isPossible(after))
      const patience = new Promise<'tired'>(resolve => void clock.after(PATIENCE_MILLISECONDS, () => resolve('tired')))
      for (let isTired = false; isBehind() && !refusal && !failure && !signal.aborted && !(isTired && sent); ) {
        isTired = (await Promise.race([moved.promise, patience, whenAborted(signal)])) === 'tired'
      }
      if (failure || refusal || !sent) {
        leave()
        if (failure) throw failure.error
        return { refusal: refusal?.refusal }
      }
      const branch = openBranch(sent, signal)
      branches.add(branch)
      if (branches.size > 1) attendants.push(attend(sent.log))
      return {
        place: sent,
        live: branch.live,
        leave() {
          if (!branches.delete(branch)) return
          attendants.pop()?.()
          leave()
        },
      }
    },
  }
  return trunk
}

interface OpenBranch {
  take(frame: Frame): void
  fail(error: unknown): void
  live(sink: Sink): Promise<string | undefined>
}

/** More than this is not kept for one who catches up: it catches up again. */
const MOST_KEPT_BYTES = 1024 * 1024

function openBranch(place: Cursor, signal: AbortSignal): OpenBranch {
  const left = Promise.withResolvers<string | undefined>()
  let kept: Frame[] | undefined = []
  let keptBytes = 0
  let write: ((frame: Frame) => void) | undefined
  let last = place

  const goOnLater = () => {
    write = () => undefined
    left.resolve(encodeCursor(last))
  }
  left.promise.catch(() => undefined)
  void whenAborted(signal).then(() => left.resolve(undefined))

  return {
    take(frame) {
      if (write) return write(frame)
      keptBytes += frame.payload.length
      if (keptBytes > MOST_KEPT_BYTES) kept = undefined
      kept?.push(frame)
    },
    fail: left.reject,
    live(sink) {
      if (!kept) goOnLater()
      write ??= frame => {
        const hasRoom = sink.write(frame.payload)
        last = frame.place
        if (!hasRoom) goOnLater()
      }
      for (const frame of kept ?? []) write(frame)
      kept = undefined
      return left.promise
    },
  }
}

const whenAborted = (signal: AbortSignal): Promise<'aborted'> =>
  new Promise(resolve => {
    if (signal.aborted) resolve('aborted')
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })

export const isIterable = <Result>(value: AsyncIterable<Result> | Result): value is AsyncIterable<Result> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
