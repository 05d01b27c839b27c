import { type CursorStore, memoryCursor } from './cursor-store.ts'
import { ConnectionLost } from './errors.ts'
import { type Caller, query, subscribe } from './requests.ts'
import { retryWaitMilliseconds } from './retry.ts'

/** A subscription as text, or as a code generator types it. It takes `$after: Cursor` and selects `cursor`, and `gap` to hear of one. */
export interface Document<Result, Variables> {
  toString(): string
  /** Carries the types; no code generator gives it a value. */
  readonly __apiType?: (variables: Variables) => Result
}

export interface FollowOptions<Variables = Record<string, unknown>> {
  /** Address of the GraphQL door, such as `http://127.0.0.1:4200/graphql`. */
  readonly url: string | URL
  /** Of the document, without `after`. */
  readonly variables?: Omit<Variables, 'after'>
  /** Where to begin when the store holds no cursor: the `eventCursor` of a list, for one. Default: now. */
  readonly after?: string
  /** Keeps how far this follower has come. Default: in memory. */
  readonly store?: CursorStore
  /** More headers, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Ends the following. */
  readonly signal?: AbortSignal
  /** Hears of each lost connection, before it is tried again. Default: nobody. */
  readonly onLost?: (error: Error) => void
  /** Default: the platform's own. */
  readonly fetch?: typeof globalThis.fetch
}

/** Something may have been missed: `EXPIRED` (older than what the server keeps), `RESET` (another database) or `SLOW_CONSUMER`. */
export interface Gap {
  readonly reason: string
}

export interface Frame<Result> {
  readonly data: Result
  readonly cursor: string
  /** Not null: read again what you keep a copy of. The frame's own changes, and all behind it, are whole. */
  readonly gap: Gap | null
}

/**
 * Follows a subscription through lost connections and restarts, of the server and, with a store, of your program.
 * Frames come in order, none is left out. A frame counts as handled when the next one is asked for, and its cursor is saved then:
 * a program that dies while it handles a frame gets that one again, and no other.
 *
 * It goes on until `signal` aborts or the loop is left. It throws FollowError when the server refuses: a mistake in the document, no permission.
 */
export async function* follow<Result = Record<string, unknown>, Variables = Record<string, unknown>>(
  document: Document<Result, Variables> | string,
  options: FollowOptions<Variables>,
): AsyncGenerator<Frame<Result>, void, undefined> {
  const { url, variables, store = memoryCursor(), headers = {}, signal, onLost, fetch = globalThis.fetch } = options
  const caller: Caller = { url, headers, signal, fetch }
  const text = document.toString()
  if (!/\$after\b/.test(text) || !/\bcursor\b/.test(text)) {
    throw new TypeError('The subscription must take `$after: Cursor` and select `cursor`, else it cannot be resumed.')
  }

  let cursor = (await store.load()) ?? options.after
  let failures = 0
  while (!signal?.aborted) {
    try {
      if (cursor === undefined) await store.save((cursor = await newestCursor(caller, text)))
      for await (const data of subscribe<Result>(caller, text, { ...variables, after: cursor })) {
        failures = 0
        const frame = readFrame(data)
        yield frame
        cursor = frame.cursor
        await store.save(cursor)
      }
    } catch (error) {
      if (signal?.aborted) return
      if (!(error instanceof ConnectionLost)) throw error
      onLost?.(error)
    }
    await pause(retryWaitMilliseconds(failures++, Math.random()), signal)
  }
}

/** Where the log stands now, so that what happens before the first frame is not lost with the connection. */
const newestCursor = async (caller: Caller, document: string): Promise<string> => {
  const { server } = await query<{ server: { eventCursor: string; logCursor: string } }>(caller, '{ server { eventCursor logCursor } }')
  return /\blogAppended\b/.test(document) ? server.logCursor : server.eventCursor
}

const readFrame = <Result>(data: Result): Frame<Result> => {
  const [{ cursor, gap = null }] = Object.values(data as object) as [{ cursor: string; gap?: Gap | null }]
  return { data, cursor, gap }
}

const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done)
  })
