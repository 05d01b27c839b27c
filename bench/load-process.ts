// The load of a benchmark runs in a process of its own: beside the server, and not in it.
import { fork } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { cpuMicrosecondsOf } from './machine.ts'

type Message<Result> = { is: 'warm' } | { is: 'done'; result: Result }

export interface LoadCost {
  /** CPU time of the server's process for each operation, all threads; null where the system does not tell. */
  serverCpuMicroseconds: number | null
}

/** Runs the program `file` with an order, and answers what it and the server's process have to tell. */
export function runLoadProcess<Result extends { operations: number }>(
  file: URL,
  order: object,
  serverPid: number | null,
): Promise<Result & LoadCost> {
  const child = fork(file, [JSON.stringify(order)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let cpuBefore: number | null = null
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`The load ended with code ${code}.`)))
    child.on('message', (message: Message<Result>) => {
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

/**
 * The other end, in the program itself: does nothing where that is only imported. `load` calls `warm` when the counting may begin: the starter reads the
 * server's clocks before it goes on.
 */
export async function serveLoad<Order, Result>(moduleUrl: string, load: (order: Order, warm: () => Promise<void>) => Promise<Result>) {
  if (moduleUrl !== pathToFileURL(process.argv[1] ?? '').href) return
  const tell = (message: Message<Result>) => process.send!(message)
  const warm = () =>
    new Promise<void>(resolve => {
      process.once('message', () => resolve())
      tell({ is: 'warm' })
    })
  tell({ is: 'done', result: await load(JSON.parse(process.argv[2]!) as Order, warm) })
  process.disconnect!()
}
