import { missing } from '../../kernel/filters.ts'
import type { Order, Reader } from '../../kernel/storage.ts'
import { Artifact } from '../artifacts/index.ts'
import { FlowRun } from '../flow-runs/index.ts'
import { pages, type RowEvidence, workspacesOf } from './check.evidence.ts'

interface CheckedArtifact {
  readonly id: string
  readonly workspaceId: string
  readonly key: string
  readonly isLatest: boolean
  readonly flowRunId: string | null
}

const byVersion: readonly Order[] = [
  ['workspaceId', 'asc'],
  ['key', 'asc'],
  ['created', 'asc'],
  ['id', 'asc'],
]

/** Artifacts that have a key, version after version: whether the last of each is said to be the latest, and no other. */
export async function* readVersions(read: Reader): AsyncGenerator<readonly RowEvidence[], void, undefined> {
  const properties = ['id', 'workspaceId', 'key', 'isLatest', 'created']
  let former: CheckedArtifact | undefined
  const judge = ({ id, isLatest }: CheckedArtifact, isLast: boolean): RowEvidence => ({
    id,
    fault: isLatest === isLast ? null : `${id}: is ${isLatest ? '' : 'not '}said to be the latest of its key`,
  })
  for await (const page of pages<CheckedArtifact>(read, {
    entity: Artifact,
    where: missing('key', false),
    orderBy: byVersion,
    properties,
  })) {
    const found: RowEvidence[] = []
    for (const artifact of page) {
      if (former) found.push(judge(former, former.key !== artifact.key || former.workspaceId !== artifact.workspaceId))
      former = artifact
    }
    yield found
  }
  if (former) yield [judge(former, true)]
}

export async function* readArtifacts(read: Reader): AsyncGenerator<readonly RowEvidence[], void, undefined> {
  const properties = ['id', 'workspaceId', 'flowRunId']
  for await (const page of pages<CheckedArtifact>(read, { entity: Artifact, where: [], orderBy: [['id', 'asc']], properties })) {
    const workspaces = await workspacesOf(
      read,
      FlowRun,
      page.flatMap(({ flowRunId }) => flowRunId ?? []),
    )
    yield page.map(({ id, workspaceId, flowRunId }) => {
      const expected = flowRunId === null ? workspaceId : workspaces.get(flowRunId)
      return { id, fault: expected === workspaceId ? null : `${id}: its run ${flowRunId} is in ${expected}` }
    })
  }
}
