// Clients that do one lifecycle after the other and note what was acknowledged. What was under way when a server died is nobody's promise.
import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpClient } from '../../bench/http-client.ts'
import { doors } from '../../bench/lifecycle.ts'

export interface Writers {
  /** Ids of states, each acknowledged once. */
  readonly acknowledged: readonly string[]
  /** Answers that were errors, and connections that broke. */
  readonly failures: number
  readonly lastFailure: string
  /** Milliseconds that each acknowledged write took. */
  readonly milliseconds: readonly number[]
  /** Resolves when at least so many have been acknowledged in all. */
  reach(count: number): Promise<void>
  stop(): Promise<void>
}

export interface WriterOptions {
  count: number
  /** Rest between two writes of one writer. Default: none. */
  pauseMilliseconds?: number
}

export function startWriters(urlNow: () => string, { count, pauseMilliseconds = 0 }: WriterOptions): Writers {
  const acknowledged: string[] = []
  const milliseconds: number[] = []
  let failures = 0
  let lastFailure = ''
  let isStopping = false
  let goal = { count: Number.POSITIVE_INFINITY, ...Promise.withResolvers<void>() }

  const note = async (write: () => Promise<{ runId: string; stateId?: string }>): Promise<string> => {
    const startedAt = performance.now()
    const { runId, stateId } = await write()
    milliseconds.push(performance.now() - startedAt)
    acknowledged.push(stateId!)
    if (acknowledged.length >= goal.count) goal.resolve()
    if (pauseMilliseconds > 0) await sleep(pauseMilliseconds)
    return runId
  }

  const work = async () => {
    while (!isStopping) {
      const client = createHttpClient(urlNow())
      try {
        const flowId = await doors.rest.ensureFlow(client, 'faults')
        while (!isStopping) {
          const runId = await note(() => doors.rest.create(client, flowId))
          await note(() => doors.rest.setState(client, runId, 'RUNNING'))
          await note(() => doors.rest.setState(client, runId, 'COMPLETED'))
        }
      } catch (error) {
        failures++
        lastFailure = (error as Error).message
        await sleep(20)
      } finally {
        client.close()
      }
    }
  }
  const all = Array.from({ length: count }, work)

  return {
    acknowledged,
    milliseconds,
    get failures() {
      return failures
    },
    get lastFailure() {
      return lastFailure
    },
    reach(wanted) {
      if (acknowledged.length >= wanted) return Promise.resolve()
      goal = { count: wanted, ...Promise.withResolvers<void>() }
      return goal.promise
    },
    async stop() {
      isStopping = true
      await Promise.all(all)
    },
  }
}
