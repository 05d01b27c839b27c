import { follow, request } from '../../client.ts'
import {
  FlowRunArtifactsDocument,
  FlowRunTaskCountsDocument,
  FlowRunTasksChangedDocument,
  FlowRunTasksDocument,
  FlowRunTasksPartDocument,
  type FlowRunTasksQuery,
  type RunTasksPartFragment,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { browserScheduler } from '../../live/schedule.ts'
import { countStates, createTasks, type RunTask, type StateCounts, type TaskChange } from './run-tasks.ts'

export type RunArtifact = FlowRunTasksQuery['artifacts']['nodes'][number]

/** Beyond, a drawing tells little; the rest is drawn when somebody asks for it. */
export const TASKS_IN_A_PART = 5_000
/** What a timeline shows at once is a small part of that: the rest comes when this is drawn. */
const TASKS_AT_FIRST = 250
/** So often the server counts again those that are not held here. */
const COUNT_MILLISECONDS = 1_000

type Part = Pick<RunTasksPartFragment, 'isWhole' | 'endCursor' | 'totalCount' | 'stateCounts'>
type Snapshot = FlowRunTasksQuery & { nodes: readonly RunTask[]; last: Part }

export interface ShownTasks {
  tasks: readonly RunTask[]
  /** False when the run has more. */
  isWhole: boolean
  /** How many will be held in a moment, when the rest is being read without having been asked for; 0 else. */
  coming: number
  total: number
  counts: StateCounts
  artifacts: readonly RunArtifact[]
  artifactCount: { value: number; isExact: boolean }
}

interface Drawing {
  /** Called when more of it is known than its changes tell. */
  redraw: () => void
  /** Whether the first few are of use before the others are there. */
  needsFewAtFirst: () => boolean
}

/** What happens inside a run. */
export const liveTasks = (id: string, { redraw, needsFewAtFirst }: Drawing) => {
  const tasks = createTasks()
  let part: Part = { isWhole: true, endCursor: null, totalCount: 0, stateCounts: [] }
  let artifacts: Pick<FlowRunTasksQuery['artifacts'], 'nodes' | 'pageInfo'> = {
    nodes: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  }
  let artifactCount: ShownTasks['artifactCount'] = { value: 0, isExact: true }
  let isBehind: (() => void) | undefined
  let coming = 0
  /** Counts the snapshots: a part that was asked for behind another one is no longer wanted. */
  let snapshots = 0
  let cancelCount: (() => void) | undefined

  const readPart = async (after: string | null | undefined, most = TASKS_IN_A_PART): Promise<RunTasksPartFragment> =>
    (await request(FlowRunTasksPartDocument, { id, most, after: after ?? null }, 'slow')).flowRunGraph

  const readOn = async (most: number) => {
    const mine = snapshots
    tasks.awaitMore()
    const next = await readPart(part.endCursor, most)
    if (mine !== snapshots) return
    part = next
    if (!tasks.append(next.nodes, next.isWhole)) isBehind?.()
  }

  const readRest = async (most: number) => {
    const mine = snapshots
    coming = Math.min(TASKS_IN_A_PART, part.totalCount)
    await readOn(most).catch(() => undefined)
    if (mine !== snapshots) return
    coming = 0
    redraw()
  }

  const countAgain = async () => {
    const { flowRun } = await request(FlowRunTaskCountsDocument, { id }, 'slow')
    if (flowRun) part = { ...part, ...totalOf(flowRun.taskRunStateCounts) }
    redraw()
  }

  const source: LiveSource<Snapshot, TaskChange> = {
    async load() {
      const held = tasks.read().length
      const most = held === 0 && needsFewAtFirst() ? TASKS_AT_FIRST : TASKS_IN_A_PART
      const answer = await request(FlowRunTasksDocument, { id, most }, 'slow')
      const nodes = [...answer.flowRunGraph.nodes]
      let last: RunTasksPartFragment = answer.flowRunGraph
      // What was drawn before stays drawn.
      while (nodes.length < held && !last.isWhole) {
        last = await readPart(last.endCursor)
        nodes.push(...last.nodes)
      }
      return { snapshot: { ...answer, nodes, last }, cursor: answer.server.eventCursor }
    },
    follow(after, sink) {
      isBehind = () => sink.next({ cursor: after(), changes: [], hasGap: true })
      const unfollow = follow(FlowRunTasksChangedDocument, { id }, after, {
        next: ({ taskRunStateChanged: { cursor, changes, gap } }) => sink.next({ cursor, changes, hasGap: gap != null }),
        failed: sink.failed,
      })
      return () => {
        cancelCount?.()
        cancelCount = undefined
        unfollow()
      }
    },
    reset(read) {
      tasks.reset(read.nodes, read.last.isWhole)
      part = read.last
      artifacts = read.artifacts
      artifactCount = read.artifacts.totalCount
      snapshots += 1
      coming = 0
      const left = TASKS_IN_A_PART - read.nodes.length
      if (!part.isWhole && left > 0) void readRest(left)
    },
    apply(changes) {
      const isInOrder = changes.map(change => tasks.apply(change)).every(Boolean)
      if (!isInOrder) isBehind?.()
      if (part.isWhole) return
      cancelCount ??= browserScheduler.after(COUNT_MILLISECONDS, () => {
        cancelCount = undefined
        countAgain().catch(() => undefined)
      })
    },
  }

  return {
    source,
    read(): ShownTasks {
      const held = tasks.read()
      const counted = part.isWhole
        ? { total: held.length, counts: countStates(held) }
        : { total: part.totalCount, counts: part.stateCounts }
      return { tasks: held, isWhole: part.isWhole, coming, ...counted, artifacts: artifacts.nodes, artifactCount }
    },
    find: tasks.find,
    nameOf: tasks.nameOf,
    async readMoreTasks() {
      await readOn(TASKS_IN_A_PART)
      redraw()
    },
    async readMoreArtifacts() {
      const next = (await request(FlowRunArtifactsDocument, { id, after: artifacts.pageInfo.endCursor ?? null })).artifacts
      artifacts = { ...next, nodes: [...artifacts.nodes, ...next.nodes] }
      redraw()
    },
  }
}

export type LiveTasks = ReturnType<typeof liveTasks>

const totalOf = (stateCounts: Part['stateCounts']): Pick<Part, 'totalCount' | 'stateCounts'> => ({
  stateCounts,
  totalCount: stateCounts.reduce((sum, { count }) => sum + count, 0),
})
