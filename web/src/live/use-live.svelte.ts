import { attention, connection } from '../client.ts'
import { createLiveView, type LiveSource, type LiveView } from './live-view.ts'
import { browserScheduler } from './schedule.ts'

export interface Live<Shown> {
  readonly shown: Shown
  readonly error: unknown
  readonly isReady: boolean
  retry(): void
  /** Reads again what is known here: for a change made by hand, which no flush follows. */
  redraw(): void
}

/** Ties a live view to the component that uses it; `read` is called again once per flush, never in between. */
export const useLive = <Snapshot, Change, Shown>(source: LiveSource<Snapshot, Change>, read: () => Shown): Live<Shown> => {
  let shown = $state.raw<Shown>(read())
  let error = $state.raw<unknown>()
  let isReady = $state(false)

  const view: LiveView = createLiveView(source, {
    scheduler: browserScheduler,
    connection,
    attention,
    onFlush() {
      shown = read()
      error = view.error
      isReady = view.hasSnapshot
    },
  })

  $effect(() => {
    view.start()
    return () => view.stop()
  })

  return {
    get shown() {
      return shown
    },
    get error() {
      return error
    },
    get isReady() {
      return isReady
    },
    retry: () => view.retry(),
    redraw() {
      shown = read()
    },
  }
}
