import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LoadMessage, LoadOrder, LoadResult } from './load.ts'
import { cpuMicrosecondsOf } from './machine.ts'

export interface Figure extends LoadResult {
  /** CPU time of the server's process for each operation, all threads; null where the system does not tell. */
  serverCpuMicroseconds: number | null
}

/** Runs a load in a process of its own beside a server, and answers what it and the server's process have to tell. */
export function runLoad(order: LoadOrder, serverPid: number | null): Promise<Figure> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), [JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let cpuBefore: number | null = null
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`The load ended with code ${code}.`)))
    child.on('message', (message: LoadMessage) => {
      if (message.is === 'warm') {
        cpuBefore = cpuMicrosecondsOf(serverPid)
        child.send('go')
        return
      }
      const cpuAfter = cpuMicrosecondsOf(serverPid)
      const { result } = message
      const isKnown = cpuBefore !== null && cpuAfter !== null && result.operations > 0
      resolve({ ...result, serverCpuMicroseconds: isKnown ? (cpuAfter! - cpuBefore!) / result.operations : null })
    })
  })
}
