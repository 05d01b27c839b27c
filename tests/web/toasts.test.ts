import { describe, expect, test } from 'vitest'
import { createAnnouncer } from '../../web/src/frame/announcer.ts'
import { createToastRack, type ShownToast } from '../../web/src/frame/toast-rack.ts'
import { schedulerByHand } from './by-hand.ts'

const start = () => {
  const byHand = schedulerByHand()
  const said: string[] = []
  let shown: ShownToast | undefined
  const rack = createToastRack(byHand.scheduler, next => {
    shown = next
  })
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) await byHand.advance(1_000)
  }
  return { ...byHand, rack, said, seconds, shown: () => shown && [shown.text, shown.secondsLeft] }
}

describe('a toast', () => {
  test('counts its seconds and goes', async () => {
    const { rack, shown, seconds, said, waiting } = start()
    rack.show({ text: 'Cancelled', undo: () => said.push('undone'), gone: wasUndone => said.push(`gone ${wasUndone}`) })
    expect(shown()).toEqual(['Cancelled', 6])
    await seconds(5)
    expect(shown()).toEqual(['Cancelled', 1])
    await seconds(1)
    expect([shown(), said, waiting()]).toEqual([undefined, ['gone false'], 0])
    rack.undo()
    expect(said).toEqual(['gone false'])
  })

  test('stays while it is held, and goes on when let go', async () => {
    const { rack, shown, seconds } = start()
    rack.show({ text: 'Cancelled' })
    await seconds(2)
    rack.hold(true)
    await seconds(30)
    expect(shown()).toEqual(['Cancelled', 4])
    rack.hold(false)
    await seconds(4)
    expect(shown()).toBeUndefined()
  })

  test('of an error stays until it is closed', async () => {
    const { rack, shown, seconds } = start()
    rack.show({ text: 'Not saved', isError: true })
    await seconds(60)
    expect(shown()).toEqual(['Not saved', undefined])
    rack.close()
    expect(shown()).toBeUndefined()
  })

  test('is undone once, and what waited for it hears so first', () => {
    const { rack, said } = start()
    rack.show({ text: 'Deleted', undo: () => said.push('undone'), gone: wasUndone => said.push(`gone ${wasUndone}`) })
    rack.undo()
    rack.undo()
    expect(said).toEqual(['gone true', 'undone'])
  })

  test('gives its place to the next one, and the next has its own time', async () => {
    const { rack, shown, seconds, said } = start()
    rack.show({ text: 'Deleted', gone: wasUndone => said.push(`gone ${wasUndone}`) })
    await seconds(4)
    rack.show({ text: 'Saved' })
    expect([shown(), said]).toEqual([['Saved', 6], ['gone false']])
    await seconds(5)
    expect(shown()).toEqual(['Saved', 1])
  })

  test('does its action and goes, also where the action shows the next', () => {
    const { rack, shown } = start()
    rack.show({ text: 'Not saved', isError: true, action: { label: 'Fix', run: () => rack.show({ text: 'Mended' }) } })
    rack.act()
    expect(shown()).toEqual(['Mended', 6])
  })
})

describe('announcements', () => {
  test('come at most once in five seconds, with nothing lost and nothing twice', async () => {
    const { scheduler, advance } = schedulerByHand()
    const said: string[] = []
    const announce = createAnnouncer(scheduler, text => said.push(text))
    for (const text of ['One.', 'Two.', 'Three.', 'Two.']) announce(text)
    expect(said).toEqual(['One.'])
    await advance(4_999)
    expect(said).toEqual(['One.'])
    await advance(1)
    expect(said).toEqual(['One.', 'Two. Three.'])
    await advance(5_000)
    announce('Four.')
    expect(said).toEqual(['One.', 'Two. Three.', 'Four.'])
  })
})
