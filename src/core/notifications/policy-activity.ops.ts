import { z } from 'zod'
import { seconds } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { type DeliveryStatus, NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { NotificationPolicy } from './notification-policy.entity.ts'

const DAYS = 7
const DAY = seconds(86_400)
const MOST_POLICIES = 200

export interface PolicyDay {
  readonly start: number
  readonly sent: number
  readonly failed: number
}

export interface PolicyRecord {
  /** The last seven times 24 hours, oldest first. */
  readonly days: readonly PolicyDay[]
  readonly lastSentAt: number | null
  /** Of the newest delivery that came to an end, if it was a bad one, or of one that is tried again. */
  readonly lastError: string | null
}

/** What became lately of what policies sent, in the order asked: three reads, whatever their number. */
export const notificationPolicyActivity = query('notification-delivery.activity', {
  input: z.object({ policyIds: z.array(uuid).max(MOST_POLICIES) }),
  needs: 'notification-delivery:read',
  async run(ctx, { policyIds }): Promise<PolicyRecord[]> {
    const end = ctx.clock.now()
    const starts = Array.from({ length: DAYS }, (_, index) => end - (DAYS - index) * DAY)
    const [counts, sent, latest] = await Promise.all([
      countByDay(ctx, policyIds, starts),
      newestOf(ctx, policyIds, ['DELIVERED']),
      latestOf(ctx, policyIds),
    ])
    return policyIds.map(id => ({
      days: starts.map((start, day) => ({ start, sent: counts(id, day, 'DELIVERED'), failed: counts(id, day, 'DEAD') })),
      lastSentAt: sent.get(id)?.settledAt ?? null,
      lastError: latest.get(id)?.lastError ?? null,
    }))
  },
})

/** How many policies at work have a newest delivery that went wrong; of the newest 200 at work. */
export const countFailingPolicies = query('notification-delivery.count-failing-policies', {
  input: z.object({}),
  needs: 'notification-delivery:read',
  async run(ctx): Promise<number> {
    const atWork = await ctx.read.select({
      entity: NotificationPolicy,
      where: oneOf('isActive', [true]),
      orderBy: [['id', 'desc']],
      limit: MOST_POLICIES,
      properties: ['id'],
    })
    if (atWork.length === 0) return 0
    const latest = await latestOf(
      ctx,
      atWork.map(({ id }) => id as string),
    )
    return [...latest.values()].filter(({ lastError }) => lastError !== null).length
  },
})

async function countByDay(ctx: Ctx, policyIds: readonly string[], starts: readonly number[]) {
  const { rows } = await ctx.read.sumBy({
    entity: NotificationDelivery,
    where: [...oneOf('policyId', policyIds), ...oneOf('status', ['DELIVERED', 'DEAD'])],
    sum: null,
    by: ['policyId', 'status'],
    spans: { property: 'settledAt', spans: starts.map(start => [start, start + DAY]) },
  })
  const counted = new Map(rows.map(({ slot, record, sum }) => [`${record['policyId']} ${slot} ${record['status']}`, sum]))
  return (policyId: string, day: number, status: DeliveryStatus) => counted.get(`${policyId} ${day} ${status}`) ?? 0
}

type Newest = Pick<NotificationDeliveryRecord, 'policyId' | 'settledAt' | 'lastError'>

const latestOf = (ctx: Ctx, policyIds: readonly string[]) => newestOf(ctx, policyIds, ['DELIVERED', 'DEAD', 'PENDING'])

async function newestOf(ctx: Ctx, policyIds: readonly string[], statuses: readonly DeliveryStatus[]): Promise<Map<string, Newest>> {
  const rows = (await ctx.read.select({
    entity: NotificationDelivery,
    where: oneOf('status', statuses),
    orderBy: [['id', 'desc']],
    limit: MOST_POLICIES,
    properties: ['id', 'policyId', 'settledAt', 'lastError'],
    firstOfEach: { property: 'policyId', of: NotificationPolicy, ids: policyIds },
  })) as unknown as Newest[]
  return new Map(rows.map(row => [row.policyId, row]))
}
