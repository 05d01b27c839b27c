import { z } from 'zod'
import type { CommandEnv } from '../../kernel/context.ts'
import { instantSchema, jsonObject, uuid } from '../../kernel/inputs.ts'
import { stateInput } from '../flow-runs/index.ts'
import { blankTaskRun, type EnclosingRun, type TaskRunPolicy, type TaskRunRecord } from '../orchestration/index.ts'

const policy = z.looseObject({
  retries: z.int().nullish(),
  /** Seconds; of a list, each attempt has its own. */
  retry_delay: z.union([z.number(), z.array(z.number()).max(50)]).nullish(),
  retry_jitter_factor: z.number().min(0).nullish(),
})

export const newTaskRun = z.object({
  id: uuid.nullish(),
  flowRunId: uuid.nullish(),
  name: z.string().nullish(),
  taskKey: z.string(),
  dynamicKey: z.string(),
  taskVersion: z.string().nullish(),
  cacheKey: z.string().nullish(),
  cacheExpiration: instantSchema.nullish(),
  empiricalPolicy: policy.default({}),
  tags: z.array(z.string()).default([]),
  labels: jsonObject.default({}),
  taskInputs: jsonObject.default({}),
  state: stateInput.nullish(),
})

export type NewTaskRun = z.output<typeof newTaskRun>

/** A task run as it is before its first state: named after its task, with the labels of its flow run under its own. */
export function taskRunFrom(env: CommandEnv, input: NewTaskRun, flowRun: EnclosingRun | null): TaskRunRecord {
  const { flowRunId = null, taskKey, dynamicKey } = input
  return {
    ...blankTaskRun(env, { id: input.id ?? env.ids.uuid(), flowRunId, taskKey, dynamicKey }),
    name: input.name || `${taskKey.split('-')[0]}-${dynamicKey.slice(0, 3)}`,
    taskVersion: input.taskVersion ?? null,
    cacheKey: input.cacheKey ?? null,
    cacheExpiration: input.cacheExpiration ?? null,
    empiricalPolicy: input.empiricalPolicy as TaskRunPolicy,
    tags: [...new Set(input.tags)],
    labels: { ...flowRun?.labels, ...(flowRunId === null ? {} : { 'prefect.flow-run.id': flowRunId }), ...input.labels },
    taskInputs: input.taskInputs,
  }
}
