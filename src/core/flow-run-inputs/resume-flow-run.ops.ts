import { z } from 'zod'
import { toIso } from '../../kernel/clock.ts'
import type { MutationCtx } from '../../kernel/context.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { mutation } from '../../kernel/operation.ts'
import { type FlowRunAnswer, findFlowRun, setFlowRunState, type TransitionAnswer } from '../flow-runs/index.ts'
import { fillPlaceholders, reasonUnfilled, variablesOf } from '../variables/index.ts'
import { FlowRunInput } from './flow-run-input.entity.ts'
import { createFlowRunInput } from './flow-run-input.ops.ts'
import { type Keyset, keysetOf, misfitOf } from './run-input.rules.ts'

/**
 * Lets a paused run go on: where it waits, or scheduled anew when it was suspended. A pause that asked for input gets it once it fits the schema it
 * was asked with. A run that is not paused is an answer, not an error: ABORT, without a state.
 */
export const resumeFlowRun = mutation('flow-run.resume', {
  input: z.object({ id: uuid, runInput: jsonObject.nullish() }),
  needs: 'flow-run:write',
  async run(ctx, { id, runInput }): Promise<TransitionAnswer> {
    const found = await findFlowRun(ctx, { id })
    const { state } = found
    if (state?.type !== 'PAUSED') return refusal({ ...found, state: null }, 'ABORT', 'Cannot resume a flow run that is not paused.')

    const keyset = keysetOf(state.details)
    const ground = { ...variablesOf(ctx), field: 'runInput', called: 'run input' }
    const answer = keyset ? await fillPlaceholders(runInput ?? {}, ground).catch(asReason) : {}
    if (typeof answer === 'string') return refusal(found, 'REJECT', answer)
    const misfit = keyset && (await misfitWithQuestion(ctx, id, keyset, answer))
    if (misfit) return refusal(found, 'REJECT', misfit)

    const next = state.details.pause_reschedule
      ? { type: 'SCHEDULED' as const, name: 'Resuming', details: { scheduled_time: toIso(ctx.clock.now()) } }
      : { type: 'RUNNING' as const }
    const transition = await setFlowRunState(ctx, { flowRunId: id, state: next })
    if (keyset && transition.status === 'ACCEPT' && Object.keys(answer).length > 0) {
      await createFlowRunInput(ctx, { flowRunId: id, key: keyset.response, value: JSON.stringify(answer) })
    }
    return transition
  },
  subject: ({ id }) => id,
})

function asReason(error: unknown): string {
  const reason = reasonUnfilled(error)
  if (reason === undefined) throw error
  return reason
}

async function misfitWithQuestion(ctx: MutationCtx, flowRunId: string, keyset: Keyset, answer: unknown): Promise<string | undefined> {
  const question = await ctx.em.findOne(FlowRunInput, { flowRunId, key: keyset.schema })
  return question ? misfitOf(question.value, answer) : 'Run input schema not found.'
}

const refusal = (found: FlowRunAnswer, status: 'ABORT' | 'REJECT', reason: string): TransitionAnswer => ({
  ...found,
  status,
  reason,
  delaySeconds: null,
  isWritten: false,
})
