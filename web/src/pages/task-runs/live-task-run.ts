import { follow, request } from '../../client.ts'
import {
  TaskRunDetailChangedDocument,
  TaskRunDetailDocument,
  type TaskRunFactsFragment,
  TaskRunParentsDocument,
  type TaskRunParentsQuery,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'

const MOST_PARENTS = 50

export interface ShownTaskRun {
  run: TaskRunFactsFragment | undefined
  parents: TaskRunParentsQuery['taskRuns']['nodes']
}

/** A task run has few states: each is reason enough to read it whole again. */
export const liveTaskRun = (id: string) => {
  let shown: ShownTaskRun = { run: undefined, parents: [] }

  const source: LiveSource<ShownTaskRun, never> = {
    async load() {
      const { taskRuns } = await request(TaskRunDetailDocument, { id })
      const run = taskRuns.nodes[0]
      const parents = run && run.parentIds.length > 0 ? await readParents(run.parentIds) : []
      return { snapshot: { run, parents }, cursor: taskRuns.eventCursor }
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
