// What a Node process holds on to: its heap after a forced collection, which the resident memory of a process under load does not tell.
import { WebSocket } from 'ws'

/** For the process's environment: its inspector listens on a free port of loopback and says where on standard error. */
export const inspected = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const

export interface Heap {
  /** Megabytes of objects and of buffers outside the heap, after a collection. */
  megabytes(): Promise<number>
  close(): void
}

interface Answer {
  id: number
  result: Record<string, number>
}

/** `output` is what the process has said so far. */
export async function openHeap(output: string): Promise<Heap> {
  const address = /Debugger listening on (ws:\S+)/.exec(output)?.[1]
  if (address === undefined) throw new Error(`The process does not say where its inspector listens:\n${output}`)
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  let asked = 0
  const ask = (method: string) =>
    new Promise<Record<string, number>>(resolve => {
      const id = ++asked
      const read = (data: Buffer) => {
        const answer = JSON.parse(data.toString()) as Answer
        if (answer.id !== id) return
        socket.off('message', read)
        resolve(answer.result)
      }
      socket.on('message', read)
      socket.send(JSON.stringify({ id, method }))
    })
  return {
    async megabytes() {
      await ask('HeapProfiler.collectGarbage')
      const { usedSize, backingStorageSize = 0 } = await ask('Runtime.getHeapUsage')
      return (usedSize! + backingStorageSize) / 1_000_000
    },
    close: () => socket.close(),
  }
}
