import { z } from 'zod'
import { parseInstant, toIso } from '../../kernel/clock.ts'
import type { CommandEnv } from '../../kernel/context.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { instantSchema, jsonObject, uuid } from '../../kernel/inputs.ts'
import type { Json } from '../orchestration/index.ts'
import { defaultName, type ProposedState, type StateDetails, stateTypes } from '../states/index.ts'

const times = ['scheduled_time', 'pause_timeout'] as const

/** Kept as they come but for the times among them, which the rules read. */
const details = jsonObject.superRefine((given, context) => {
  for (const key of times) {
    const time = given[key] ?? null
    if (time === null || (typeof time === 'string' && parseInstant(time) !== undefined)) continue
    context.addIssue({ code: 'custom', path: [key], message: 'is not an ISO-8601 time' })
  }
})

/** A state somebody asks for. `details` are the SDK's own keys; `scheduledTime` is the one a person needs. */
export const stateInput = z.object({
  type: z.enum(stateTypes),
  name: z.string().nullish(),
  message: z.string().nullish(),
  data: z.unknown().optional(),
  scheduledTime: instantSchema.nullish(),
  details: details.nullish(),
})

export type StateInput = z.output<typeof stateInput>

export function toProposal({ type, name, message, data, scheduledTime, details }: StateInput): ProposedState {
  const scheduled = scheduledTime === null || scheduledTime === undefined ? {} : { scheduled_time: toIso(scheduledTime) }
  return {
    type,
    name: name ?? defaultName(type),
    message: message ?? null,
    data: data ?? null,
    details: { ...(details as StateDetails), ...scheduled },
  }
}

export const newFlowRun = z.object({
  flowId: uuid,
  name: z.string().min(1).nullish(),
  deploymentId: uuid.nullish(),
  parentTaskRunId: uuid.nullish(),
  flowVersion: z.string().nullish(),
  idempotencyKey: z.string().nullish(),
  parameters: jsonObject.default({}),
  context: jsonObject.default({}),
  empiricalPolicy: jsonObject.default({}),
  tags: z.array(z.string()).default([]),
  labels: jsonObject.default({}),
  jobVariables: jsonObject.default({}),
  state: stateInput.nullish(),
})

export type NewFlowRun = z.output<typeof newFlowRun>

/** Parameters are read with every run: what is large belongs into a store, and its address here. */
export function refuseLargeParameters({ settings }: Pick<CommandEnv, 'settings'>, parameters: Json): void {
  const size = Buffer.byteLength(JSON.stringify(parameters))
  if (size > settings.maxParameterSize)
    throw invalidAt(['parameters'], `must be at most ${settings.maxParameterSize} bytes of JSON and are ${size}`)
}
