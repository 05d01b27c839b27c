import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import type { StateType } from '../states/index.ts'

/** How runs are gathered, so that a storm becomes one message and a digest. */
export const groupings = ['NONE', 'FLOW', 'DEPLOYMENT', 'TAG'] as const
export type Grouping = (typeof groupings)[number]

/** When a run enters a state, who hears of it, in which words, and how often at most. */
export const NotificationPolicy = defineEntity({
  name: 'NotificationPolicy',
  tableName: 'notification_policy',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    name: p.text().nullable(),
    isActive: p.boolean(),
    stateNames: p.json<string[]>(),
    stateTypes: p.json<StateType[]>(),
    tags: p.json<string[]>(),
    flowIds: p.json<string[]>(),
    deploymentIds: p.json<string[]>(),
    /** Block documents. */
    channelIds: p.json<string[]>(),
    subjectTemplate: p.text().nullable(),
    messageTemplate: p.text().nullable(),
    groupBy: p.enum(groupings).$type<Grouping>(),
    groupWaitSeconds: p.integer(),
    repeatIntervalSeconds: p.integer(),
    maxPerWindow: p.integer().nullable(),
    windowSeconds: p.integer(),
    resolveOnCompletion: p.boolean(),
    mutedUntil: instant().nullable(),
    /** When it was made or resumed: what runs entered before is not its business. */
    activeSince: instant(),
    created: instant(),
    updated: instant(),
  },
  indexes: [{ properties: ['workspaceId', 'id'] }],
})

export type NotificationPolicyRecord = Readonly<InferEntity<typeof NotificationPolicy>>
