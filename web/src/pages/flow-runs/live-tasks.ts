import { follow, request } from '../../client.ts'
import { FlowRunTasksChangedDocument, FlowRunTasksDocument, type FlowRunTasksQuery } from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createTasks, type RunTask, type TaskChange } from './run-tasks.ts'

export type RunArtifact = FlowRunTasksQuery['artifacts']['nodes'][number]

/** Beyond, a drawing tells nothing any more. */
const MOST_TASKS = 5_000

export interface ShownTasks {
  tasks: readonly RunTask[]
  /** False when the run has more. */
  isWhole: boolean
  artifacts: readonly RunArtifact[]
}

/** What happens inside a run. */
export const liveTasks = (id: string) => {
  const tasks = createTasks()
  let isWhole = true
  let artifacts: readonly RunArtifact[] = []
  let isBehind: (() => void) | undefined

  const source: LiveSource<FlowRunTasksQuery, TaskChange> = {
    async load() {
      const answer = await request(FlowRunTasksDocument, { id, most: MOST_TASKS }, 'slow')
      return { snapshot: answer, cursor: answer.server.eventCursor }
    },
    follow(after, sink) {
      isBehind = () => sink.next({ cursor: after(), changes: [], hasGap: true })
      return follow(FlowRunTasksChangedDocument, { id }, after, {
        next: ({ taskRunStateChanged: { cursor, changes, gap } }) => sink.next({ cursor, changes, hasGap: gap != null }),
        failed: sink.failed,
      })
    },
    reset(read) {
      tasks.reset(read.flowRunGraph.nodes)
      isWhole = read.flowRunGraph.isWhole
      artifacts = read.artifacts.nodes
    },
    apply(changes) {
      const isInOrder = changes.map(change => tasks.apply(change)).every(Boolean)
      if (!isInOrder) isBehind?.()
    },
  }
  return { source, read: (): ShownTasks => ({ tasks: tasks.read(), isWhole, artifacts }), nameOf: tasks.nameOf }
}
