import { decodeCursor } from '../../kernel/cursor.ts'
import { type Branch, type Execute, isIterable, type Refused, type Sink, startTrunk, type Trunk, type TrunkSite } from './trunk.ts'

/**
 * Equal subscriptions are executed once, as a trunk, and its bytes are written to all. A subscriber catches up by itself to a place between two frames of the
 * trunk and hears that from there on; one that reads too slowly leaves it, and catches up again when it has read what it had.
 */
export interface FanOut {
  /** A refusal is answered as it is. */
  join<Result>(
    key: string,
    after: string | undefined,
    execute: Execute<Result>,
    sink: Sink,
  ): Promise<AsyncIterableIterator<Result> | Result>
}

export function createFanOut(site: TrunkSite): FanOut {
  const trunks = new Map<string, Trunk>()

  const branchOff = (key: string, after: string | undefined, execute: Execute<unknown>, signal: AbortSignal) => {
    const trunk = trunks.get(key) ?? startTrunk(site, execute, ended => void (trunks.get(key) === ended && trunks.delete(key)))
    trunks.set(key, trunk)
    return trunk.branch(after === undefined ? undefined : decodeCursor(after), signal)
  }

  return {
    async join<Result>(key: string, after: string | undefined, execute: Execute<Result>, sink: Sink) {
      const controller = new AbortController()
      const first = await begin(await branchOff(key, after, execute, controller.signal), after, execute)
      if ('refusal' in first) return first.refusal as Result

      async function* frames(begun: Begun<Result>): AsyncGenerator<Result, void, undefined> {
        for (let { branch, missed } = begun; ; ) {
          let from: string | undefined
          try {
            yield* missed
            from = await branch.live(sink)
          } finally {
            branch.leave()
          }
          if (from === undefined) return
          await sink.drained()
          const next = await begin(await branchOff(key, from, execute, controller.signal), from, execute)
          if ('refusal' in next) return yield next.refusal as Result
          ;({ branch, missed } = next)
        }
      }
      const inner = frames(first)
      return {
        [Symbol.asyncIterator]() {
          return this
        },
        next: () => inner.next(),
        return() {
          controller.abort()
          first.branch.leave()
          return inner.return(undefined)
        },
      } as AsyncIterableIterator<Result>
    },
  }
}

interface Begun<Result> {
  readonly branch: Branch
  /** What lies between the cursor and the place of the branch. */
  readonly missed: AsyncIterable<Result>
}

async function begin<Result>(
  branch: Branch | Refused,
  after: string | undefined,
  execute: Execute<Result>,
): Promise<Begun<Result> | Refused> {
  if ('refusal' in branch) return branch
  if (after === undefined) return { branch, missed: nothing() }
  const unwatched = () => undefined
  const own = await execute({ after, until: branch.place.seq, passed: unwatched, reaching: unwatched })
  if (isIterable(own)) return { branch, missed: own }
  branch.leave()
  return { refusal: own }
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
