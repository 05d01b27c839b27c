import { follow, request } from '../../client.ts'
import {
  FlowRunCursorDocument,
  FlowRunListChangedDocument,
  FlowRunListDocument,
  FlowRunListDurationsDocument,
  type FlowRunListDurationsQuery,
  FlowRunListEditedDocument,
  type FlowRunOrder,
  FlowRunsAgainDocument,
  type ListedFlowRunFragment,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { FrameSink, LiveSource } from '../../live/live-view.ts'
import { type Choice, filterOf, isInStates, leavesOutAhead, soonAfter, standingFilter } from './list-choice.ts'
import { expectedStart, newestFirst, oldestFirst } from './list-order.ts'
import { createPoints } from './list-points.ts'
import { type Count, createRows, type RowChange, type Rows } from './list-rows.ts'

export type Run = ListedFlowRunFragment

const PAGE = 100
const MOST_A_PAGE = 200
const MOST_READ_AGAIN = 1_000

interface Asked {
  choice: Choice
  withParameters: boolean
}

export interface ShownList extends Rows<Run> {
  /** What these rows are an answer to: for a moment after a new choice still the old one. */
  choice: Choice
  /** How many runs there are whatever their state. */
  standing: Count
}

interface Snapshot {
  asked: Asked
  now: number
  page: { rows: readonly Run[]; endCursor: string | undefined; total: Count }
  standing: Count
}

type Change = RowChange<Run> | { edited: readonly Run[] } | { deleted: readonly string[] }

interface Surroundings {
  asked: () => Asked
  /** The newest rows are in view, and whoever looks wants new ones to come by themselves. */
  isFollowing: () => boolean
}

/** The runs page's list: `asked` is read at every load. */
export const liveList = ({ asked: ask, isFollowing }: Surroundings) => {
  let asked = ask()
  let loadedAt = 0
  let standing: Count = { value: 0, isExact: true }

  const isAhead = (run: Run) => run.stateType === 'SCHEDULED' && expectedStart(run) > soonAfter(clock.now)
  const belongs = (run: Run) =>
    isInStates(asked.choice.states, { type: run.stateType, name: run.stateName }) && !(leavesOutAhead(asked.choice) && isAhead(run))
  const rows = createRows<Run>(() => ({
    belongs,
    isInState: state => isInStates(asked.choice.states, state),
    compare: isAscending(asked.choice) ? oldestFirst : newestFirst,
    most: PAGE,
  }))
  const points = createPoints()

  const variables = ({ choice, withParameters }: Asked = asked, now = loadedAt) => ({
    filter: filterOf(choice, now),
    standing: standingFilter(choice, now),
    orderBy: orderOf(choice),
    withParameters,
  })

  /** Asked for with the list, which does not wait for them. */
  let durations: { choice: Choice; now: number; read: Promise<FlowRunListDurationsQuery> } | undefined
  const askForDurations = (wanted: Asked, now: number) => {
    const { choice } = wanted
    const { filter, standing } = variables(wanted, now)
    const read = request(FlowRunListDurationsDocument, { filter, standing, withStanding: choice.states.length > 0 }, 'slow')
    // Whoever shows them hears of it; the list may fail before.
    read.catch(() => undefined)
    return { choice, now, read }
  }

  const source: LiveSource<Snapshot, Change> = {
    async load() {
      await clock.isKnown
      const wanted = ask()
      const now = clock.now
      // A list that is read again, after a gap or by polling, stays as long as it was.
      const length = wanted.choice === asked.choice ? Math.min(rows.read().shown.length, MOST_READ_AGAIN) : 0
      const asks = variables(wanted, now)
      if (durations?.choice !== wanted.choice) durations = askForDurations(wanted, now)
      const { flowRuns, standing } = await request(FlowRunListDocument, {
        ...asks,
        first: Math.min(Math.max(length, PAGE), MOST_A_PAGE),
        withCounts: true,
      })
      const page = { rows: flowRuns.nodes, endCursor: endOf(flowRuns.pageInfo), total: flowRuns.totalCount! }
      while (page.rows.length < length && page.endCursor !== undefined) {
        const { flowRuns: more } = await request(FlowRunListDocument, {
          ...asks,
          first: MOST_A_PAGE,
          after: page.endCursor,
          withCounts: false,
        })
        page.rows = [...page.rows, ...more.nodes]
        page.endCursor = endOf(more.pageInfo)
      }
      return { snapshot: { asked: wanted, now, page, standing: standing!.totalCount }, cursor: flowRuns.eventCursor }
    },
    follow(after, sink) {
      // Edits and deletions are no changes of a state: they come by a stream of their own, from the same place.
      const unfollow = [followChanges(after, sink), followEdits(after, sink)]
      return () => unfollow.forEach(stop => stop())
    },
    reset(snapshot) {
      asked = snapshot.asked
      loadedAt = snapshot.now
      standing = snapshot.standing
      rows.reset(snapshot.page)
    },
    apply(changes) {
      const entered = changes.filter(change => 'row' in change)
      const isNew = (change: RowChange<Run>) => change.before === null
      standing = { ...standing, value: standing.value + (standing.isExact ? entered.filter(isNew).length : 0) }
      rows.apply(entered)
      points.apply(entered.map(({ row }) => row))
      for (const change of changes) {
        if ('edited' in change) rows.edit(change.edited)
        if ('deleted' in change) remove(change.deleted)
      }
      if (isFollowing()) rows.follow()
    },
  }

  const followChanges = (after: () => string, sink: FrameSink<Change>) => {
    const { standing: filter, withParameters } = variables()
    return follow(FlowRunListChangedDocument, { filter, withParameters }, after, {
      next({ flowRunStateChanged: { cursor, changes, gap } }) {
        const entered = changes.map(({ flowRun, state, previousState }) => ({ row: flowRun, before: previousState ?? null, after: state }))
        sink.next({ cursor, changes: entered, hasGap: gap != null })
      },
      failed: sink.failed,
    })
  }

  const followEdits = (after: () => string, sink: FrameSink<Change>) => {
    let cursor = after()
    const { withParameters } = variables()
    const tell = (change: Change) => sink.next({ cursor: after(), changes: [change], hasGap: false })
    return follow(FlowRunListEditedDocument, {}, () => cursor, {
      next({ eventOccurred: { cursor: next, events, gap } }) {
        cursor = next
        if (gap != null) return sink.next({ cursor: after(), changes: [], hasGap: true })
        const idsOf = (name: string) => events.filter(({ event }) => event === name).map(({ resource }) => runIdOf(resource))
        const deleted = idsOf('flow-run.deleted')
        if (deleted.length > 0) tell({ deleted })
        const edited = idsOf('flow-run.updated').filter(id => rows.get(id) !== undefined)
        if (edited.length > 0) void readAgain(edited, withParameters).then(edited => tell({ edited }), sink.failed)
      },
      failed: sink.failed,
    })
  }

  const remove = (ids: readonly string[]) => {
    const before = rows.read().total.value
    rows.remove(ids)
    standing = { ...standing, value: standing.value + rows.read().total.value - before }
    points.remove(ids)
  }

  return {
    source,
    read: (): ShownList => ({ ...rows.read(), choice: asked.choice, standing }),
    belongs,
    refresh: rows.refresh,
    remove,
    readPoints: points.read,
    async loadPoints() {
      if (durations === undefined) return
      const { read, now } = durations
      const { standing, matching } = await read
      points.reset([...(standing ?? []), ...matching], now)
    },
    /** Answers false when the place where the list ends is gone. */
    async loadMore(): Promise<boolean> {
      const mine = asked
      const end = rows.read().endCursor ?? (await cursorOf(rows.read().shown.at(-1)?.id, orderOf(mine.choice)))
      if (end === undefined) return false
      const { flowRuns } = await request(FlowRunListDocument, { first: MOST_A_PAGE, after: end, withCounts: false, ...variables() })
      if (mine === asked) rows.append({ rows: flowRuns.nodes, endCursor: endOf(flowRuns.pageInfo) })
      return true
    },
  }
}

/** What is to come is read from now on. */
export const isAscending = ({ isOldestFirst, range }: Choice): boolean => isOldestFirst !== (range === 'upcoming')

const orderOf = (choice: Choice): FlowRunOrder => (isAscending(choice) ? 'EXPECTED_START_TIME_ASC' : 'EXPECTED_START_TIME_DESC')

const endOf = ({ hasNextPage, endCursor }: { hasNextPage: boolean; endCursor?: string | null }) =>
  hasNextPage ? (endCursor ?? undefined) : undefined

const cursorOf = async (id: string | undefined, orderBy: FlowRunOrder) => {
  if (id === undefined) return undefined
  const { flowRuns } = await request(FlowRunCursorDocument, { id, orderBy })
  return flowRuns.pageInfo.endCursor ?? undefined
}

const readAgain = async (ids: readonly string[], withParameters: boolean): Promise<readonly Run[]> => {
  const { flowRuns } = await request(FlowRunsAgainDocument, { ids: ids.slice(0, MOST_A_PAGE), withParameters })
  return flowRuns.nodes
}

const runIdOf = (resource: unknown): string =>
  String((resource as Record<string, unknown>)['prefect.resource.id'] ?? '').replace('prefect.flow-run.', '')
