import type { Scheduler } from '../live/schedule.ts'

const QUIET_MILLISECONDS = 5_000

/** Says what happened to those who hear the page: at most once in five seconds, nothing lost, nothing twice. */
export const createAnnouncer = (scheduler: Scheduler, say: (text: string) => void) => {
  let saidAt = Number.NEGATIVE_INFINITY
  let waiting: string[] = []

  const speak = () => {
    saidAt = scheduler.now()
    say(waiting.join(' '))
    waiting = []
  }

  return (text: string): void => {
    if (waiting.includes(text)) return
    waiting.push(text)
    if (waiting.length > 1) return
    const wait = saidAt + QUIET_MILLISECONDS - scheduler.now()
    if (wait <= 0) speak()
    else scheduler.after(wait, speak)
  }
}
