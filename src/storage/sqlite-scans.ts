import { Worker } from 'node:worker_threads'
import { unavailable } from '../kernel/errors.ts'
import type { Answer, Question } from './sqlite-scanner.ts'

export interface Scans {
  /** The rows of each statement, all of one moment. */
  read(statements: Question['statements']): Promise<readonly Record<string, unknown>[][]>
  close(): Promise<void>
}

/** The other end of the thread that scans: started with the first scan, and anew after it has broken. */
export function createScans(scanner: URL, path: string): Scans {
  let worker: Worker | undefined
  let newestId = 0
  const waiting = new Map<number, PromiseWithResolvers<readonly Record<string, unknown>[][]>>()

  const start = (): Worker => {
    const started = new Worker(scanner, { workerData: path })
    started.unref()
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('rows' in answer) asked?.resolve(answer.rows)
      else asked?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }))
    })
    started.on('error', error => abandon(started, error))
    started.on('exit', () => abandon(started, undefined))
    return started
  }
  const abandon = (broken: Worker, cause: unknown) => {
    if (worker !== broken) return
    worker = undefined
    for (const asked of waiting.values()) asked.reject(unavailable('The thread that searches the database has ended.', cause))
    waiting.clear()
  }

  return {
    read(statements) {
      worker ??= start()
      const id = ++newestId
      const asked = Promise.withResolvers<readonly Record<string, unknown>[][]>()
      waiting.set(id, asked)
      worker.postMessage({ id, statements } satisfies Question)
      return asked.promise
    },
    async close() {
      await worker?.terminate()
    },
  }
}
