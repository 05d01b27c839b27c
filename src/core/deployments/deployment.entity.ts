import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { Flow } from '../flows/index.ts'
import type { Json } from '../orchestration/index.ts'

/** A flow made ready to be run by others: where its code is, and with what it is called. */
export const Deployment = defineEntity({
  name: 'Deployment',
  tableName: 'deployment',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    flowId: () => p.manyToOne(Flow).mapToPk().fieldName('flow_id').deleteRule('cascade').updateRule('no action').index(false),
    name: p.text(),
    version: p.text().nullable(),
    description: p.text().nullable(),
    isPaused: p.boolean(),
    tags: p.json<string[]>(),
    labels: p.json<Json>(),
    parameters: p.json<Json>(),
    parameterOpenapiSchema: p.json<Json>().nullable(),
    enforceParameterSchema: p.boolean(),
    jobVariables: p.json<Json>(),
    pullSteps: p.json<Json[]>().nullable(),
    path: p.text().nullable(),
    entrypoint: p.text().nullable(),
    createdBy: p.json<Json>().nullable(),
    updatedBy: p.json<Json>().nullable(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['flowId', 'name'] }],
  indexes: [{ properties: ['workspaceId', 'name', 'id'] }],
})

export type DeploymentRecord = Readonly<InferEntity<typeof Deployment>>
