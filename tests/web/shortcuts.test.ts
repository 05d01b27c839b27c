import { describe, expect, test } from 'vitest'
import { createShortcuts, type ShortcutGroup } from '../../web/src/frame/shortcut-keys.ts'
import { schedulerByHand } from './by-hand.ts'

const start = () => {
  const byHand = schedulerByHand()
  const done: string[] = []
  let listed: readonly ShortcutGroup[] = []
  const shortcuts = createShortcuts(byHand.scheduler, groups => {
    listed = groups
  })
  const add = (title: string, ...keys: string[]) =>
    shortcuts.add({ title, shortcuts: keys.map(keys => ({ keys, does: `${title} ${keys}`, run: () => done.push(`${title} ${keys}`) })) })
  return { ...byHand, shortcuts, done, add, titles: () => listed.map(({ title }) => title) }
}

describe('a shortcut', () => {
  test('is one key, or two one after the other', () => {
    const { shortcuts, done, add } = start()
    add('frame', 'g r', 'r', '?')
    expect(['g', 'r', 'r', '?', 'x'].map(shortcuts.press)).toEqual([true, true, true, true, false])
    expect(done).toEqual(['frame g r', 'frame r', 'frame ?'])
  })

  test('of two keys is forgotten when the second one is long in coming', async () => {
    const { shortcuts, done, add, advance } = start()
    add('frame', 'g r', 'r')
    shortcuts.press('g')
    await advance(1_501)
    shortcuts.press('r')
    expect(done).toEqual(['frame r'])
  })

  test('whose second key means nothing behind the first means what it means alone', () => {
    const { shortcuts, done, add } = start()
    add('frame', 'g r', 'x')
    shortcuts.press('g')
    shortcuts.press('x')
    expect(done).toEqual(['frame x'])
  })

  test('of a page goes before the same one of the frame, for as long as the page is there', () => {
    const { shortcuts, done, add, titles } = start()
    add('frame', 'r')
    const leave = add('page', 'r')
    shortcuts.press('r')
    expect(titles()).toEqual(['frame', 'page'])
    leave()
    shortcuts.press('r')
    expect(titles()).toEqual(['frame'])
    expect(done).toEqual(['page r', 'frame r'])
  })

  test('that is off leaves its key alone, or to the one below it', () => {
    const { shortcuts, done, add } = start()
    add('frame', 'z')
    shortcuts.add({ title: 'page', shortcuts: [{ keys: 'z', does: '', run: () => done.push('page z'), isOff: () => true }] })
    shortcuts.add({ title: 'page', shortcuts: [{ keys: 'q', does: '', run: () => done.push('page q'), isOff: () => true }] })
    expect([shortcuts.press('z'), shortcuts.press('q')]).toEqual([true, false])
    expect(done).toEqual(['frame z'])
  })
})
