import type { FlowRunRowFragment } from '../../generated/graphql.ts'

export const expectedStart = (run: FlowRunRowFragment): string => run.expectedStartTime ?? run.startTime ?? run.stateTimestamp ?? ''

export const newestFirst = (left: FlowRunRowFragment, right: FlowRunRowFragment) =>
  compareText(expectedStart(right), expectedStart(left)) || compareText(right.id, left.id)

// Times and ids are of fixed width: plain comparison is their order, and localeCompare costs a hundred times as much.
const compareText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)
