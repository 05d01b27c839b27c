import { z } from 'zod'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { flowRunStatesByIds, flowRunsByIds } from '../flow-runs/index.ts'
import { FlowRunInput } from './flow-run-input.entity.ts'
import { keysetOf, questionOf } from './run-input.rules.ts'

export interface PauseQuestion {
  readonly schema: Readonly<Record<string, unknown>>
  /** What the flow says about it to people. */
  readonly description: string | null
}

/** What a paused run waits to be told; null when it waits for nothing but to be let on. */
export const findPauseQuestion = query('flow-run-input.find-question', {
  input: z.object({ flowRunId: uuid }),
  needs: 'flow-run:read',
  async run(ctx, { flowRunId }): Promise<PauseQuestion | null> {
    const [run] = await flowRunsByIds(ctx, { ids: [flowRunId] })
    if (run?.stateType !== 'PAUSED') return null
    const [state] = await flowRunStatesByIds(ctx, { ids: [run.stateId!] })
    const keyset = state && keysetOf(state.details)
    if (!keyset) return null
    const keys = [keyset.schema, keyset.description].filter(key => key !== undefined)
    const inputs = await ctx.em.find(FlowRunInput, { flowRunId, key: { $in: keys } })
    const textUnder = (key: string | undefined) => inputs.find(input => input.key === key)?.value
    return questionOf(textUnder(keyset.schema), textUnder(keyset.description))
  },
})
