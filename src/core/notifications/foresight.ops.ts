import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'
import { action, query } from '../../kernel/operation.ts'
import { readByIds } from '../../kernel/paging.ts'
import type { ChannelAnswer } from '../channels/index.ts'
import { EventEntity, eventConditions } from '../events/index.ts'
import { FlowRun } from '../flow-runs/index.ts'
import { flowsByIds } from '../flows/index.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import { type Composed, composeOne } from './compose.ops.ts'
import { newDelivery } from './delivery.rules.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyInput } from './notification-policy.inputs.ts'
import { matchesPolicy } from './notification-policy.rules.ts'
import { type Occurrence, occurrenceOf } from './occurrence.ts'
import { type ChannelForm, openChannel, renderThrough, sendThrough } from './send.ts'
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
  readonly channelForms: readonly ChannelForm[]
}

/** Channels may still be missing from what is only looked at. */
const draft = policyInput.extend({ channelIds: z.array(uuid).max(10).default([]) })

/** What a policy would have done, had it been there: judged by the code that judges for the outbox, over the events that the log still has. */
export const previewNotificationPolicy = query('notification-policy.preview', {
  input: z.object({ draft, start: instantSchema, end: instantSchema, flowRunId: uuid.nullish() }),
  needs: 'notification-policy:read',
  async run(ctx, { draft, start, end, flowRunId }): Promise<PolicyPreview> {
    const policy = asPolicy(ctx, draft)
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
      channelForms: await Promise.all(policy.channelIds.map(id => renderThrough(ctx, id, message))),
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

export interface TestAnswer {
  readonly channelId: string
  readonly answer: ChannelAnswer
}

/** Really sends, to each channel, what would be said of a run, or of a made-up one, and answers what the channels answered. */
export const sendTestNotification = action('notification-policy.test', {
  input: z.object({
    channelIds: z.array(uuid).min(1).max(10),
    subjectTemplate: policyInput.shape.subjectTemplate,
    messageTemplate: policyInput.shape.messageTemplate,
    flowRunId: uuid.nullish(),
  }),
  needs: 'notification-policy:write',
  subject: ({ channelIds }) => channelIds[0]!,
  async run(ctx, { flowRunId, ...parts }): Promise<TestAnswer[]> {
    const occurrence = flowRunId ? await occurrenceOfRun(ctx, flowRunId) : madeUp(ctx)
    if (!occurrence) throw notFound('Flow run', flowRunId!)
    const policy = asPolicy(ctx, policyInput.parse(parts))
    const message = await composeFor(ctx, policy, occurrence)
    const test = { ...message, subject: `Test: ${message.subject}` }
    return Promise.all(
      parts.channelIds.map(async channelId => ({ channelId, answer: await sendThrough(ctx, await openChannel(ctx, channelId), test) })),
    )
  },
})

const asPolicy = (ctx: Ctx, parts: z.output<typeof draft>): NotificationPolicyRecord => {
  const now = ctx.clock.now()
  return {
    ...parts,
    id: ctx.ids.uuid(),
    workspaceId: ctx.workspace.id,
    isActive: true,
    mutedUntil: null,
    activeSince: 0,
    created: now,
    updated: now,
  } as NotificationPolicyRecord
}

function composeFor(ctx: Ctx, policy: NotificationPolicyRecord, occurrence: Occurrence): Promise<Composed> {
  const queued = { kind: 'ALERT', policy, occurrence, groupKey: null, channelId: policy.id, status: 'PENDING', reason: null } as const
  return composeOne(ctx, newDelivery(ctx, queued), policy)
}

async function occurrenceOfRun(ctx: Ctx, id: string): Promise<Occurrence | undefined> {
  const [run] = await readByIds<FlowRunRecord>(ctx.read, FlowRun, [id])
  if (!run) return undefined
  const [flow] = await flowsByIds(ctx, { ids: [run.flowId] })
  return {
    ...run,
    flowRunId: run.id,
    flowRunName: run.name,
    flowName: flow?.name ?? '',
    stateId: run.stateId ?? run.id,
    stateType: run.stateType ?? 'PENDING',
    stateName: run.stateName ?? 'Pending',
    stateTimestamp: run.stateTimestamp ?? run.created,
    stateMessage: null,
  }
}

const madeUp = (ctx: Ctx): Occurrence => ({
  workspaceId: ctx.workspace.id,
  flowRunId: ctx.ids.uuid(),
  flowRunName: 'fuzzy-leopard',
  flowId: ctx.ids.uuid(),
  flowName: 'daily-etl',
  deploymentId: null,
  tags: ['daily-etl'],
  stateId: ctx.ids.uuid(),
  stateType: 'FAILED',
  stateName: 'Failed',
  stateTimestamp: ctx.clock.now(),
  stateMessage: 'This run was made up for a test.',
})
