import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { Deployment } from '../deployments/index.ts'
import { Flow } from '../flows/index.ts'
import type { EmpiricalPolicy, Json } from '../orchestration/index.ts'
import { type StateType, stateTypes } from '../states/index.ts'

/** Written by commands only; mapped here for its table, its names and its readers. */
export const FlowRun = defineEntity({
  name: 'FlowRun',
  tableName: 'flow_run',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    flowId: () => p.manyToOne(Flow).mapToPk().fieldName('flow_id').deleteRule('cascade').updateRule('no action').index(false),
    deploymentId: () =>
      p.manyToOne(Deployment).mapToPk().fieldName('deployment_id').nullable().deleteRule('set null').updateRule('no action').index(false),
    parentTaskRunId: p.uuid().nullable().index(),
    name: p.text(),
    flowVersion: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    parameters: p.json<Json>(),
    context: p.json<Json>(),
    empiricalPolicy: p.json<EmpiricalPolicy>(),
    tags: p.json<string[]>(),
    labels: p.json<Json>(),
    infrastructurePid: p.text().nullable(),
    jobVariables: p.json<Json>(),
    stateId: p.uuid().nullable(),
    stateType: p.enum(stateTypes).$type<StateType>().nullable(),
    stateName: p.text().nullable(),
    stateTimestamp: instant().nullable(),
    version: p.integer(),
    runCount: p.integer(),
    expectedStartTime: instant().nullable(),
    nextScheduledStartTime: instant().nullable(),
    startTime: instant().nullable(),
    endTime: instant().nullable(),
    totalRunTime: p.bigint('number').ignoreSchemaChanges('type'),
    sortTime: instant(),
    createdBy: p.json<Json>().nullable(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['flowId', 'idempotencyKey'] }],
  /** Each for a shape of filter in docs/filters.md: what it asks for leads, the order of lists follows. */
  indexes: [
    { properties: ['workspaceId', 'id'] },
    // On SQLite it holds the name and the tags too: a search goes to the row of a run only when it is meant.
    { properties: ['workspaceId', 'sortTime', 'id'] },
    { properties: ['workspaceId', 'stateType', 'sortTime', 'id'] },
    { properties: ['workspaceId', 'stateName', 'sortTime', 'id'] },
    { properties: ['flowId', 'sortTime', 'id'] },
    { properties: ['flowId', 'stateType', 'sortTime', 'id'] },
    { properties: ['deploymentId', 'sortTime', 'id'] },
  ],
})
