import { z } from 'zod'
import { uuid } from '../../kernel/inputs.ts'
import { stateTypes } from '../states/index.ts'
import { compileTemplate } from './message-template.ts'
import { groupings } from './notification-policy.entity.ts'

const MOST_LISTED = 100
export const MOST_CHANNELS = 10
export const NO_CHANNELS = `must name 1 to ${MOST_CHANNELS} channels`
const LONGEST_WAIT_SECONDS = 7 * 86_400

const distinct = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item)
    .max(MOST_LISTED)
    .transform(values => [...new Set(values)])

/** Things that are named, of which there are many. */
export const referenceList = z.array(z.string().min(1)).max(MOST_LISTED)

export const someChannels = <List extends z.ZodType<readonly unknown[]>>(list: List) =>
  list.refine(({ length }) => length >= 1 && length <= MOST_CHANNELS, NO_CHANNELS)

const word = z.string().trim().min(1, 'must not be empty').max(255)
const wait = z.int().min(0).max(LONGEST_WAIT_SECONDS)

const template = z
  .string()
  .max(20_000)
  .superRefine((text, context) => {
    const { refusal } = compileTemplate(text)
    if (refusal !== null) context.addIssue({ code: 'custom', message: refusal })
  })
  .nullable()

/** What makes a policy; each part can be changed by itself. */
export const policyParts = {
  name: word.nullable(),
  stateNames: distinct(word),
  stateTypes: distinct(z.enum(stateTypes)),
  tags: distinct(word),
  flowIds: distinct(uuid),
  deploymentIds: distinct(uuid),
  channelIds: someChannels(distinct(uuid)),
  subjectTemplate: template,
  messageTemplate: template,
  groupBy: z.enum(groupings),
  groupWaitSeconds: wait,
  repeatIntervalSeconds: wait,
  maxPerWindow: z.int().min(1).max(10_000).nullable(),
  windowSeconds: z.int().min(1).max(LONGEST_WAIT_SECONDS),
  resolveOnCompletion: z.boolean(),
} as const

/** All parts of a policy, with what each is when it is left out. */
export const policyInput = z.object({
  ...policyParts,
  name: policyParts.name.default(null),
  stateNames: policyParts.stateNames.default([]),
  stateTypes: policyParts.stateTypes.default([]),
  tags: policyParts.tags.default([]),
  flowIds: policyParts.flowIds.default([]),
  deploymentIds: policyParts.deploymentIds.default([]),
  subjectTemplate: policyParts.subjectTemplate.default(null),
  messageTemplate: policyParts.messageTemplate.default(null),
  groupBy: policyParts.groupBy.default('NONE'),
  groupWaitSeconds: policyParts.groupWaitSeconds.default(30),
  repeatIntervalSeconds: policyParts.repeatIntervalSeconds.default(300),
  maxPerWindow: policyParts.maxPerWindow.default(null),
  windowSeconds: policyParts.windowSeconds.default(3600),
  resolveOnCompletion: policyParts.resolveOnCompletion.default(false),
})

export const policyChange = z.object(policyParts).partial()

export type PolicyDraft = z.output<typeof policyInput>
