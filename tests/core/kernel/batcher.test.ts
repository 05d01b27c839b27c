import { describe, expect, test } from 'vitest'
import { type BatchModel, createBatcher, type OpenBatch, type Unit } from '../../../src/kernel/batcher.ts'
import { AppError } from '../../../src/kernel/errors.ts'
import { emptyTail, type Tail } from '../../../src/kernel/storage.ts'
import { chance, manualClock, turns } from './manual-clock.ts'

interface Batch extends OpenBatch {
  readonly changes: Tail & { readonly words: string[] }
  record(word: string): void
}
type Facts = { readonly held: ReadonlySet<string> }

const model: BatchModel<readonly string[], Facts, Batch> = {
  noReads: [],
  union: reads => reads.flat(),
  open() {
    const words: string[] = []
    return {
      changes: { ...emptyTail(), words },
      get changeCount() {
        return words.length
      },
      record: word => void words.push(word),
    }
  },
  isHeld: (facts, reads) => reads.some(key => facts.held.has(key)),
}

class DataError extends Error {}

/** A database of words: refuses "poison" as data, is away when told so, and lets nobody at a held key until it is freed. */
function createWords() {
  const committed: string[] = []
  const calls: { readonly wait: boolean; readonly outcome: 'committed' | 'failed' }[] = []
  const holds = new Map<string, PromiseWithResolvers<void>>()
  const state = { isAway: false, underWay: 0, mostUnderWay: 0 }
  return {
    committed,
    calls,
    state,
    hold: (key: string) => void holds.set(key, Promise.withResolvers()),
    free(key: string) {
      holds.get(key)!.resolve()
      holds.delete(key)
    },
    isDataError: (error: unknown) => error instanceof DataError,
    async hot(reads: readonly string[], apply: (facts: Facts) => Batch['changes'], { wait = false }: { readonly wait?: boolean } = {}) {
      if (wait) await Promise.all(reads.map(key => holds.get(key)?.promise))
      else state.underWay++
      state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay)
      await turns(3)
      if (!wait) state.underWay--
      const facts = { held: new Set(wait ? [] : holds.keys()) }
      apply(facts)
      const { words } = apply(facts)
      const outcome = state.isAway || words.includes('poison') ? 'failed' : 'committed'
      calls.push({ wait, outcome })
      if (state.isAway) throw new AppError('UNAVAILABLE', 'away')
      if (outcome === 'failed') throw new DataError('poison')
      committed.push(...words)
    },
  }
}

type Words = ReturnType<typeof createWords>
type Given = Unit<readonly string[], Batch>

const says = (word: string, reads: readonly string[] = []): Given => ({
  reads,
  apply(batch) {
    batch.record(word)
    return word
  },
})
const refuses = (word: string): Given => ({
  reads: [],
  apply: () => {
    throw new AppError('INVALID', word)
  },
})
const refusesLate = (word: string): Given => ({
  reads: [],
  apply(batch) {
    batch.record(`half of ${word}`)
    throw new AppError('INVALID', word)
  },
})

const batcherOn = (words: Words, options: { maximum?: number; inFlight?: number } = {}) =>
  createBatcher(words, model, { clock: manualClock(), ...options })
const conflicted = 'AppError: Data integrity conflict: this refers to something that does not exist, or repeats what must be unique.'
const told = async (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: Error) => `${error.name}: ${error.message}`)

describe('group commit', () => {
  test('makes one transaction of what one turn asks for, in its order', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    const answers = await Promise.all(['a', 'b', 'c'].map(word => batcher.submit([says(word)])))
    expect(answers).toEqual([['a'], ['b'], ['c']])
    expect(words).toMatchObject({ committed: ['a', 'b', 'c'], calls: [{ outcome: 'committed' }] })
  })

  test('gathers while a transaction is under way, and takes at most the maximum', async () => {
    const words = createWords()
    const batcher = batcherOn(words, { maximum: 3 })
    const asked = [...'abcdefgh'].map(word => batcher.submit([says(word)]))
    await Promise.all(asked)
    expect(words.committed).toEqual([...'abcdefgh'])
    expect(words.calls).toHaveLength(3)
    expect(words.state.mostUnderWay).toBe(1)
  })

  test('takes less of what weighs more, but one whatever it weighs', async () => {
    const words = createWords()
    const batcher = batcherOn(words, { maximum: 3 })
    const weighing = (word: string, weight: number) => ({ ...says(word), weight })
    const asked = [weighing('a', 9), weighing('b', 2), weighing('c', 2), weighing('d', 0.5), weighing('e', 0.5), weighing('f', 1)]
    await Promise.all(asked.map(unit => batcher.submit([unit])))
    expect(words.committed).toEqual([...'abcdef'])
    expect(words.calls).toHaveLength(4)
  })

  test('keeps as many transactions under way as it may, and no more', async () => {
    const words = createWords()
    const batcher = batcherOn(words, { maximum: 1, inFlight: 2 })
    await Promise.all([...'abcdef'].map(word => batcher.submit([says(word)])))
    expect(words.state.mostUnderWay).toBe(2)
  })

  test('drain answers at once when there is nothing, else when everything has settled', async () => {
    const words = createWords()
    const batcher = batcherOn(words, { maximum: 1 })
    await batcher.drain()
    let settled = 0
    for (const word of 'abc') void batcher.submit([says(word)]).then(() => settled++)
    await Promise.all([batcher.drain(), batcher.drain()])
    expect(settled).toBe(3)
    await batcher.drain()
  })

  test('drain waits for what is submitted as soon as something has settled, too', async () => {
    const batcher = batcherOn(createWords())
    const said: string[] = []
    const sayAll = async () => {
      for (const word of 'abc') {
        await batcher.submit([says(word)])
        said.push(word)
      }
    }
    void sayAll()
    await batcher.drain()
    expect(said).toEqual([...'abc'])
  })
})

describe('a submission', () => {
  test('that is refused fails alone', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    const outcomes = await Promise.all([batcher.submit([says('a')]), told(batcher.submit([refuses('no')])), batcher.submit([says('b')])])
    expect(outcomes).toEqual([['a'], 'AppError: no', ['b']])
    expect(words).toMatchObject({ committed: ['a', 'b'], calls: [{ outcome: 'committed' }] })
  })

  test('of several commands is all or nothing, and later ones see earlier ones', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    const counts: Given = { reads: [], apply: batch => batch.changeCount }
    const outcomes = await Promise.all([
      batcher.submit([says('a'), counts, says('b'), counts]),
      told(batcher.submit([says('lost'), refusesLate('no'), says('never')])),
      batcher.submit([says('c'), counts]),
    ])
    expect(outcomes).toEqual([['a', 1, 'b', 2], 'AppError: no', ['c', 3]])
    expect(words).toMatchObject({ committed: ['a', 'b', 'c'], calls: [{ outcome: 'committed' }] })
  })

  test('that breaks unexpectedly is told apart from a refusal, and keeps its cause', async () => {
    const words = createWords()
    const cause = new TypeError('undefined is not a function')
    const batcher = batcherOn(words)
    const breaks: Given = {
      reads: [],
      apply: () => {
        throw cause
      },
    }
    const [, error] = await Promise.all([batcher.submit([says('a')]), batcher.submit([breaks]).catch(error => error)])
    expect(error).toMatchObject({ message: 'A command could not be decided.', cause })
    expect(words.committed).toEqual(['a'])
  })

  test('whose data the database refuses sends its batch one by one, and only it fails', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    const outcomes = await Promise.all([
      batcher.submit([says('a')]),
      told(batcher.submit([says('x'), says('poison')])),
      told(batcher.submit([refuses('no')])),
      batcher.submit([says('b')]),
    ])
    expect(outcomes).toEqual([['a'], conflicted, 'AppError: no', ['b']])
    expect(words.committed).toEqual(['a', 'b'])
    expect(words.calls.map(call => call.outcome)).toEqual(['failed', 'committed', 'failed', 'committed', 'committed'])
  })

  test('meets a database that is away with everybody else in its batch, once', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    words.state.isAway = true
    const outcomes = await Promise.all(['a', 'b', 'c'].map(word => told(batcher.submit([says(word)]))))
    expect(outcomes).toEqual(Array(3).fill('AppError: away'))
    expect(words).toMatchObject({ committed: [], calls: [{ outcome: 'failed' }] })
    words.state.isAway = false
    expect(await batcher.submit([says('d')])).toEqual(['d'])
  })
})

describe('a command whose row somebody holds', () => {
  test('waits alone, while the others of its batch and later batches go on', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    words.hold('row')
    const order: string[] = []
    const ask = (word: string, reads: readonly string[] = []) => batcher.submit([says(word, reads)]).then(() => order.push(word))
    const held = ask('held', ['row'])
    await ask('beside')
    await ask('later')
    expect(order).toEqual(['beside', 'later'])
    words.free('row')
    await held
    expect(order).toEqual(['beside', 'later', 'held'])
    expect(words.committed).toEqual(order)
    expect(words.calls.map(call => call.wait)).toEqual([false, false, true])
  })

  test('is waited for by drain', async () => {
    const words = createWords()
    const batcher = batcherOn(words)
    words.hold('row')
    let isDrained = false
    void batcher.submit([says('held', ['row'])])
    const drained = batcher.drain().then(() => (isDrained = true))
    await turns()
    expect(isDrained).toBe(false)
    words.free('row')
    await drained
    expect(words.committed).toEqual(['held'])
  })
})

describe('whatever comes together', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'each submission settles once, as if it had come alone (seed %d)',
    async seed => {
      const random = chance(seed)
      const upTo = (most: number) => Math.floor(random() * most)
      const words = createWords()
      const batcher = batcherOn(words, { maximum: 1 + upTo(8), inFlight: 1 + upTo(2) })
      const held = ['row 0', 'row 1', 'row 2']
      for (const key of held) words.hold(key)
      const expected: unknown[] = []
      const kept: string[] = []
      const asked: Promise<unknown>[] = []

      for (let number = 0; number < 40; number++) {
        const units: Given[] = []
        const answers: string[] = []
        let refusal: string | undefined
        let isPoisoned = false
        for (let index = 0; index <= upTo(3); index++) {
          const word = `${number}.${index}`
          const kind = upTo(12)
          if (kind === 0) units.push(refuses(word))
          else if (kind === 1) units.push(refusesLate(word))
          else units.push(says(kind === 2 ? 'poison' : word, kind === 3 ? [held[upTo(3)]!] : []))
          if (kind <= 1) refusal ??= `AppError: ${word}`
          if (kind === 2) isPoisoned = true
          answers.push(kind === 2 ? 'poison' : word)
        }
        expected.push(refusal ?? (isPoisoned ? conflicted : answers))
        if (refusal === undefined && !isPoisoned) kept.push(...answers)
        asked.push(told(batcher.submit(units)))
        if (upTo(4) === 0) await turns(1 + upTo(3))
        if (number === 30) for (const key of held) words.free(key)
      }

      expect(await Promise.all(asked)).toEqual(expected)
      expect([...words.committed].sort()).toEqual([...kept].sort())
      await batcher.drain()
    },
  )
})
