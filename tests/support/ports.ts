import { createServer } from 'node:net'

/** Below what systems hand out themselves: such a port stays free while a server that is killed and started again has let go of it. */
const FIRST = 12_000
const LAST = 31_999
/** More than one process asks for. */
const EACH = 50

let next = FIRST + ((process.pid * EACH) % (LAST - FIRST + 1))

/** A port of the loopback address that is free, and that no other test is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next
    next = next === LAST ? FIRST : next + 1
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
