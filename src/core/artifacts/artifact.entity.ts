import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, verbatimJson, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { FlowRun } from '../flow-runs/index.ts'

/** Something that a run has made to be looked at. Those of one key are versions of each other. */
export const Artifact = defineEntity({
  name: 'Artifact',
  tableName: 'artifact',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    key: p.text().nullable(),
    /** Whether no other version of its key is newer. The database keeps it, whichever way versions come and go: see the revision that made the table. */
    isLatest: p.boolean(),
    type: p.text().nullable(),
    description: p.text().nullable(),
    data: verbatimJson<unknown>().nullable(),
    dataSize: p.integer(),
    metadata: p.json<Record<string, string>>().nullable(),
    flowRunId: () =>
      p.manyToOne(FlowRun).mapToPk().fieldName('flow_run_id').deleteRule('cascade').updateRule('no action').nullable().index(false),
    /** No reference: a task run is reported of by events, which may come later than what it has made. */
    taskRunId: p.uuid().nullable(),
    created: instant(),
    updated: instant(),
  },
  indexes: [
    { properties: ['workspaceId', 'created', 'id'] },
    { properties: ['workspaceId', 'key', 'created', 'id'] },
    { properties: ['workspaceId', 'isLatest', 'updated', 'id'] },
    { properties: ['workspaceId', 'isLatest', 'key'] },
    { properties: ['flowRunId', 'created', 'id'] },
    { properties: ['taskRunId', 'created', 'id'] },
  ],
})

export type ArtifactRecord = Readonly<InferEntity<typeof Artifact>>

/** Lists leave the data out. */
export type ListedArtifact = Omit<ArtifactRecord, 'data'>

export const listedProperties: readonly string[] = Object.keys(Artifact.meta.properties).filter(name => name !== 'data')
