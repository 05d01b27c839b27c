import { type ArtifactChange, type artifactChangeKinds, artifactChanges, artifactNewsOf } from '../../core/artifacts/index.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { Artifact, ArtifactFilter } from './artifacts.ts'
import { builder } from './builder.ts'
import { afterDescription, Delivery, follow, follows, frameType, latestPer } from './live.ts'

const ArtifactChangeKind = builder.enumType('ArtifactChangeKind', {
  description: 'What has become of an artifact.',
  values: {
    CREATED: { description: 'It was made.' },
    UPDATED: { description: 'Its data, description or metadata changed: progress, mostly.' },
    DELETED: { description: 'It was deleted by itself.' },
    RUNS_DELETED: { description: 'A run was deleted, or several for their age, and all artifacts of theirs: read the list again.' },
  } satisfies Record<(typeof artifactChangeKinds)[number], { description: string }>,
})

const ArtifactChangeRef = builder.objectRef<ArtifactChange>('ArtifactChange').implement({
  description: 'An artifact was made, changed or deleted.',
  fields: t => ({
    kind: t.field({ type: ArtifactChangeKind, description: 'Which of it.', resolve: change => change.kind }),
    artifactId: t.expose('artifactId', {
      type: 'UUID',
      nullable: true,
      description: 'Id of the artifact; null where runs were deleted.',
    }),
    flowRunId: t.expose('flowRunId', { type: 'UUID', nullable: true, description: 'The flow run that made it, or that was deleted.' }),
    key: t.exposeString('key', { nullable: true, description: 'Its key.' }),
    artifact: t.field({
      type: Artifact,
      nullable: true,
      description: 'The artifact as it is when this is sent; null when it is gone.',
      resolve: change => change.artifact,
    }),
    occurredAt: t.expose('occurred', { type: 'DateTime', description: 'When.' }),
  }),
})

const ArtifactChanges = frameType('ArtifactChanges', 'changes', ArtifactChangeRef, 'Changes of artifacts, as they came.')

builder.subscriptionFields(t => ({
  artifactChanged: t.field({
    type: ArtifactChanges,
    description: 'Artifacts that are made, changed or deleted, in the order it was committed.',
    args: {
      filter: t.arg({ type: ArtifactFilter, description: 'Which changes.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      delivery: t.arg({ type: Delivery, defaultValue: 'EVERY', description: 'How much of them.' }),
    },
    extensions: follows(artifactChanges),
    subscribe: (_root, args, context) =>
      follow(context, args, {
        log: 'events',
        continues: artifactChanges,
        stream: ctx => ctx.house.events,
        async items(ctx, events: readonly LogEvent[], { filter, delivery }) {
          const news = events.map(artifactNewsOf).filter(one => one !== undefined)
          const changes = await artifactChanges(ctx, { news, filter })
          return delivery === 'LATEST_PER_OBJECT' ? latestPer(changes, change => change.artifactId ?? change.kind) : changes
        },
      }),
    resolve: frame => frame,
  }),
}))
