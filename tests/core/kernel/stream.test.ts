import { describe, expect, test } from 'vitest'
import { createStream, type Stream, type StreamOptions } from '../../../src/kernel/stream.ts'
import { chance, manualClock, turns } from './manual-clock.ts'

interface Entry {
  readonly seq: number
}

/** A log as a database keeps it, and a stream over it. */
function open(options: Partial<StreamOptions> & { readonly start?: number } = {}) {
  const log: Entry[] = []
  const clock = manualClock()
  const warnings: string[] = []
  const state = { isAway: false, reads: 0 }
  const source = {
    async read(after: number, limit: number) {
      state.reads++
      await turns(1)
      if (state.isAway) throw new Error('away')
      return log.filter(({ seq }) => seq > after).slice(0, limit)
    },
  }
  for (let seq = 1; seq <= (options.start ?? 0); seq++) log.push({ seq })
  const stream = createStream<Entry>(source, options.start ?? 0, {
    clock,
    log: { warn: (_facts, message) => warnings.push(message) },
    ...options,
  })
  const commit = (...seqs: number[]) => {
    const entries = seqs.map(seq => ({ seq }))
    log.push(...entries)
    log.sort((one, other) => one.seq - other.seq)
    return entries
  }
  return { log, clock, warnings, state, stream, commit, append: (...seqs: number[]) => stream.push(commit(...seqs)) }
}

/** Follows until told to stop, noting all it sees. */
function follower(stream: Stream<Entry>, after: number) {
  const controller = new AbortController()
  const seen: number[] = []
  const pages: number[] = []
  const done = (async () => {
    for await (const { entries, upTo } of stream.follow(after, controller.signal)) {
      seen.push(...entries.map(({ seq }) => seq))
      pages.push(upTo)
    }
  })()
  return {
    seen,
    pages,
    async leave() {
      controller.abort()
      await done
    },
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('a follower', () => {
  test('sees what is pushed after its cursor, and nothing before it', async () => {
    const { stream, append, state } = open({ start: 3 })
    const late = follower(stream, 3)
    await turns()
    expect(late.seen).toEqual([])
    append(4)
    await turns()
    append(5, 6)
    await turns()
    expect(late.seen).toEqual([4, 5, 6])
    expect(late.pages).toEqual([4, 6])
    expect(state.reads).toBe(0)
    await late.leave()
  })

  test('sees what is pushed while the log is being read: at once, and once', async () => {
    const { stream, append, commit } = open()
    const one = follower(stream, 0)
    stream.wake()
    append(1, 2)
    expect(stream.newest).toBe(2)
    commit(3)
    stream.wake()
    append(4)
    expect(stream.newest).toBe(2)
    await turns(20)
    expect(one.seen).toEqual([1, 2, 3, 4])
    await one.leave()
  })

  test('whose cursor is older than the ring reads the log up to it', async () => {
    const { stream, append, state } = open({ start: 7, pageSize: 3 })
    append(8, 9)
    const old = follower(stream, 1)
    await turns(20)
    expect(old.seen).toEqual(range(2, 9))
    expect(state.reads).toBeGreaterThan(0)
    append(10)
    await turns()
    expect(old.seen).toEqual(range(2, 10))
    await old.leave()
  })

  test('whose log is gone goes on where the ring begins', async () => {
    const { stream, append, log } = open({ start: 7 })
    append(8)
    log.splice(0)
    const old = follower(stream, 1)
    await turns(20)
    expect(old.seen).toEqual([8])
    await old.leave()
  })

  test('that falls off the ring reads the log and joins again: nothing lost, nothing twice', async () => {
    const { stream, append } = open({ capacity: 4, pageSize: 3 })
    const controller = new AbortController()
    const pages = stream.follow(0, controller.signal)
    append(1)
    expect((await pages.next()).value!.entries).toEqual([{ seq: 1 }])
    for (const seq of range(2, 60)) append(seq)
    const seen: number[] = []
    while (seen.at(-1) !== 60) seen.push(...(await pages.next()).value!.entries.map(({ seq }) => seq))
    expect(seen).toEqual(range(2, 60))
    controller.abort()
    expect((await pages.next()).done).toBe(true)
  })

  test('gets pages of the page size at most', async () => {
    const { stream, append } = open({ pageSize: 3 })
    append(...range(1, 8))
    const one = follower(stream, 0)
    await turns()
    expect(one.pages).toEqual([3, 6, 8])
    await one.leave()
  })

  test('ends when its signal aborts, at once and without an entry, and is no longer counted', async () => {
    const { stream, append } = open()
    const followers = [follower(stream, 0), follower(stream, 0)]
    await turns()
    expect(stream.followers).toBe(2)
    await followers[0]!.leave()
    expect(stream.followers).toBe(1)
    append(1)
    await turns()
    expect(followers.map(({ seen }) => seen)).toEqual([[], [1]])
    await followers[1]!.leave()
    expect(stream.followers).toBe(0)
  })

  test('whose signal has aborted before it begins sees nothing', async () => {
    const { stream, append } = open()
    append(1)
    const pages = stream.follow(0, AbortSignal.abort())
    expect(await pages.next()).toEqual({ done: true, value: undefined })
    expect(stream.followers).toBe(0)
  })

  test('that is told to return after a page is no longer counted', async () => {
    const { stream, append } = open()
    append(1)
    const pages = stream.follow(0, new AbortController().signal)
    await pages.next()
    await pages.return()
    expect(stream.followers).toBe(0)
  })
})

describe('a hole', () => {
  test('in what is pushed is read from the log, so that order holds', async () => {
    const { stream, append, commit } = open()
    const one = follower(stream, 0)
    append(1)
    commit(2)
    append(3)
    await turns()
    expect(one.seen).toEqual([1, 2, 3])
    await one.leave()
  })

  test('that is never filled stops nobody', async () => {
    const { stream, append } = open()
    const one = follower(stream, 0)
    append(1)
    append(5)
    append(6)
    await turns()
    expect(one.seen).toEqual([1, 5, 6])
    expect(stream.newest).toBe(6)
    await one.leave()
  })

  test('inside one push counts too', async () => {
    const { stream, append, commit } = open()
    const one = follower(stream, 0)
    commit(2)
    append(1, 3)
    await turns()
    expect(one.seen).toEqual([1, 2, 3])
    await one.leave()
  })

  test('what is pushed while the log is read is not lost, and not seen twice', async () => {
    const { stream, append, commit } = open()
    const one = follower(stream, 0)
    commit(1)
    stream.wake()
    append(2)
    append(3)
    await turns(10)
    expect(one.seen).toEqual([1, 2, 3])
    append(4)
    await turns()
    expect(one.seen).toEqual([1, 2, 3, 4])
    await one.leave()
  })

  test('entries pushed again are not seen again', async () => {
    const { stream, append } = open()
    const one = follower(stream, 0)
    append(1, 2)
    stream.push([{ seq: 1 }, { seq: 2 }])
    stream.push([])
    await turns(10)
    expect(one.seen).toEqual([1, 2])
    await one.leave()
  })
})

describe('what others commit', () => {
  test('is seen on a wake-up, whatever its length', async () => {
    const { stream, commit } = open({ pageSize: 3 })
    const one = follower(stream, 0)
    commit(...range(1, 10))
    await turns()
    expect(one.seen).toEqual([])
    stream.wake()
    await turns(20)
    expect(one.seen).toEqual(range(1, 10))
    await one.leave()
  })

  test('is seen without a wake-up too, by looking now and then while somebody follows', async () => {
    const { stream, commit, clock, state } = open({ lookEveryMilliseconds: 1000 })
    clock.advance(1000)
    await turns()
    expect(state.reads).toBe(0)
    const one = follower(stream, 0)
    commit(1)
    clock.advance(999)
    await turns()
    expect(one.seen).toEqual([])
    clock.advance(1)
    await turns()
    expect(one.seen).toEqual([1])
    await one.leave()
  })

  test('is read again after a pause when the log cannot be read, and that is logged', async () => {
    const { stream, commit, clock, state, warnings } = open()
    const one = follower(stream, 0)
    state.isAway = true
    commit(1)
    stream.wake()
    await turns()
    expect(warnings).toEqual(['The log could not be read; followers go on when it can.'])
    state.isAway = false
    clock.advance(500)
    await turns()
    expect(one.seen).toEqual([1])
    await one.leave()
  })
})

describe('many followers', () => {
  test.each(range(1, 20))('who come and go each see every entry behind their cursor once and in order (seed %d)', async seed => {
    const random = chance(seed)
    const upTo = (most: number) => Math.floor(random() * most)
    const { stream, append, commit, log } = open({ capacity: 2 + upTo(6), pageSize: 1 + upTo(5) })
    const followers: { after: number; one: ReturnType<typeof follower> }[] = []
    let seq = 0
    for (let step = 0; step < 150; step++) {
      const what = upTo(10)
      if (what < 5) append(...range(seq + 1, (seq += 1 + upTo(4))))
      else if (what === 5) commit((seq += 1))
      else if (what === 6) seq += 1
      else if (what === 7) stream.wake()
      else if (what === 8) await turns(1)
      else {
        const after = upTo(seq + 1)
        followers.push({ after, one: follower(stream, after) })
      }
    }
    stream.wake()
    await turns(2000)
    for (const { after, one } of followers) {
      expect(one.seen).toEqual(log.map(entry => entry.seq).filter(number => number > after))
      await one.leave()
    }
    expect(stream.followers).toBe(0)
  })
})
