import { type Instant, seconds } from '../../kernel/clock.ts'
import { timeText } from './message-variables.ts'
import type { NotificationGroupRecord } from './notification-group.entity.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import type { Happening } from './notification-policy.rules.ts'

type Limits = Pick<
  NotificationPolicyRecord,
  'groupBy' | 'groupWaitSeconds' | 'repeatIntervalSeconds' | 'maxPerWindow' | 'windowSeconds' | 'mutedUntil' | 'tags'
>

/** What is remembered of a group. */
export type GroupMemory = Pick<NotificationGroupRecord, 'lastSentAt' | 'digestDueAt' | 'windowStart' | 'windowCount' | 'mutedUntil'>

export interface StormVerdict {
  readonly status: 'PENDING' | 'HELD' | 'MUTED'
  readonly reason: string | null
  readonly memory: GroupMemory
}

export const quiet: GroupMemory = Object.freeze({ lastSentAt: null, digestDueAt: null, windowStart: 0, windowCount: 0, mutedUntil: null })

/** Which runs of a policy are counted together; null where each stands for itself. */
export function groupKeyOf({ groupBy, tags, maxPerWindow }: Limits, happening: Happening): string | null {
  switch (groupBy) {
    case 'FLOW':
      return `flow:${happening.flowId}`
    case 'DEPLOYMENT':
      return `deployment:${happening.deploymentId ?? 'none'}`
    case 'TAG':
      return `tag:${tags.find(tag => happening.tags.includes(tag)) ?? happening.tags.toSorted()[0] ?? ''}`
    case 'NONE':
      return (maxPerWindow ?? null) === null ? null : 'all'
  }
}

/** Whether one more message about a group goes out at once, waits for the digest, or is not sent at all. */
export function judgeStorm(limits: Limits, memory: GroupMemory, now: Instant): StormVerdict {
  const mutedUntil = mutedUntilOf(limits, memory)
  if (mutedUntil > now) return { status: 'MUTED', reason: mutedWords(mutedUntil), memory }
  const current = windowAt(limits, memory, now)
  const due = digestDue(limits, current, now)
  if (due === null) return { status: 'PENDING', reason: null, memory: said(current, now) }
  return { status: 'HELD', reason: due.reason, memory: { ...current, digestDueAt: due.at } }
}

/** The end of trouble that was told is told, too: when a mute is over, if need be, since a provider's incident would stay open. */
export function judgeEnd(policy: Mutable, group: Mutable, now: Instant) {
  const mutedUntil = mutedUntilOf(policy, group)
  return mutedUntil > now
    ? ({ status: 'PENDING', reason: mutedWords(mutedUntil), dueAt: mutedUntil } as const)
    : ({ status: 'PENDING', reason: null } as const)
}

type Mutable = Pick<Limits, 'mutedUntil'>

/** What is muted together with its group is so for as long as either is. */
export const mutedUntilOf = (policy: Mutable | null, group: Mutable): Instant => Math.max(policy?.mutedUntil ?? 0, group.mutedUntil ?? 0)

const mutedWords = (until: Instant): string => `Muted until ${timeText(until, 'UTC')}.`

/** What a group is like when a message about it has just been queued. */
export const said = (memory: GroupMemory, now: Instant): GroupMemory => ({
  ...memory,
  lastSentAt: now,
  digestDueAt: null,
  windowCount: memory.windowCount + 1,
})

export const windowAt = ({ windowSeconds }: Pick<Limits, 'windowSeconds'>, memory: GroupMemory, now: Instant): GroupMemory =>
  now < memory.windowStart + seconds(windowSeconds) ? memory : { ...memory, windowStart: now, windowCount: 0 }

/** When and why the next one is told in a digest; null when it need not wait. */
function digestDue(limits: Limits, memory: GroupMemory, now: Instant): { at: Instant; reason: string } | null {
  const { groupBy, groupWaitSeconds, repeatIntervalSeconds, maxPerWindow = null, windowSeconds } = limits
  const { lastSentAt = null, digestDueAt = null, windowStart, windowCount } = memory
  if (digestDueAt !== null) return { at: digestDueAt, reason: 'A digest about its group is being gathered already.' }
  if (maxPerWindow !== null && windowCount >= maxPerWindow)
    return {
      at: windowStart + seconds(windowSeconds),
      reason: `At most ${maxPerWindow} messages go out in ${windowSeconds} seconds, and they have.`,
    }
  if (groupBy === 'NONE' || lastSentAt === null) return null
  const silence = seconds(Math.max(groupWaitSeconds, repeatIntervalSeconds))
  if (now >= lastSentAt + silence) return null
  return {
    at: Math.max(now + seconds(groupWaitSeconds), lastSentAt + seconds(repeatIntervalSeconds)),
    reason: `A message about its group went out at ${timeText(lastSentAt, 'UTC')}; the next comes ${repeatIntervalSeconds} seconds later at the earliest.`,
  }
}
