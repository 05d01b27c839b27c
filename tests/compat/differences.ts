import type { Mismatch } from './compare.ts'

export interface Difference {
  readonly reason: string
  covers(mismatch: Mismatch): boolean
}

/** Where our answer is not the peer's, on purpose. */
export const differences: readonly Difference[] = [
  {
    reason:
      'A refused proposal changes nothing. The peer marks the run as resuming although it has just refused to resume it, so that a later resume does not count as a run; and it names the types by their Python names.',
    covers: ({ recorded, ours }) =>
      recorded !== undefined &&
      recorded.status === 'REJECT' &&
      Object.keys(ours.changed).length === 0 &&
      Object.keys(recorded.changed).every(column => column === 'resuming') &&
      same({ ...recorded, changed: {}, reason: recorded.reason?.replaceAll('StateType.', '') }, { ...ours, changed: {} }),
  },
]

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other)
