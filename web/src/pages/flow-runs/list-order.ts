import type { FlowRunRowFragment } from '../../generated/graphql.ts'
import { compareText } from '../../live/text-order.ts'

type Placed = Pick<FlowRunRowFragment, 'id' | 'expectedStartTime' | 'startTime' | 'stateTimestamp'>

export const expectedStart = (run: Placed): string => run.expectedStartTime ?? run.startTime ?? run.stateTimestamp ?? ''

export const newestFirst = (left: Placed, right: Placed) =>
  compareText(expectedStart(right), expectedStart(left)) || compareText(right.id, left.id)

export const oldestFirst = (left: Placed, right: Placed) => newestFirst(right, left)
