import { expect, test } from 'vitest'
import { bellWords, createBell } from '../../web/src/frame/bell-counts.ts'

test('the bell counts what came to its end since somebody looked, each delivery by its newest end', () => {
  const bell = createBell()
  bell.reset([
    { id: 'old', isFailure: true, at: 10 },
    { id: 'one', isFailure: true, at: 30 },
  ])
  bell.ring([{ id: 'two', isFailure: false, at: 40 }])
  expect(bell.unread(20)).toEqual({ failed: 1, sent: 1 })
  bell.ring([{ id: 'one', isFailure: false, at: 50 }])
  expect(bell.unread(20)).toEqual({ failed: 0, sent: 2 })
  expect(bell.unread(50)).toEqual({ failed: 0, sent: 0 })
})

test('the bell forgets the oldest of very many', () => {
  const bell = createBell()
  bell.ring(Array.from({ length: 500 }, (_, at) => ({ id: `${at}`, isFailure: false, at: at + 1 })))
  expect(bell.unread(0)).toEqual({ failed: 0, sent: 200 })
})

test.each([
  [{ failed: 0, sent: 0 }, 'Deliveries, nothing new'],
  [{ failed: 2, sent: 0 }, 'Deliveries: 2 failed since you looked'],
  [{ failed: 1, sent: 14 }, 'Deliveries: 1 failed, 14 sent since you looked'],
])('the bell says %j as “%s”', (unread, words) => {
  expect(bellWords(unread)).toBe(words)
})
