import { countFlowRuns, sliceFlowRuns } from '../../core/flow-runs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalidAt } from '../../kernel/errors.ts'
import type { Condition } from '../../kernel/filters.ts'
import type { Types } from './connections.ts'
import type { FlowRunFilter } from './flow-runs.ts'

/** Each run is a transaction of its own; who has more to change asks again. */
export const MOST_AT_ONCE = 200

export type Meant = { ids?: readonly string[] | null | undefined; filter?: typeof FlowRunFilter.$inferInput | null | undefined }

/** The runs that ids and filter mean together: how many there are, and the first of them; also of those among them that fulfil more. */
export function meant(ctx: Ctx, { ids, filter }: Meant) {
  if (!ids && !filter) throw invalidAt(['ids'], 'is needed where there is no filter')
  const asked = (more: readonly Condition[]) => ({
    filter,
    also: [...(ids ? [{ is: 'oneOf' as const, property: 'id', values: ids }] : []), ...more],
  })
  return {
    count: (more: readonly Condition[] = []) => countFlowRuns(ctx, asked(more)),
    first: async (more: readonly Condition[] = [], limit = MOST_AT_ONCE) =>
      (await sliceFlowRuns(ctx, { ...asked(more), limit })).map(({ run }) => run),
  }
}

export interface Matched {
  readonly matched: { readonly value: number; readonly isExact: boolean }
}

export const matchedFields = <Answer extends Matched>(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Answer>) => ({
  matchedCount: t.int({ description: 'How many runs were meant, counted to 10 000.', resolve: answer => answer.matched.value }),
  isMatchedCountExact: t.boolean({ description: 'False when there are more.', resolve: answer => answer.matched.isExact }),
})
