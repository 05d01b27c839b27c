import { attention } from '../client.ts'

let isPaused = $state(attention.isPaused)
let heldCount = $state(attention.heldCount)

attention.subscribe(() => {
  isPaused = attention.isPaused
  heldCount = attention.heldCount
})

/** Everything live held still by hand: on all that the page shows, until it is told to go on. */
export const pause = {
  get isOn() {
    return isPaused
  },
  /** How many changes wait to be shown. */
  get heldCount() {
    return heldCount
  },
  toggle: () => attention.pause(!attention.isPaused),
}
