import { follow, request } from '../../client.ts'
import {
  type LogLineFragment,
  TaskRunDetailChangedDocument,
  TaskRunDetailDocument,
  type TaskRunFactsFragment,
  TaskRunParentsDocument,
  type TaskRunParentsQuery,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'

const MOST_LINES = 200
const MOST_PARENTS = 50

export interface ShownTaskRun {
  run: TaskRunFactsFragment | undefined
  parents: TaskRunParentsQuery['taskRuns']['nodes']
  /** The newest lines, oldest of them first. */
  lines: readonly LogLineFragment[]
  lineCount: number
}

/** A task run has few states: each is reason enough to read it whole again. */
export const liveTaskRun = (id: string) => {
  let shown: ShownTaskRun = { run: undefined, parents: [], lines: [], lineCount: 0 }

  const source: LiveSource<ShownTaskRun, never> = {
    async load() {
      const { taskRuns, logs } = await request(TaskRunDetailDocument, { id, lines: MOST_LINES })
      const run = taskRuns.nodes[0]
      const parents = run && run.parentIds.length > 0 ? await readParents(run.parentIds) : []
      return { snapshot: { run, parents, lines: logs.nodes.toReversed(), lineCount: logs.totalCount.value }, cursor: taskRuns.eventCursor }
    },
    follow: (after, sink) =>
      follow(TaskRunDetailChangedDocument, { id }, after, {
        next: ({ taskRunStateChanged: { cursor, changes, gap } }) =>
          sink.next({ cursor, changes: [], hasGap: gap != null || changes.length > 0 }),
        failed: sink.failed,
      }),
    reset(snapshot) {
      shown = snapshot
    },
    apply() {},
  }
  return { source, read: () => shown }
}

const readParents = async (ids: readonly string[]) =>
  (await request(TaskRunParentsDocument, { ids: ids.slice(0, MOST_PARENTS), most: MOST_PARENTS })).taskRuns.nodes
