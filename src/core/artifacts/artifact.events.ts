import type { Clock } from '../../kernel/clock.ts'
import type { EventDraft, Labels, LogEvent } from '../../kernel/event-log.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { ListedArtifact } from './artifact.entity.ts'

const PREFIX = 'prefect.artifact.'
const COLLECTION_PREFIX = 'prefect.artifact-collection.'
const RUN_PREFIX = 'prefect.flow-run.'

type Env = { readonly ids: Ids; readonly clock: Clock }
type Told = Pick<ListedArtifact, 'id' | 'workspaceId' | 'key' | 'type' | 'description' | 'flowRunId' | 'taskRunId'>

const event = (
  { ids, clock }: Env,
  { workspaceId }: Told,
  rest: Pick<EventDraft, 'event' | 'resource' | 'related' | 'payload'>,
): EventDraft => {
  const now = clock.now()
  return { id: ids.uuid(), workspaceId, occurred: now, received: now, follows: null, ...rest }
}

/** An artifact itself. The peer tells of collections only: the names are our own. The data stays out of the log. */
const changed =
  (verb: 'created' | 'updated' | 'deleted') =>
  (env: Env, artifact: Told): EventDraft =>
    event(env, artifact, {
      event: `artifact.${verb}`,
      resource: { 'prefect.resource.id': PREFIX + artifact.id, 'prefect.resource.name': artifact.key ?? artifact.id },
      related: runsOf(artifact),
      payload: { key: artifact.key, type: artifact.type, flow_run_id: artifact.flowRunId, task_run_id: artifact.taskRunId },
    })

/** All versions of a key together, by the latest. */
const collectionChanged =
  (verb: 'created' | 'updated' | 'deleted') =>
  (env: Env, latest: Told & { readonly key: string }): EventDraft =>
    event(env, latest, {
      event: COLLECTION_PREFIX + verb,
      resource: { 'prefect.resource.id': COLLECTION_PREFIX + latest.key, 'prefect.resource.name': latest.key },
      related: [{ 'prefect.resource.id': PREFIX + latest.id, 'prefect.resource.role': 'latest' }, ...runsOf(latest)],
      payload: { key: latest.key, type: latest.type, description: latest.description },
    })

export const artifactEvents = { created: changed('created'), updated: changed('updated'), deleted: changed('deleted') } as const

export const collectionEvents = {
  created: collectionChanged('created'),
  updated: collectionChanged('updated'),
  deleted: collectionChanged('deleted'),
} as const

const runsOf = ({ flowRunId, taskRunId }: Told): Labels[] => [
  ...(flowRunId ? [{ 'prefect.resource.id': `prefect.flow-run.${flowRunId}`, 'prefect.resource.role': 'flow-run' }] : []),
  ...(taskRunId ? [{ 'prefect.resource.id': `prefect.task-run.${taskRunId}`, 'prefect.resource.role': 'task-run' }] : []),
]

export const artifactChangeKinds = ['CREATED', 'UPDATED', 'DELETED', 'RUNS_DELETED'] as const

export interface ArtifactNews {
  readonly kind: (typeof artifactChangeKinds)[number]
  /** Null where runs went, and whatever they had made with them. */
  readonly artifactId: string | null
  readonly key: string | null
  readonly type: string | null
  readonly flowRunId: string | null
  readonly taskRunId: string | null
  readonly occurred: number
}

/** What an event of the log tells of an artifact; undefined when it tells of none. */
export function artifactNewsOf(event: LogEvent): ArtifactNews | undefined {
  const { event: name, resource, payload, occurred } = event
  if (name === 'flow-run.deleted' || name === 'retention.swept') return runsDeleted(event)
  const kind = artifactChangeKinds.find(verb => name === `artifact.${verb.toLowerCase()}`)
  const id = resource['prefect.resource.id'] ?? ''
  if (!kind || !id.startsWith(PREFIX)) return undefined
  const text = (key: string) => (typeof payload[key] === 'string' ? payload[key] : null)
  return {
    kind,
    artifactId: id.slice(PREFIX.length),
    key: text('key'),
    type: text('type'),
    flowRunId: text('flow_run_id'),
    taskRunId: text('task_run_id'),
    occurred,
  }
}

const runsDeleted = ({ resource, occurred }: LogEvent): ArtifactNews => {
  const id = resource['prefect.resource.id'] ?? ''
  const flowRunId = id.startsWith(RUN_PREFIX) ? id.slice(RUN_PREFIX.length) : null
  return { kind: 'RUNS_DELETED', artifactId: null, key: null, type: null, flowRunId, taskRunId: null, occurred }
}
