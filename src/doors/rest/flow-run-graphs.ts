import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type ArtifactRecord, sliceArtifacts } from '../../core/artifacts/index.ts'
import { findFlowRun, listFlowRunStates } from '../../core/flow-runs/index.ts'
import { type GraphNode, MOST_NODES, readRunGraph } from '../../core/run-graphs/index.ts'
import { instantText } from '../../kernel/inputs.ts'
import { idParameter, refuse, time } from './wire.ts'

const asked = z.object({ since: instantText.nullish() })
const MOST_ARTIFACTS = 1_000

/** What a flow run's page draws: a subflow stands in the place of the task run that stands for it. What has not started is not drawn. */
export function flowRunGraphRoutes(app: FastifyInstance): void {
  app.get('/flow_runs/:id/graph-v2', async request => {
    const { since } = asked.parse(request.query ?? {})
    const { run } = await findFlowRun(request.ctx, idParameter(request.params))
    const { nodes, isWhole } = await readRunGraph(request.ctx, { flowRunId: run.id, startedSince: since ?? 0 })
    if (!isWhole) throw refuse(400, `The graph of flow run ${run.id} has more than ${MOST_NODES} nodes.`)
    const artifacts = await sliceArtifacts(request.ctx, {
      filter: { flowRunIds: [run.id] },
      orderBy: 'CREATED_DESC',
      limit: MOST_ARTIFACTS,
    })
    const states = await listFlowRunStates(request.ctx, { flowRunIds: [run.id] })
    return {
      start_time: time(run.startTime),
      end_time: time(run.endTime),
      root_node_ids: nodes.filter(({ parents }) => parents.length === 0).map(idOf),
      nodes: nodesToWire(
        nodes,
        Map.groupBy(artifacts, ({ taskRunId }) => taskRunId),
      ),
      artifacts: artifacts.filter(({ taskRunId }) => !taskRunId).map(artifactToWire),
      states: states.map(({ id, timestamp, type, name }) => ({ id, timestamp: time(timestamp), type, name })),
    }
  })
}

const idOf = ({ run, subflow }: GraphNode): string => subflow?.id ?? run.id

function nodesToWire(nodes: readonly GraphNode[], artifacts: ReadonlyMap<string | null | undefined, readonly ArtifactRecord[]>) {
  const byTaskRun = new Map(nodes.map(node => [node.run.id, node]))
  const children = new Map(nodes.map(({ run }) => [run.id, [] as GraphNode[]]))
  for (const node of nodes) for (const parent of node.parents) children.get(parent)?.push(node)
  const edgesTo = (taskRunIds: readonly string[]) => taskRunIds.map(id => ({ id: idOf(byTaskRun.get(id)!) }))
  return nodes.map(node => {
    const { run, subflow, parents, encapsulating } = node
    return [
      idOf(node),
      {
        kind: subflow ? 'flow-run' : 'task-run',
        id: idOf(node),
        label: subflow?.name ?? run.name,
        state_type: subflow?.stateType ?? run.stateType,
        start_time: time(run.startTime),
        end_time: time(run.endTime),
        parents: edgesTo(parents),
        children: children.get(run.id)!.map(child => ({ id: idOf(child) })),
        encapsulating: edgesTo(encapsulating),
        artifacts: (artifacts.get(run.id) ?? []).map(artifactToWire),
      },
    ]
  })
}

/** The data of those that move while one looks; of others only that they are there. */
const artifactToWire = ({ id, created, key, type, isLatest, data }: ArtifactRecord) => ({
  id,
  created: time(created),
  key,
  type,
  is_latest: isLatest,
  data: type === 'progress' ? data : null,
})
