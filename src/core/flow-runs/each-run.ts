import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Condition } from '../../kernel/filters.ts'
import { by } from '../../kernel/paging.ts'
import type { Query } from '../../kernel/storage.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'

/** What flow runs and task runs tell of their times. */
export type Timed = Pick<FlowRunRecord, (typeof timed)[number]>

const timed = ['id', 'sortTime', 'stateType', 'stateName', 'stateTimestamp', 'expectedStartTime', 'startTime', 'totalRunTime'] as const
const CHUNK = 2000

/** Goes through runs a chunk at a time, other work of the server in between: a range of history may hold very many. */
export async function eachRun(ctx: Ctx, entity: Query['entity'], where: readonly Condition[], visit: (run: Timed) => void): Promise<void> {
  let after: readonly unknown[] | undefined
  for (;;) {
    const orderBy = by('sortTime', 'asc')
    const rows = (await ctx.read.select({
      entity,
      where,
      orderBy,
      properties: timed,
      limit: CHUNK,
      ...(after ? { after } : {}),
    })) as unknown as Timed[]
    rows.forEach(visit)
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) return
    after = [last.sortTime, last.id]
    await new Promise<void>(resolve => ctx.clock.nextTurn(resolve))
  }
}

export const expectedBetween = (start: Instant, end: Instant): Condition[] => [
  { is: 'missing', property: 'expectedStartTime', isMissing: false },
  { is: 'atLeast', property: 'sortTime', value: start },
  { is: 'atMost', property: 'sortTime', value: end - 1 },
]
