import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { FlowRun } from '../flow-runs/index.ts'
import type { Json, TaskRunPolicy } from '../orchestration/index.ts'
import { type StateType, stateTypes } from '../states/index.ts'

/** Written by commands only; mapped here for its table, its names and its readers. */
export const TaskRun = defineEntity({
  name: 'TaskRun',
  tableName: 'task_run',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    flowRunId: () =>
      p.manyToOne(FlowRun).mapToPk().fieldName('flow_run_id').nullable().deleteRule('cascade').updateRule('no action').index(false),
    name: p.text(),
    taskKey: p.text(),
    dynamicKey: p.text(),
    taskVersion: p.text().nullable(),
    cacheKey: p.text().nullable(),
    cacheExpiration: instant().nullable(),
    empiricalPolicy: p.json<TaskRunPolicy>(),
    tags: p.json<string[]>(),
    labels: p.json<Json>(),
    taskInputs: p.json<Json>(),
    stateId: p.uuid().nullable(),
    stateType: p.enum(stateTypes).$type<StateType>().nullable(),
    stateName: p.text().nullable(),
    stateTimestamp: instant().nullable(),
    runCount: p.integer(),
    flowRunRunCount: p.integer(),
    expectedStartTime: instant().nullable(),
    nextScheduledStartTime: instant().nullable(),
    startTime: instant().nullable(),
    endTime: instant().nullable(),
    totalRunTime: p.bigint('number').ignoreSchemaChanges('type'),
    sortTime: instant(),
    claimableAt: instant().nullable(),
    claimedBy: p.text().nullable(),
    claimId: p.uuid().nullable(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['flowRunId', 'taskKey', 'dynamicKey'] }],
  indexes: [
    { properties: ['workspaceId', 'id'] },
    { properties: ['workspaceId', 'sortTime', 'id'] },
    { properties: ['workspaceId', 'stateType', 'sortTime', 'id'] },
    { properties: ['flowRunId', 'sortTime', 'id'] },
    { properties: ['workspaceId', 'taskKey', 'claimableAt', 'id'], where: '"claimable_at" is not null' },
    { properties: ['workspaceId', 'claimedBy'], where: '"claimed_by" is not null' },
    { properties: ['endTime', 'id'], where: '"flow_run_id" is null' },
  ],
})
