import { describe, expect, test } from 'vitest'
import { createAttention } from '../../web/src/live/attention.ts'
import { createConnection } from '../../web/src/live/connection.ts'
import { createLiveView, type FrameSink, type LiveSource } from '../../web/src/live/live-view.ts'
import { schedulerByHand, settled } from './by-hand.ts'

const arrange = () => {
  const hand = schedulerByHand()
  const connection = createConnection(hand.scheduler)
  const attention = createAttention(hand.scheduler)
  const streams: { after: () => string; sink: FrameSink<number>; isOpen: boolean }[] = []
  const answers: (string | Error)[] = []
  let shown: number[] = []
  let flushes = 0
  let loads = 0

  const source: LiveSource<number[], number> = {
    async load() {
      loads += 1
      const answer = answers.shift() ?? `c${loads}`
      if (answer instanceof Error) throw answer
      return { snapshot: [loads * 100], cursor: answer }
    },
    follow(after, sink) {
      const stream = { after, sink, isOpen: true }
      streams.push(stream)
      return () => {
        stream.isOpen = false
        sink.failed(new Error('closed'))
      }
    },
    reset: snapshot => {
      shown = [...snapshot]
    },
    apply: changes => {
      shown = [...shown, ...changes]
    },
  }
  const onFlush = () => {
    flushes += 1
  }
  const view = createLiveView(source, { scheduler: hand.scheduler, connection, attention, onFlush })
  return { hand, connection, attention, streams, answers, view, shown: () => shown, flushes: () => flushes, loads: () => loads }
}

const started = async () => {
  const stage = arrange()
  stage.view.start()
  await settled()
  return stage
}

const streamOf = (stage: ReturnType<typeof arrange>, index = 0) => {
  const stream = stage.streams[index]
  if (stream === undefined) throw new Error(`no stream ${index}`)
  return stream
}

describe('a live view', () => {
  test('shows the snapshot and follows from its cursor', async () => {
    const stage = await started()
    expect(stage.shown()).toEqual([100])
    expect(stage.view.hasSnapshot).toBe(true)
    expect(stage.streams.map(({ after }) => after())).toEqual(['c1'])
  })

  test('flushes all changes of a frame once', async () => {
    const stage = await started()
    const before = stage.flushes()
    const { sink } = streamOf(stage)
    sink.next({ cursor: 'c2', changes: [1, 2], hasGap: false })
    sink.next({ cursor: 'c3', changes: [3], hasGap: false })
    expect(stage.shown()).toEqual([100])
    expect(stage.hand.frame()).toBe(1)
    expect(stage.shown()).toEqual([100, 1, 2, 3])
    expect(stage.flushes() - before).toBe(1)
  })

  test('resumes from the last cursor seen, also of a frame without changes', async () => {
    const stage = await started()
    const stream = streamOf(stage)
    stream.sink.next({ cursor: 'c7', changes: [1], hasGap: false })
    stream.sink.next({ cursor: 'c9', changes: [], hasGap: false })
    const cursor = stream.after()
    expect(cursor).toBe('c9')
  })

  test('takes a new snapshot after a gap and drops what was pending', async () => {
    const stage = await started()
    streamOf(stage).sink.next({ cursor: 'c2', changes: [1], hasGap: false })
    streamOf(stage).sink.next({ cursor: 'c3', changes: [], hasGap: true })
    await settled()
    stage.hand.frame()
    expect(stage.shown()).toEqual([200])
    expect(stage.streams.map(({ isOpen }) => isOpen)).toEqual([false, true])
    expect(streamOf(stage, 1).after()).toBe('c2')
  })

  test('ignores a stream it has left', async () => {
    const stage = await started()
    const old = streamOf(stage)
    old.sink.next({ cursor: 'x', changes: [], hasGap: true })
    await settled()
    old.sink.next({ cursor: 'c99', changes: [5], hasGap: false })
    old.sink.failed(new Error('late'))
    stage.hand.frame()
    await stage.hand.advance(60_000)
    expect(stage.shown()).toEqual([200])
    expect(stage.loads()).toBe(2)
  })

  test('loads again one second after the server ends a stream', async () => {
    const stage = await started()
    streamOf(stage).sink.failed(new Error('ended'))
    await stage.hand.advance(999)
    expect(stage.loads()).toBe(1)
    await stage.hand.advance(1)
    expect(stage.loads()).toBe(2)
    expect(stage.streams).toHaveLength(2)
  })

  test('leaves a refused stream to the next poll', async () => {
    const stage = await started()
    stage.connection.socketRefused()
    await stage.hand.advance(0)
    streamOf(stage, 1).sink.failed(new Error('refused'))
    await stage.hand.advance(4_999)
    expect(stage.loads()).toBe(2)
    await stage.hand.advance(1)
    expect(stage.loads()).toBe(3)
  })

  test('tells a failed load and tries it again after five seconds', async () => {
    const stage = arrange()
    stage.answers.push(new Error('refused'))
    stage.view.start()
    await settled()
    expect([stage.view.hasSnapshot, stage.view.error]).toEqual([false, new Error('refused')])
    await stage.hand.advance(5_000)
    expect([stage.view.hasSnapshot, stage.view.error]).toEqual([true, undefined])
  })

  test('tries again at once when the socket is back', async () => {
    const stage = await started()
    stage.answers.push(new Error('refused'))
    stage.connection.socketRefused()
    await stage.hand.advance(0)
    expect([stage.connection.status.kind, stage.loads()]).toEqual(['offline', 2])
    stage.connection.socketOpened()
    await settled()
    expect([stage.loads(), stage.shown(), stage.view.error]).toEqual([3, [300], undefined])
    expect(streamOf(stage, 1).after()).toBe('c3')
  })

  test('asks for a stream again that was refused while polling, once the socket is back', async () => {
    const stage = await started()
    stage.connection.socketRefused()
    await stage.hand.advance(0)
    streamOf(stage, 1).sink.failed(new Error('refused'))
    stage.connection.socketOpened()
    await settled()
    expect(stage.streams.map(({ isOpen }) => isOpen)).toEqual([false, false, true])
  })

  test('does not load twice when the socket opens during the first load', async () => {
    const stage = arrange()
    stage.view.start()
    stage.connection.socketOpened()
    await settled()
    expect(stage.loads()).toBe(1)
  })

  test('keeps what it shows when a later load fails', async () => {
    const stage = await started()
    stage.answers.push(new Error('refused'))
    streamOf(stage).sink.next({ cursor: 'x', changes: [], hasGap: true })
    await settled()
    expect([stage.view.hasSnapshot, stage.shown()]).toEqual([true, [100]])
  })

  test('leaves nothing behind when it stops', async () => {
    const stage = await started()
    streamOf(stage).sink.next({ cursor: 'c2', changes: [1], hasGap: false })
    stage.view.stop()
    expect(stage.hand.waiting()).toBe(0)
    expect(stage.streams.map(({ isOpen }) => isOpen)).toEqual([false])
    expect(stage.shown()).toEqual([100])
  })

  test('polls with a stream of its own snapshot, so that a returning socket replays nothing twice', async () => {
    const stage = await started()
    for (let failure = 0; failure < 4; failure += 1) stage.connection.socketLost()
    await stage.hand.advance(0)
    expect(stage.connection.status.kind).toBe('polling')
    expect(stage.shown()).toEqual([200])
    expect(stage.streams.map(({ isOpen }) => isOpen)).toEqual([false, true])
    expect(streamOf(stage, 1).after()).toBe('c2')
  })
})

describe('a view that nobody looks at', () => {
  test('stops after ten seconds, and shows everything anew when somebody does', async () => {
    const stage = await started()
    stage.attention.hide(true)
    await stage.hand.advance(9_999)
    expect(stage.streams.map(({ isOpen }) => isOpen)).toEqual([true])
    await stage.hand.advance(1)
    expect(stage.streams.map(({ isOpen }) => isOpen)).toEqual([false])
    await stage.hand.advance(3_600_000)
    expect([stage.loads(), stage.hand.waiting()]).toEqual([1, 0])
    stage.attention.hide(false)
    await settled()
    expect([stage.loads(), stage.shown(), streamOf(stage, 1).after()]).toEqual([2, [200], 'c2'])
  })

  test('goes on as if nothing were when it was hidden for a moment', async () => {
    const stage = await started()
    stage.attention.hide(true)
    await stage.hand.advance(9_000)
    stage.attention.hide(false)
    await stage.hand.advance(60_000)
    expect([stage.loads(), stage.streams.length, streamOf(stage).isOpen]).toEqual([1, 1, true])
  })

  test('reads once when it was opened out of sight, and follows when it is seen', async () => {
    const stage = arrange()
    stage.attention.hide(true)
    await stage.hand.advance(10_000)
    stage.view.start()
    await settled()
    expect([stage.loads(), stage.streams.length]).toEqual([1, 0])
    stage.attention.hide(false)
    await settled()
    expect([stage.loads(), stage.streams.length]).toEqual([2, 1])
  })

  test('neither polls nor takes up a stream when the socket comes back', async () => {
    const stage = await started()
    stage.attention.hide(true)
    await stage.hand.advance(10_000)
    for (let failure = 0; failure < 4; failure += 1) stage.connection.socketLost()
    await stage.hand.advance(30_000)
    stage.connection.socketOpened()
    await settled()
    expect([stage.loads(), stage.streams.length]).toEqual([1, 1])
  })
})

describe('a view that is paused by hand', () => {
  test('holds back what comes, says how much, and shows it when it goes on', async () => {
    const stage = await started()
    stage.attention.pause(true)
    streamOf(stage).sink.next({ cursor: 'c2', changes: [1, 2], hasGap: false })
    streamOf(stage).sink.next({ cursor: 'c3', changes: [3], hasGap: false })
    expect([stage.hand.frame(), stage.shown(), stage.attention.heldCount]).toEqual([0, [100], 3])
    stage.attention.pause(false)
    expect([stage.hand.frame(), stage.shown(), stage.attention.heldCount]).toEqual([1, [100, 1, 2, 3], 0])
    expect(stage.loads()).toBe(1)
  })

  test('keeps its picture through a gap and a broken stream, and reads anew when it goes on', async () => {
    const stage = await started()
    stage.attention.pause(true)
    streamOf(stage).sink.next({ cursor: 'c2', changes: [], hasGap: true })
    stage.connection.socketLost()
    stage.connection.socketOpened()
    await stage.hand.advance(60_000)
    expect([stage.loads(), stage.shown()]).toEqual([1, [100]])
    stage.attention.pause(false)
    await settled()
    expect([stage.loads(), stage.shown(), streamOf(stage, 1).isOpen]).toEqual([2, [200], true])
  })

  test('drops what is more than anybody reads, and reads anew', async () => {
    const stage = await started()
    stage.attention.pause(true)
    streamOf(stage).sink.next({ cursor: 'c2', changes: Array.from({ length: 5_001 }, (_, index) => index), hasGap: false })
    expect([streamOf(stage).isOpen, stage.attention.heldCount]).toEqual([false, 5_001])
    stage.attention.pause(false)
    await settled()
    expect([stage.loads(), stage.shown(), stage.attention.heldCount]).toEqual([2, [200], 0])
  })
})
