import { browserScheduler } from '../live/schedule.ts'
import { createAnnouncer } from './announcer.ts'
import { createToastRack, type ShownToast, type Toast } from './toast-rack.ts'

let shown = $state.raw<ShownToast>()
let spoken = $state('')

const announceText = createAnnouncer(browserScheduler, text => {
  spoken = text
})
const rack = createToastRack(browserScheduler, next => {
  shown = next
})

/** Says something to those who hear the page and do not see it. */
export const announce = announceText

/** Tells in one sentence what was done, or what went wrong. */
export const toast = (next: Toast): void => {
  rack.show(next)
  announce([next.text, next.name].filter(Boolean).join(' ') + (next.undo ? '. Press Z to undo.' : '.'))
}

export const toasts = {
  ...rack,
  get shown() {
    return shown
  },
  get spoken() {
    return spoken
  },
}
