import { type Difference, same, withoutPythonNames } from '../compare.ts'

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
      same({ ...recorded, changed: {}, reason: withoutPythonNames(recorded.reason) }, { ...ours, changed: {} }),
  },
]
