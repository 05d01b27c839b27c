import { readStored, writeStored } from '../stored.ts'
import { tellMomentsIn } from './words.ts'

const ZONE_KEY = 'castellan.zone'
const AGO_KEY = 'castellan.moments'

export const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

const stored = readStored(ZONE_KEY)
let zone = $state(stored !== null && isZone(stored) ? stored : undefined)
let isExact = $state(readStored(AGO_KEY) === 'exact')

tellMomentsIn(() => zone)

/** How moments are told, kept in this browser. */
export const moments = {
  /** An IANA name; undefined is the zone of the browser. */
  get zone() {
    return zone
  },
  set zone(next: string | undefined) {
    zone = next
    writeStored(ZONE_KEY, next ?? '')
  },
  /** By the clock instead of by how long ago. */
  get isExact() {
    return isExact
  },
  set isExact(next: boolean) {
    isExact = next
    writeStored(AGO_KEY, next ? 'exact' : 'ago')
  },
}
