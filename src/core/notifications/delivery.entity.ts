import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import type { RecordOf } from '../../kernel/records.ts'
import { type StateType, stateTypes } from '../states/index.ts'

export const deliveryKinds = ['ALERT', 'DIGEST', 'RESOLVE'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** PENDING, SENDING and HELD are on their way; the others are ends. */
export const deliveryStatuses = ['PENDING', 'SENDING', 'DELIVERED', 'DEAD', 'HELD', 'FOLDED', 'MUTED', 'CANCELLED'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

export const attemptOutcomes = ['DELIVERED', 'FAILED', 'RETRY'] as const

/** One channel that is to hear of one run that entered one state. Its id travels in each request, and is the same in all attempts. */
export const NotificationDelivery = defineEntity({
  name: 'NotificationDelivery',
  tableName: 'notification_delivery',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    /** No reference: what was sent is known when the policy is gone. */
    policyId: p.uuid(),
    policyName: p.text().nullable(),
    channelId: p.uuid(),
    kind: p.enum(deliveryKinds).$type<DeliveryKind>(),
    status: p.enum(deliveryStatuses).$type<DeliveryStatus>(),
    flowRunId: p.uuid(),
    flowRunName: p.text(),
    flowId: p.uuid(),
    flowName: p.text(),
    deploymentId: p.uuid().nullable(),
    tags: p.json<string[]>(),
    /** Of a digest: an id of its own. */
    stateId: p.uuid(),
    stateType: p.enum(stateTypes).$type<StateType>(),
    stateName: p.text(),
    stateTimestamp: instant(),
    stateMessage: p.text().nullable(),
    groupKey: p.text(),
    /** When it is to be sent, or sent again; while it is being sent, when the lease of the sender ends. */
    dueAt: instant(),
    holder: p.uuid().nullable(),
    attemptCount: p.integer(),
    attemptsLeft: p.integer(),
    /** How the very first attempt ended, whatever came after it. Null: not tried yet. */
    firstOutcome: p.enum(attemptOutcomes).$type<(typeof attemptOutcomes)[number]>().nullable(),
    /** Who of several recipients is still to be reached; null: all. */
    remaining: p.json<string[]>().nullable(),
    subject: p.text().nullable(),
    body: p.text().nullable(),
    /** Why it waits, is held, folded, muted, cancelled or dead; or what is to be known about its text. */
    reason: p.text().nullable(),
    lastError: p.text().nullable(),
    dedupKey: p.text().nullable(),
    digestId: p.uuid().nullable(),
    /** How many runs it tells of. */
    runCount: p.integer(),
    created: instant(),
    /** When it came to its end. */
    settledAt: instant().nullable(),
  },
  /** Named, since its own name would be too long for Postgres. */
  uniques: [{ name: 'notification_delivery_once', properties: ['policyId', 'flowRunId', 'stateId', 'channelId'] }],
  indexes: [
    { properties: ['workspaceId', 'id'] },
    { properties: ['workspaceId', 'status', 'id'] },
    { properties: ['policyId', 'status', 'settledAt'] },
    { properties: ['policyId', 'id'] },
    { properties: ['flowRunId', 'id'] },
    { properties: ['channelId', 'id'] },
    { properties: ['status', 'dueAt'] },
  ],
})

export type NotificationDeliveryRecord = RecordOf<typeof NotificationDelivery>

/** One time that a delivery was tried. */
export const NotificationAttempt = defineEntity({
  name: 'NotificationAttempt',
  tableName: 'notification_attempt',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    deliveryId: () =>
      p.manyToOne(NotificationDelivery).mapToPk().fieldName('delivery_id').deleteRule('cascade').updateRule('no action').index(false),
    ordinal: p.integer(),
    startedAt: instant(),
    outcome: p.enum(attemptOutcomes).$type<(typeof attemptOutcomes)[number]>(),
    /** HTTP status, or the code of an SMTP reply. */
    status: p.integer().nullable(),
    latencyMilliseconds: p.integer(),
    /** Of what was answered, masked. */
    excerpt: p.text().nullable(),
    error: p.text().nullable(),
  },
  indexes: [{ properties: ['deliveryId', 'ordinal'] }],
})

export type NotificationAttemptRecord = RecordOf<typeof NotificationAttempt>
