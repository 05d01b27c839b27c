import { attention, connection } from '../client.ts'
import type { ConnectionStatus } from './connection.ts'

// Timers follow the server's clock, and stand still while nothing is heard from it, or shown: a clock ticking over dead data lies.
let offsetMilliseconds = 0
let now = $state(Date.now())
let status = $state.raw<ConnectionStatus>(connection.status)
let roundTrip = $state<number>()

const isMoving = () => status.kind !== 'reconnecting' && status.kind !== 'offline' && !attention.isPaused

const tick = () => {
  roundTrip = connection.roundTripMilliseconds
  if (isMoving()) now = Date.now() + offsetMilliseconds
  setTimeout(tick, 1000 - ((Date.now() + offsetMilliseconds) % 1000))
}

const goOn = () => {
  if (isMoving()) now = Date.now() + offsetMilliseconds
}
connection.subscribe(next => {
  status = next
  goOn()
})
attention.subscribe(goOn)
tick()

let becomeKnown: () => void = () => undefined
const isKnown = new Promise<void>(resolve => {
  becomeKnown = resolve
})

export const clock = {
  /** Resolves once the server has been asked for its time, whether or not it answered. */
  isKnown,
  becomeKnown,
  /** Milliseconds since the epoch by the server's clock, to the second. */
  get now() {
    return now
  },
  get status() {
    return status
  },
  /** To the server and back, in milliseconds. */
  get roundTrip() {
    return roundTrip
  },
  setFromServer(serverNow: string, askedAt: number, answeredAt: number) {
    offsetMilliseconds = Date.parse(serverNow) - (askedAt + answeredAt) / 2
    now = Date.now() + offsetMilliseconds
    becomeKnown()
  },
}
