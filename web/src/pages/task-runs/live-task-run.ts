import { follow, request } from '../../client.ts'
import { TaskRunDetailChangedDocument, TaskRunDetailDocument, type TaskRunFactsFragment } from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'

/** A task run has few states: each is reason enough to read it whole again. */
export const liveTaskRun = (id: string) => {
  let run: TaskRunFactsFragment | undefined

  const source: LiveSource<TaskRunFactsFragment | undefined, never> = {
    async load() {
      const { taskRuns } = await request(TaskRunDetailDocument, { id })
      return { snapshot: taskRuns.nodes[0], cursor: taskRuns.eventCursor }
    },
    follow: (after, sink) =>
      follow(TaskRunDetailChangedDocument, { id }, after, {
        next: ({ taskRunStateChanged: { cursor, changes, gap } }) =>
          sink.next({ cursor, changes: [], hasGap: gap != null || changes.length > 0 }),
        failed: sink.failed,
      }),
    reset(snapshot) {
      run = snapshot
    },
    apply() {},
  }
  return { source, read: () => run }
}
