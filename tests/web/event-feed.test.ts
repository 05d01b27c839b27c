import { describe, expect, test } from 'vitest'
import type { EventRowFragment } from '../../web/src/generated/graphql.ts'
import { createFeed } from '../../web/src/pages/events/event-feed.ts'
import { emptyHistogram, movedTo, spansUpTo, withEvents } from '../../web/src/pages/events/event-histogram.ts'
import { hasText, wordsOf } from '../../web/src/pages/events/event-words.ts'
import { eventsChoiceOf, listedFilter, queryOf } from '../../web/src/pages/events/events-choice.ts'
import { heldRows } from '../../web/src/pages/events/held-rows.ts'
import { drawnRows, heightOf, topOf } from '../../web/src/pages/events/row-window.ts'
import { searchOf } from './search.ts'

const at = (second: number, id = `e${second}`) => ({ id, occurred: new Date(second * 1000).toISOString() })
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

describe('a feed', () => {
  test('stands newest first; of one moment the later committed stands above', () => {
    const feed = createFeed(10)
    feed.reset([at(2), at(1)])
    feed.add([at(3, 'first'), at(3, 'second')])
    expect(idsOf(feed.read())).toEqual(['second', 'first', 'e2', 'e1'])
  })

  test('takes an event once, however often it comes, and one that came late to its place', () => {
    const feed = createFeed(10)
    feed.reset([at(5), at(1)])
    feed.add([at(5), at(3)])
    feed.add([at(3)])
    feed.append([at(1), at(0)])
    expect(idsOf(feed.read())).toEqual(['e5', 'e3', 'e1', 'e0'])
  })

  test('lets the oldest go where there are too many, and says so; a new look begins anew', () => {
    const feed = createFeed(2)
    feed.reset([at(2), at(1)])
    expect(feed.isFull).toBe(false)
    feed.add([at(3)])
    expect([idsOf(feed.read()), feed.isFull]).toEqual([['e3', 'e2'], true])
    feed.reset([at(1)])
    expect([idsOf(feed.read()), feed.isFull]).toEqual([['e1'], false])
  })
})

describe('rows that are read', () => {
  const rows = [at(3), at(2), at(1)]

  test('stay, and what came since waits above', () => {
    expect(heldRows(rows, { topId: 'e2' })).toEqual({ shown: rows.slice(1), waiting: 1 })
    expect(heldRows(rows, undefined)).toEqual({ shown: rows, waiting: 0 })
  })

  test('are all there are where the one on top is gone', () => {
    expect(heldRows(rows, { topId: 'gone' })).toEqual({ shown: rows, waiting: 0 })
  })

  test('are drawn where they are seen, and a little beyond', () => {
    const layout = { count: 10_000, rowHeight: 32, openIndex: -1, openHeight: 0 }
    const drawn = drawnRows(layout, 3200, 640)
    expect([drawn[0], drawn.at(-1)]).toEqual([94, 126])
    expect(drawnRows(layout, -500, 600)[0]).toBe(0)
    expect(drawnRows(layout, heightOf(layout) - 100, 600).at(-1)).toBe(9999)
    expect(drawnRows({ ...layout, count: 0 }, 0, 600)).toEqual([])
  })

  test('make room for what is open below one of them', () => {
    const layout = { count: 1000, rowHeight: 32, openIndex: 10, openHeight: 400 }
    expect([topOf(layout, 10), topOf(layout, 11), heightOf(layout)]).toEqual([320, 752, 32_400])
    const past = drawnRows(layout, topOf(layout, 500), 64)
    expect(past).toContain(500)
    expect(past.length).toBeLessThan(40)
    expect(drawnRows(layout, 400, 300)).toContain(10)
  })

  test('keep the one that has the focus, wherever it is', () => {
    const layout = { count: 1000, rowHeight: 32, openIndex: -1, openHeight: 0 }
    expect(drawnRows(layout, 16_000, 320, 3)[0]).toBe(3)
    expect(drawnRows(layout, 0, 320, 999).at(-1)).toBe(999)
  })
})

describe('a histogram', () => {
  test('counts every event in its span, and none outside', () => {
    const counted = withEvents(
      emptyHistogram(0, 1000, 3),
      [at(0), at(0.999), at(2), at(3), at(-1)].map(({ occurred }) => occurred),
    )
    expect(counted.counts).toEqual([2, 0, 1])
  })

  test('goes on with the clock, and forgets what falls off', () => {
    const counted = { start: 0, spanMilliseconds: 1000, counts: [1, 2, 3] }
    expect(movedTo(counted, 2_999)).toBe(counted)
    expect(movedTo(counted, 4_000)).toEqual({ start: 2000, spanMilliseconds: 1000, counts: [3, 0, 0] })
    expect(movedTo(counted, 60_000).counts).toEqual([0, 0, 0])
  })

  test('ends with the span that is under way', () => {
    expect(spansUpTo(5_500, 1000, 3)).toEqual({ start: 3000, end: 6000 })
    expect(spansUpTo(6_000, 1000, 3)).toEqual({ start: 4000, end: 7000 })
  })
})

describe('an event in words', () => {
  const event = (change: Partial<EventRowFragment> = {}): EventRowFragment => ({
    id: 'e',
    event: 'prefect.flow-run.Late',
    occurred: at(0).occurred,
    resource: {
      'prefect.resource.id': 'prefect.flow-run.1',
      'prefect.resource.name': 'calm-ibis',
      'prefect.state-type': 'SCHEDULED',
      'prefect.state-name': 'Late',
    },
    related: [
      { 'prefect.resource.id': 'prefect.tag.x', 'prefect.resource.role': 'tag' },
      { 'prefect.resource.id': 'prefect.flow.2', 'prefect.resource.role': 'flow', 'prefect.resource.name': 'daily-etl' },
    ],
    ...change,
  })

  test('of a run says its state, its name and its flow', () => {
    const words = wordsOf(event())
    expect(words).toMatchObject({ state: { type: 'SCHEDULED', name: 'Late' }, resource: { kind: 'flow run', name: 'calm-ibis' } })
    expect([words.about?.name, words.resource.key, words.about?.key]).toEqual(['daily-etl', '1', '2'])
  })

  test('of what has no name says its kind, and the beginning of its id', () => {
    const id = '01a22aa4-46ac-7063-8720-47cbb2d1c0aa'
    const unnamed = { 'prefect.resource.id': `notification-policy.${id}`, 'prefect.resource.name': id }
    expect(wordsOf(event({ event: 'notification-policy.created', resource: unnamed, related: null })).resource).toMatchObject({
      kind: 'notification policy',
      name: id.slice(0, 8),
      key: id,
    })
  })

  test('of what nobody here knows is shown as it is', () => {
    expect(wordsOf(event({ event: 'my.own.thing-done', resource: { 'prefect.resource.id': 'acme.thing' }, related: null }))).toMatchObject({
      state: undefined,
      verb: 'thing done',
      resource: { id: 'acme.thing', kind: undefined, name: 'acme.thing' },
      about: undefined,
    })
  })

  test('is found by its name and by all labels, in either case', () => {
    expect(['LATE', 'calm-ibis', 'daily', 'prefect.tag.x', 'nowhere'].map(text => hasText(event(), text))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })
})

describe('the address of the feed', () => {
  test('says what is chosen and nothing else, and is read back as it was written', () => {
    const plain = eventsChoiceOf(new URLSearchParams())
    expect(searchOf(queryOf(plain)).toString()).toBe('')
    const chosen = { prefixes: ['a.', 'b.'], resource: 'r', range: '1h', from: 60_000, to: 120_000, text: 't' } as const
    expect(eventsChoiceOf(searchOf(queryOf(plain, chosen)))).toEqual(chosen)
  })

  test('of a time that ends before it begins means no time', () => {
    expect(eventsChoiceOf(new URLSearchParams({ from: at(2).occurred, to: at(1).occurred }))).toMatchObject({
      from: undefined,
      to: undefined,
    })
  })

  test('asks the server for the span, up to where the next begins', () => {
    const choice = eventsChoiceOf(new URLSearchParams({ from: at(1).occurred, to: at(2).occurred, name: 'a.' }))
    expect(listedFilter(choice, 0)).toEqual({
      namePrefixes: ['a.'],
      occurredAfter: '1970-01-01T00:00:01.000Z',
      occurredBefore: '1970-01-01T00:00:01.999Z',
    })
  })
})
