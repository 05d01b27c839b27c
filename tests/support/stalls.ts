// CASTELLAN_TEST_STALLS=1: what a busy machine does now and then, done on purpose. A test that depends on who is faster fails.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export const areStallsWanted = process.env['CASTELLAN_TEST_STALLS'] === '1'

/** Of what is mostly short, and long now and then. */
const anyTime = (short: number, long: number): number => Math.random() * (Math.random() < 0.1 ? long : short)

/** Every process of the run stands still now and then: all of them import `stall.ts` first. */
export function stallProcesses(): void {
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${new URL('stall.ts', import.meta.url).href}`
}

export function standStill(): void {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  const stall = () => {
    Atomics.wait(cell, 0, 0, anyTime(30, 400))
    setTimeout(stall, 20 + 300 * Math.random()).unref()
  }
  stall()
}

/** A port that leads to another, with what goes through it late now and then, each way in its order. Answers the port. */
export async function openLateDoor(leadsTo: number): Promise<number> {
  const server = createServer(socket => {
    const other = connect(leadsTo, '127.0.0.1')
    passLate(socket, other)
    passLate(other, socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return (server.address() as AddressInfo).port
}

function passLate(from: Socket, to: Socket): void {
  let passed = Promise.resolve()
  const next = (pass: () => void, milliseconds = 0) => {
    passed = passed.then(() => sleep(milliseconds)).then(() => void (to.destroyed || pass()))
  }
  from.setNoDelay()
  from.on('data', chunk => next(() => to.write(chunk), Math.random() < 0.7 ? 0 : anyTime(15, 250)))
  from.on('end', () => next(() => to.end()))
  from.on('close', () => next(() => to.destroy()))
  from.on('error', () => to.destroy())
}
