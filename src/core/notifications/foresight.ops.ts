import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { readByIds } from '../../kernel/paging.ts'
import { EventEntity, eventConditions } from '../events/index.ts'
import { FlowRun } from '../flow-runs/index.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import type { Composed } from './compose.ops.ts'
import { type DraftChannel, draftChannelChoices, draftChannelsFrom, draftOf } from './draft-channels.ts'
import { asPolicy, composeFor, madeUp, occurrenceOfRun } from './drafted-message.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyInput } from './notification-policy.inputs.ts'
import { matchesPolicy } from './notification-policy.rules.ts'
import { type Occurrence, occurrenceOf } from './occurrence.ts'
import { areChosenTwice, CHOSEN_TWICE } from './policy-channels.ts'
import { type ChannelForm, renderThrough } from './send.ts'
import { type GroupMemory, groupKeyOf, judgeStorm, quiet } from './storm.rules.ts'

const PAGE = 500
const MOST_EVENTS = 20_000
const MOST_EXAMPLES = 20

export interface PreviewedMatch {
  readonly occurrence: Occurrence
  /** Whether it would have been a message of its own, or have waited for a digest, and why. */
  readonly isFolded: boolean
  readonly reason: string | null
}

export interface PolicyPreview {
  /** The draft, with what it would be where it says nothing. */
  readonly policy: NotificationPolicyRecord
  /** How far back the log was looked at: not further than it is kept, nor than 20 000 events. */
  readonly since: Instant
  readonly transitionCount: number
  readonly matchCount: number
  /** How many of the matches would have been messages of their own; the others go into digests. */
  readonly messageCount: number
  /** The newest matches. */
  readonly examples: readonly PreviewedMatch[]
  /** What would be said of the chosen run, or of the newest match, or of a made-up run. */
  readonly message: Composed
  /** The same in the form that each channel of the draft gives it. */
  readonly channelForms: readonly (ChannelForm & { readonly channel: DraftChannel })[]
}

const draft = policyInput.extend(draftChannelChoices).refine(input => !areChosenTwice(input), CHOSEN_TWICE)

/** What a policy would have done, had it been there: judged by the code that judges for the outbox, over the events that the log still has. */
export const previewNotificationPolicy = query('notification-policy.preview', {
  input: z.object({ draft, start: instantSchema, end: instantSchema, flowRunId: uuid.nullish() }),
  needs: 'notification-policy:read',
  async run(ctx, { draft, start, end, flowRunId }): Promise<PolicyPreview> {
    const { channels: _channels, ...parts } = draft
    const channels = await draftChannelsFrom(ctx, draft)
    const policy = asPolicy(ctx, { ...parts, channelIds: channels.map(({ id }) => id) })
    const { occurrences, transitionCount, since } = await pastOccurrences(ctx, policy, { start, end })
    const deployed = await withDeployments(ctx, occurrences)
    const matches = replay(
      policy,
      deployed.filter(occurrence => matchesPolicy(policy, occurrence)),
    )
    const chosen = (flowRunId ? await occurrenceOfRun(ctx, flowRunId) : undefined) ?? matches.at(-1)?.occurrence ?? madeUp(ctx)
    const message = await composeFor(ctx, policy, chosen)
    return {
      policy,
      since,
      transitionCount,
      matchCount: matches.length,
      messageCount: matches.filter(({ isFolded }) => !isFolded).length,
      examples: matches.toReversed().slice(0, MOST_EXAMPLES),
      message,
      channelForms: channels.map(channel => ({ channel: draftOf(channel), ...renderThrough(ctx, channel.opened, message) })),
    }
  },
})

interface Past {
  /** What the policy would have looked at, but for deployments; oldest first. */
  readonly occurrences: readonly Occurrence[]
  readonly transitionCount: number
  readonly since: Instant
}

/** Page by page, so that of a busy time only what matches is kept. */
async function pastOccurrences(
  ctx: Ctx,
  policy: NotificationPolicyRecord,
  { start, end }: { readonly start: Instant; readonly end: Instant },
): Promise<Past> {
  const where = eventConditions({ namePrefixes: ['prefect.flow-run.'], occurredAfter: start, occurredBefore: end })
  const found: Occurrence[] = []
  let transitionCount = 0
  let oldest: LogEvent | undefined
  for (let count = 0; count < MOST_EVENTS; count += PAGE) {
    const page = (await ctx.read.select({
      entity: EventEntity,
      where,
      orderBy: [
        ['occurred', 'desc'],
        ['seq', 'desc'],
      ],
      limit: PAGE,
      ...(oldest ? { after: [oldest.occurred, oldest.seq] } : {}),
    })) as unknown as LogEvent[]
    const occurrences = page.flatMap(event => occurrenceOf(event) ?? [])
    transitionCount += occurrences.length
    found.push(...occurrences.filter(occurrence => matchesPolicy({ ...policy, deploymentIds: [] }, occurrence)))
    oldest = page.at(-1) ?? oldest
    if (page.length < PAGE) return { occurrences: found.reverse(), transitionCount, since: start }
  }
  return { occurrences: found.reverse(), transitionCount, since: oldest?.occurred ?? start }
}

async function withDeployments(ctx: Ctx, occurrences: readonly Occurrence[]): Promise<Occurrence[]> {
  const ids = [...new Set(occurrences.map(({ flowRunId }) => flowRunId))]
  const deployments = new Map<string, string | null>()
  for (let index = 0; index < ids.length; index += PAGE) {
    const some = ids.slice(index, index + PAGE)
    const runs = await readByIds<Pick<FlowRunRecord, 'deploymentId'>>(ctx.read, FlowRun, some, ['id', 'deploymentId'])
    for (const [at, run] of runs.entries()) deployments.set(some[at]!, run?.deploymentId ?? null)
  }
  return occurrences.map(one => ({ ...one, deploymentId: deployments.get(one.flowRunId) ?? null }))
}

/** As if each had come to the outbox when it happened. */
function replay(policy: NotificationPolicyRecord, occurrences: readonly Occurrence[]): PreviewedMatch[] {
  const groups = new Map<string, GroupMemory>()
  return occurrences.map(occurrence => {
    const key = groupKeyOf(policy, occurrence)
    const now = occurrence.stateTimestamp
    const { status, reason, memory } = judgeStorm(policy, told((key !== null && groups.get(key)) || quiet, now), now)
    if (key !== null) groups.set(key, memory)
    return { occurrence, isFolded: status === 'HELD', reason }
  })
}

/** A digest that was due has gone out meanwhile. */
const told = (memory: GroupMemory, now: Instant): GroupMemory =>
  memory.digestDueAt && memory.digestDueAt <= now
    ? { ...memory, lastSentAt: memory.digestDueAt, digestDueAt: null, windowCount: memory.windowCount + 1 }
    : memory
