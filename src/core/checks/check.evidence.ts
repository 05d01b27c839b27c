import type { Instant } from '../../kernel/clock.ts'
import { type LogEvent, resourceIdOf } from '../../kernel/event-log.ts'
import { oneOf } from '../../kernel/filters.ts'
import type { Query, Reader, RollupDelta, TaskRollupDelta } from '../../kernel/storage.ts'
import { EventEntity } from '../events/index.ts'
import { FlowRun, FlowRunState, stateChangeOf } from '../flow-runs/index.ts'
import { Flow } from '../flows/index.ts'
import { LogLineEntity } from '../logs/index.ts'
import { eventsMissingBefore, RETENTION_RESOURCE } from '../retention/index.ts'
import { FlowRunRollup, TaskRunRollup } from '../rollups/index.ts'
import type { CheckedEvent, CheckedRun, CheckedState, RunEvidence } from './check.rules.ts'

const PAGE = 500

/** Reads across workspaces, page by page, so that a check of millions of rows needs no more memory than one of a few. */
export async function* readRuns(read: Reader): AsyncGenerator<readonly RunEvidence[], void, undefined> {
  const missingBefore = await beginningOfEvents(read)
  const properties = [
    'id',
    'workspaceId',
    'flowId',
    'parentTaskRunId',
    'tags',
    'stateId',
    'stateType',
    'stateName',
    'stateTimestamp',
    'version',
    'endTime',
    'sortTime',
  ]
  for await (const runs of pages<CheckedRun>(read, { entity: FlowRun, where: [], orderBy: [['id', 'asc']], properties })) {
    const states = Map.groupBy(await statesOf(read, runs), state => state.flowRunId)
    const flows = await workspacesOf(
      read,
      Flow,
      runs.map(run => run.flowId),
    )
    const events = new Map<string, CheckedEvent>()
    for (const [workspaceId, own] of Map.groupBy(runs, run => run.workspaceId)) {
      for (const event of await eventsOf(
        read,
        workspaceId,
        own.flatMap(run => states.get(run.id) ?? []),
      ))
        events.set(event.id, event)
    }
    yield runs.map(run => ({
      run,
      states: states.get(run.id) ?? [],
      events,
      eventsMissingBefore: missingBefore,
      flowWorkspaceId: flows.get(run.flowId),
    }))
  }
}

/** As the log itself tells: whatever retention takes leaves word of it there. */
export async function beginningOfEvents(read: Reader): Promise<Instant> {
  const news = (await read.select({
    entity: EventEntity,
    workspaceId: null,
    where: oneOf('resourceId', [RETENTION_RESOURCE]),
    orderBy: [['seq', 'desc']],
    limit: 1000,
  })) as unknown as LogEvent[]
  return Math.max(0, ...news.flatMap(event => eventsMissingBefore(event) ?? []))
}

/** The rows of the roll-ups. */
export const readRollups = (read: Reader): AsyncGenerator<RollupDelta[], void, undefined> =>
  pages<RollupDelta>(read, {
    entity: FlowRunRollup,
    where: [],
    orderBy: [
      ['workspaceId', 'asc'],
      ['scope', 'asc'],
      ['bucket', 'asc'],
      ['flowId', 'asc'],
      ['stateType', 'asc'],
      ['isSubflow', 'asc'],
      ['isLate', 'asc'],
    ],
  })

/** The same of task runs. */
export const readTaskRollups = (read: Reader): AsyncGenerator<TaskRollupDelta[], void, undefined> =>
  pages<TaskRollupDelta>(read, {
    entity: TaskRunRollup,
    where: [],
    orderBy: [
      ['workspaceId', 'asc'],
      ['scope', 'asc'],
      ['stateType', 'asc'],
      ['bucket', 'asc'],
    ],
  })

async function statesOf(read: Reader, runs: readonly CheckedRun[]): Promise<CheckedState[]> {
  const found: CheckedState[] = []
  const query = {
    entity: FlowRunState,
    where: oneOf(
      'flowRunId',
      runs.map(({ id }) => id),
    ),
    orderBy: [
      ['flowRunId', 'asc'],
      ['ordinal', 'asc'],
    ],
    properties: ['id', 'workspaceId', 'flowRunId', 'ordinal', 'timestamp', 'type', 'name'],
  } as const
  for await (const page of pages<CheckedState>(read, query)) found.push(...page)
  return found
}

/** By workspace, since that is how the log is indexed: an event in another workspace counts as missing. */
export const eventsOf = async (read: Reader, workspaceId: string, states: readonly Pick<CheckedState, 'id'>[]): Promise<CheckedEvent[]> =>
  (await read.select({
    entity: EventEntity,
    workspaceId,
    where: oneOf(
      'id',
      states.map(({ id }) => id),
    ),
    orderBy: [['seq', 'asc']],
    limit: states.length + 1,
    properties: ['seq', 'id', 'resourceId', 'event', 'occurred'],
  })) as unknown as CheckedEvent[]

export interface RowEvidence {
  readonly id: string
  /** Why it should not stand there as it does; null when it should. */
  readonly fault: string | null
}

/**
 * The state changes in the log that this server wrote, each with whether the state exists. What clients send bears another time of receipt; a run that
 * was deleted has taken its states along and left its events.
 */
export async function* readStateChanges(read: Reader): AsyncGenerator<readonly RowEvidence[], void, undefined> {
  for await (const events of pages<LogEvent>(read, { entity: EventEntity, where: [], orderBy: [['seq', 'asc']] })) {
    const own = events.flatMap(event => {
      const flowRunId = event.occurred === event.received ? stateChangeOf(event)?.flowRunId : undefined
      return flowRunId === undefined ? [] : [{ event, flowRunId }]
    })
    const stateIds = own.map(({ event }) => event.id)
    const runIds = own.map(({ flowRunId }) => flowRunId)
    const [states, runs] = [await workspacesOf(read, FlowRunState, stateIds), await workspacesOf(read, FlowRun, runIds)]
    yield own.map(({ event, flowRunId }) => {
      const isFine = states.get(event.id) === event.workspaceId || !runs.has(flowRunId)
      return { id: event.id, fault: isFine ? null : `${event.seq}: no state for ${event.event} of ${resourceIdOf(event)}` }
    })
  }
}

/** Log lines of runs that exist, each with whether it is in its run's workspace. */
export async function* readLines(read: Reader): AsyncGenerator<readonly RowEvidence[], void, undefined> {
  type Line = { readonly id: string; readonly workspaceId: string; readonly flowRunId: string | null }
  const properties = ['seq', 'id', 'workspaceId', 'flowRunId']
  for await (const lines of pages<Line>(read, { entity: LogLineEntity, where: [], orderBy: [['seq', 'asc']], properties })) {
    const workspaces = await workspacesOf(
      read,
      FlowRun,
      lines.flatMap(({ flowRunId }) => (flowRunId === null ? [] : [flowRunId])),
    )
    yield lines.map(({ id, workspaceId, flowRunId }) => {
      const expected = flowRunId === null ? workspaceId : (workspaces.get(flowRunId) ?? workspaceId)
      return { id, fault: expected === workspaceId ? null : `${id}: its run ${flowRunId} is in ${expected}` }
    })
  }
}

export async function workspacesOf(read: Reader, entity: Query['entity'], ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0) return new Map()
  const rows = await read.select({
    entity,
    workspaceId: null,
    where: oneOf('id', distinct),
    orderBy: [['id', 'asc']],
    limit: distinct.length,
    properties: ['id', 'workspaceId'],
  })
  return new Map(rows.map(({ id, workspaceId }) => [id as string, workspaceId as string]))
}

export async function* pages<Row>(
  read: Reader,
  query: Omit<Query, 'workspaceId' | 'limit' | 'after'>,
): AsyncGenerator<Row[], void, undefined> {
  let after: readonly unknown[] | undefined
  for (;;) {
    const rows = await read.select({ ...query, workspaceId: null, limit: PAGE, ...(after ? { after } : {}) })
    if (rows.length > 0) yield rows as Row[]
    if (rows.length < PAGE) return
    after = query.orderBy.map(([property]) => rows.at(-1)![property])
  }
}
