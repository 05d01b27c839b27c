import { type Difference, same, withoutPythonNames } from '../compare.ts'

/** Where our answer is not the peer's, on purpose. */
export const differences: readonly Difference[] = [
  {
    reason:
      'A key that is too long lends nothing. The peer says that it is too long, and lends the result all the same; such keys do not fit in an index of PostgreSQL.',
    covers: ({ recorded, ours }) =>
      recorded?.afterwards === 'REJECT COMPLETED Cached' &&
      recorded.reason?.startsWith('Cache key exceeded') === true &&
      same({ ...recorded, afterwards: 'ACCEPT RUNNING Running' }, ours),
  },
  {
    reason: 'The peer names the types of a state by their Python names.',
    covers: ({ recorded, ours }) => recorded !== undefined && same({ ...recorded, reason: withoutPythonNames(recorded.reason) }, ours),
  },
]
