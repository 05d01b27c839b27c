import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** What was said lately of a group of runs, so that not too much is. */
export const NotificationGroup = defineEntity({
  name: 'NotificationGroup',
  tableName: 'notification_group',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    policyId: p.uuid(),
    groupKey: p.text(),
    lastSentAt: instant().nullable(),
    /** When what is held is told. Null: nothing is. */
    digestDueAt: instant().nullable(),
    windowStart: instant(),
    windowCount: p.integer(),
    mutedUntil: instant().nullable(),
  },
  uniques: [{ properties: ['policyId', 'groupKey'] }],
  indexes: [{ properties: ['digestDueAt'] }],
})

export type NotificationGroupRecord = Readonly<InferEntity<typeof NotificationGroup>>

/** A flow about which a policy has told trouble, and not yet its end. */
export const NotificationIncident = defineEntity({
  name: 'NotificationIncident',
  tableName: 'notification_incident',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    policyId: p.uuid(),
    flowId: p.uuid(),
    openedAt: instant(),
    /** Who was told, not who was only held back: they are to hear of its end. Null: nobody yet. */
    toldChannelIds: p.json<string[]>().nullable(),
  },
  uniques: [{ properties: ['policyId', 'flowId'] }],
})
