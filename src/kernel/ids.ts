import { randomBytes } from 'node:crypto'
import type { Clock, Instant } from './clock.ts'

export interface Ids {
  /** A UUIDv7: sorts by the time it was made. */
  uuid(): string
  /** A number in [0, 1). */
  random(): number
  /** Bytes that nobody can guess, at most 4096: what keys and nonces are made of. */
  bytes(count: number): Buffer
}

/** UUIDv7 of RFC 9562, monotonic within a millisecond by a 12-bit counter. Random bytes are drawn in blocks: a system call each would be most of the cost. */
export function createIds(clock: Clock): Ids {
  let lastMillisecond = 0
  let counter = 0
  let pool = Buffer.alloc(0)
  let used = 0
  const bytes = (count: number): Buffer => {
    if (used + count > pool.length) {
      pool = randomBytes(4096)
      used = 0
    }
    used += count
    return pool.subarray(used - count, used)
  }
  return {
    uuid() {
      const millisecond = Math.max(Math.floor(clock.now() / 1000), lastMillisecond)
      counter = millisecond === lastMillisecond ? counter + 1 : bytes(1)[0]!
      lastMillisecond = counter > 0xfff ? millisecond + 1 : millisecond
      if (counter > 0xfff) counter = 0
      return format(lastMillisecond, counter, bytes(8))
    },
    random: () => bytes(4).readUInt32BE() / 0x1_0000_0000,
    bytes,
  }
}

function format(millisecond: number, counter: number, random: Buffer): string {
  const time = millisecond.toString(16).padStart(12, '0')
  const tail = random.toString('hex')
  const variant = ((random[0]! & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(2, 4)}-${tail.slice(4)}`
}

/** When a UUIDv7 was made, to the millisecond. */
export const instantOfUuid = (uuid: string): Instant => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16) * 1000

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (text: unknown): text is string => typeof text === 'string' && uuidPattern.test(text)
