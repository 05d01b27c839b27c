import { describe, expect, onTestFinished, test } from 'vitest'
import { receiveEvents } from '../../src/core/events/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import type { LogEntry } from '../../src/kernel/storage.ts'
import type { Stream } from '../../src/kernel/stream.ts'
import { someEvent } from '../doors/operations.ts'
import { forEachStorage } from './for-each-storage.ts'

const line = (message: string) => ({ name: 'n', level: 20, message, timestamp: 1 })

/** The next `count` entries behind a cursor, as a follower gets them. */
async function take<Entry extends LogEntry>(stream: Stream<Entry>, after: number, count: number): Promise<Entry[]> {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const entries: Entry[] = []
  for await (const page of stream.follow(after, stop.signal)) {
    entries.push(...page.entries)
    if (entries.length >= count) break
  }
  stop.abort()
  return entries
}

forEachStorage((open, name) => {
  describe('a follower', () => {
    test('gets every entry once, in order, from any cursor: what was there, and what comes', async () => {
      const house = await open()
      for (let index = 0; index < 20; index++) await appendLogs(house.as(), { lines: [line(`a${index}`), line(`b${index}`)] })
      const all = (await house.storage.readLog('logs', 0, 1000)) as LogEntry[]
      for (const after of [0, 1, 17, 39]) expect(await take(house.logs, after, 40 - after)).toEqual(all.slice(after))
      const coming = [take(house.logs, 40, 30), take(house.logs, 35, 35)]
      await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          appendLogs(house.as(), { lines: [line(`c${index}`), line(`d${index}`), line(`e${index}`)] }),
        ),
      )
      const stored = (await house.storage.readLog('logs', 0, 1000)) as LogEntry[]
      expect(await Promise.all(coming)).toEqual([stored.slice(40), stored.slice(35)])
      expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 70 }, (_, index) => index + 1))
    })

    test('finds the log as it left it after the server has started anew', async () => {
      if (name === 'memory') return
      const house = await open()
      await appendLogs(house.as(), { lines: ['a', 'b', 'c'].map(line) })
      const [first] = await take(house.logs, 0, 1)
      const { logId } = house
      await house.close()
      const again = await open({ on: house.url })
      expect(again.logId).toBe(logId)
      await appendLogs(again.as(), { lines: [line('d')] })
      expect((await take(again.logs, first!.seq, 3)).map(entry => [entry.seq, entry.message])).toEqual([
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
      ])
    })
  })

  describe('the heads of the logs', () => {
    test('are where they begin and end', async () => {
      const house = await open()
      expect(await house.storage.heads()).toEqual({ logId: house.logId, newest: { events: 0, logs: 0 }, oldest: { events: 1, logs: 1 } })
      await appendLogs(house.as(), { lines: ['a', 'b', 'c'].map(line) })
      await receiveEvents(house.as(), { events: [someEvent(house.ids.uuid())] })
      expect(await house.storage.heads()).toEqual({ logId: house.logId, newest: { events: 1, logs: 3 }, oldest: { events: 1, logs: 1 } })
    })
  })

  describe('an event received before', () => {
    test('changes nothing and wakes nobody, whether it comes again in one batch or later', async () => {
      const house = await open()
      const [one, two] = [someEvent(house.ids.uuid()), someEvent(house.ids.uuid())]
      await receiveEvents(house.as(), { events: [one, one] })
      await Promise.all([receiveEvents(house.as(), { events: [one] }), receiveEvents(house.as(), { events: [two, one] })])
      const stored = (await house.storage.readLog('events', 0, 100)) as (LogEntry & { id?: string })[]
      expect(stored.map(({ id }) => id)).toEqual([one.id, two.id])
      const before = house.published.length
      await receiveEvents(house.as(), { events: [two] })
      expect(house.published).toHaveLength(before)
      expect(house.published.flatMap(({ events }) => events)).toEqual(stored)
    })
  })
})
