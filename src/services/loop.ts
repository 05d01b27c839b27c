import type { Clock, Timer } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/context.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { ServiceTicks } from '../kernel/service-ticks.ts'

export interface Loop {
  /** Asks what is under way to end, and resolves when it has. */
  stop(): Promise<void>
}

export interface LoopOptions {
  /** For the log. */
  readonly name: string
  readonly everyMilliseconds: number
  /** Until the first time; jittered like the others. */
  readonly firstAfterMilliseconds: number
  readonly clock: Clock
  readonly ids: Pick<Ids, 'random'>
  readonly log: Logger
  readonly ticks: ServiceTicks
  run(signal: AbortSignal): Promise<void>
}

/** A tenth earlier or later, so that servers that were started together do not work at the same moments. */
const JITTER = 0.1

/** Does something again and again, one time after the other: the wait begins when the work has ended. A failure is logged, and the next time tries again. */
export function startLoop({ name, everyMilliseconds, firstAfterMilliseconds, clock, ids, log, ticks, run }: LoopOptions): Loop {
  const stopping = new AbortController()
  let timer: Timer
  let underWay: Promise<void> = Promise.resolve()

  const wait = (milliseconds: number) => {
    timer = clock.after(milliseconds * (1 - JITTER + 2 * JITTER * ids.random()), () => void (underWay = tick()))
  }
  const tick = async () => {
    try {
      await run(stopping.signal)
      ticks.ticked(name, null)
    } catch (error) {
      ticks.ticked(name, String(error instanceof Error ? error.message : error))
      log.warn({ error, service: name }, 'A background service failed; it will try again.')
    }
    if (!stopping.signal.aborted) wait(everyMilliseconds)
  }

  ticks.started({ name, everyMilliseconds })
  wait(firstAfterMilliseconds)
  return {
    async stop() {
      stopping.abort()
      timer.stop()
      await underWay
    },
  }
}

/** What a loop needs of the house it works in. */
export const surroundingsOf = ({ clock, ids, log, house }: Ctx) => ({ clock, ids, log, ticks: house.serviceTicks })
