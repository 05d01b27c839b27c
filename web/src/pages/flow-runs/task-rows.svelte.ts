import { untrack } from 'svelte'
import { request } from '../../client.ts'
import { FlowRunTaskRowsDocument, type FlowRunTaskRowsQuery } from '../../generated/graphql.ts'
import type { RunTask, TaskRow } from './run-tasks.ts'

const PAGE = 200

export interface RowsAsked {
  flowRunId: string
  /** All there are, or undefined where the server has more than is held here. */
  held: readonly RunTask[] | undefined
  name: string
  /** Kinds of states; none asks for all. */
  states: readonly string[]
  /** Another where some have changed. */
  version: unknown
}

interface Page {
  rows: readonly TaskRow[]
  endCursor: string | undefined
  count: { value: number; isExact: boolean }
}

/** The rows of a table of task runs: chosen among those that are held, or read from the server page by page. */
export const useTaskRows = (asked: () => RowsAsked) => {
  let page = $state.raw<Page>()
  let error = $state.raw<unknown>()
  let isReading = $state(false)
  let generation = 0

  const choice = $derived.by(() => {
    const { flowRunId, held, name, states } = asked()
    return JSON.stringify({ isHeld: held !== undefined, flowRunId, name, states })
  })

  const ask = async (after: string | undefined): Promise<FlowRunTaskRowsQuery['taskRuns']> => {
    const { flowRunId, name, states } = untrack(asked)
    const filter = {
      flowRunIds: [flowRunId],
      ...(name !== '' && { nameContains: name }),
      ...(states.length > 0 && { states: [...states] }),
    }
    const variables = { filter, first: PAGE, after: after ?? null, withCount: after === undefined }
    return (await request(FlowRunTaskRowsDocument, variables)).taskRuns
  }

  const read = async (after: string | undefined) => {
    generation += 1
    const mine = generation
    isReading = true
    try {
      const { nodes, pageInfo, totalCount } = await ask(after)
      if (mine !== generation) return
      const before = after === undefined ? undefined : page
      page = {
        rows: [...(before?.rows ?? []), ...nodes.map(rowOf)],
        endCursor: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined,
        count: totalCount ?? before?.count ?? { value: nodes.length, isExact: true },
      }
      error = undefined
    } catch (cause) {
      if (mine === generation) error = cause
    } finally {
      if (mine === generation) isReading = false
    }
  }

  $effect(() => {
    void choice
    untrack(() => {
      page = undefined
      if (asked().held === undefined) void read(undefined)
    })
  })

  // What has changed may have come in or gone out. Whoever has read on keeps what was read.
  $effect(() => {
    void asked().version
    untrack(() => {
      if (asked().held === undefined && page !== undefined && page.rows.length <= PAGE && !isReading) void read(undefined)
    })
  })

  const matching = $derived.by(() => {
    const { held, name, states } = asked()
    const text = name.toLowerCase()
    return held?.filter(
      task =>
        task.name.toLowerCase().includes(text) && (states.length === 0 || (task.stateType != null && states.includes(task.stateType))),
    )
  })

  return {
    /** Undefined while nothing is known yet. */
    get rows(): readonly TaskRow[] | undefined {
      return matching ?? page?.rows
    },
    get count(): Page['count'] | undefined {
      return matching ? { value: matching.length, isExact: true } : page?.count
    },
    get hasMore() {
      return matching === undefined && page?.endCursor !== undefined
    },
    get error() {
      return matching === undefined ? error : undefined
    },
    more() {
      if (!isReading && error === undefined && matching === undefined && page?.endCursor !== undefined) void read(page.endCursor)
    },
    retry: () => void read(page?.endCursor),
  }
}

const rowOf = ({ subflowRun, ...run }: FlowRunTaskRowsQuery['taskRuns']['nodes'][number]): TaskRow => ({
  ...run,
  name: subflowRun?.name ?? run.name,
  subflowRunId: subflowRun?.id ?? null,
})
