import type { FlowRunRowFragment } from '../../generated/graphql.ts'
import { compareText } from '../../live/text-order.ts'

export const expectedStart = (run: FlowRunRowFragment): string => run.expectedStartTime ?? run.startTime ?? run.stateTimestamp ?? ''

export const newestFirst = (left: FlowRunRowFragment, right: FlowRunRowFragment) =>
  compareText(expectedStart(right), expectedStart(left)) || compareText(right.id, left.id)
