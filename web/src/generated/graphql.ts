/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** From where an address is used. */
export type ApiUrlKind =
  /** From a container on this machine. */
  | 'CONTAINER'
  /** From this machine. */
  | 'HOST'
  /** From another machine of the network. */
  | 'LAN';

/** What keeps the data. */
export type DatabaseKind =
  /** One database, any number of servers. */
  | 'POSTGRES'
  /** One file, one server. */
  | 'SQLITE_FILE'
  /** Gone when the server stops. */
  | 'SQLITE_MEMORY';

/** Which flows are meant. Parts are joined by "and". */
export type FlowFilter = {
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** Which runs are meant. Parts are joined by "and"; the same filter serves lists and subscriptions. */
export type FlowRunFilter = {
  /** Made from any of these deployments. */
  deploymentIds?: Array<string> | null | undefined;
  /** Expected to start then or later. */
  expectedStartTimeAfter?: string | null | undefined;
  /** Expected to start then or earlier. */
  expectedStartTimeBefore?: string | null | undefined;
  /** Of any of these flows. */
  flowIds?: Array<string> | null | undefined;
  /** Of a flow named exactly one of these. */
  flowNames?: Array<string> | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Subflows only, or none of them. */
  isSubflow?: boolean | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Subflows of any of these task runs. */
  parentTaskRunIds?: Array<string> | null | undefined;
  /** In a state named exactly one of these. */
  stateNames?: Array<string> | null | undefined;
  /** In a state of any of these kinds; of a change: entering one. */
  stateTypes?: Array<StateType> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** Why something may have been missed. */
export type GapReason =
  /** What follows the cursor was older than retention and is gone. */
  | 'EXPIRED'
  /** The cursor belongs to another history: the database was reset or restored. */
  | 'RESET'
  /** The client read too slowly for too long. */
  | 'SLOW_CONSUMER';

/** The kind of a state. Names are finer: a SCHEDULED run may be Late or AwaitingRetry. */
export type StateType =
  /** Ended because somebody cancelled it. */
  | 'CANCELLED'
  /** Asked to stop, and not yet stopped. */
  | 'CANCELLING'
  /** Ended well. */
  | 'COMPLETED'
  /** Ended because its process or infrastructure did. */
  | 'CRASHED'
  /** Ended with an error of the flow. */
  | 'FAILED'
  /** Held until somebody resumes it. */
  | 'PAUSED'
  /** Being prepared. */
  | 'PENDING'
  /** Running. */
  | 'RUNNING'
  /** Will run at its scheduled time. */
  | 'SCHEDULED';

export type PaletteSearchQueryVariables = Exact<{
  runs: FlowRunFilter;
  flows: FlowFilter;
}>;


export type PaletteSearchQuery = { flowRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } }> }, flows: { nodes: Array<{ id: string, name: string }> } };

export type PaletteRunsOfFlowsQueryVariables = Exact<{
  flowIds: Array<string> | string;
}>;


export type PaletteRunsOfFlowsQuery = { flowRuns: { nodes: Array<{ id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } }> } };

export type FoundRunFragment = { id: string, name: string, stateType: StateType | null, stateName: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, flow: { id: string, name: string } };

export type ServerFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerFactsQuery = { server: { product: string, version: string, now: string, startedAt: string, database: DatabaseKind, isAnonymousAllowed: boolean, workspace: { id: string, slug: string, name: string } } };

export type DashboardCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type DashboardCountsQuery = { flowRunStateCounts: { eventCursor: string, counts: Array<{ type: StateType, count: number }> } };

export type DashboardCountsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DashboardCountsChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ state: { type: StateType }, previousState: { type: StateType } | null }>, gap: { reason: GapReason } | null } };

export type DashboardRunsQueryVariables = Exact<{
  first: number;
  filter?: FlowRunFilter | null | undefined;
}>;


export type DashboardRunsQuery = { flowRuns: { eventCursor: string, nodes: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } }> } };

export type DashboardRunsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DashboardRunsChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } } }>, gap: { reason: GapReason } | null } };

export type FirstRunQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstRunQuery = { server: { version: string, startedAt: string, now: string, database: DatabaseKind, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }> } };

export type FlowRunRowFragment = { id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } };

export type FlowRunFactsFragment = { created: string, flowVersion: string | null, deploymentId: string | null, runCount: number, parameters: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null }>, flow: { id: string, name: string } };

export type FlowRunDetailQueryVariables = Exact<{
  id: string;
}>;


export type FlowRunDetailQuery = { flowRuns: { eventCursor: string, nodes: Array<{ created: string, flowVersion: string | null, deploymentId: string | null, runCount: number, parameters: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, states: Array<{ id: string, type: StateType, name: string, timestamp: string, message: string | null }>, flow: { id: string, name: string } }> } };

export type FlowRunLogsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type FlowRunLogsQuery = { logs: { logCursor: string, nodes: Array<{ id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LogLineFragment = { id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null };

export type FlowRunDetailChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowRunDetailChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { runCount: number, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } }, state: { id: string, type: StateType, name: string, timestamp: string, message: string | null } }>, gap: { reason: GapReason } | null } };

export type FlowRunLogAppendedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowRunLogAppendedSubscription = { logAppended: { cursor: string, logs: Array<{ id: string, name: string, level: number, message: string, timestamp: string, taskRunId: string | null }>, gap: { reason: GapReason } | null } };

export type ServerPageQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerPageQuery = { server: { product: string, version: string, apiVersion: string, database: DatabaseKind, databaseLocation: string, startedAt: string, isAuthenticationRequired: boolean, isAnonymousAllowed: boolean, subscribers: number, workspace: { id: string, slug: string, name: string }, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }>, unknownRoutes: Array<{ method: string, path: string, count: number, lastAskedAt: string, userAgent: string | null }> } };

export type VariablesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type VariablesQuery = { variables: { eventCursor: string, nodes: Array<{ id: string, name: string, value: unknown, tags: Array<string>, updated: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } } };

export type VariableEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type VariableEventsSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FoundRunFragmentDoc = new TypedDocumentString(`
    fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}
    `, {"fragmentName":"FoundRun"}) as unknown as TypedDocumentString<FoundRunFragment, unknown>;
export const FlowRunRowFragmentDoc = new TypedDocumentString(`
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
    `, {"fragmentName":"FlowRunRow"}) as unknown as TypedDocumentString<FlowRunRowFragment, unknown>;
export const FlowRunFactsFragmentDoc = new TypedDocumentString(`
    fragment FlowRunFacts on FlowRun {
  ...FlowRunRow
  created
  flowVersion
  deploymentId
  runCount
  parameters
  states {
    id
    type
    name
    timestamp
    message
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}`, {"fragmentName":"FlowRunFacts"}) as unknown as TypedDocumentString<FlowRunFactsFragment, unknown>;
export const LogLineFragmentDoc = new TypedDocumentString(`
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
}
    `, {"fragmentName":"LogLine"}) as unknown as TypedDocumentString<LogLineFragment, unknown>;
export const PaletteSearchDocument = new TypedDocumentString(`
    query PaletteSearch($runs: FlowRunFilter!, $flows: FlowFilter!) {
  flowRuns(first: 6, filter: $runs, orderBy: EXPECTED_START_TIME_DESC) {
    nodes {
      ...FoundRun
    }
  }
  flows(first: 4, filter: $flows) {
    nodes {
      id
      name
    }
  }
}
    fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<PaletteSearchQuery, PaletteSearchQueryVariables>;
export const PaletteRunsOfFlowsDocument = new TypedDocumentString(`
    query PaletteRunsOfFlows($flowIds: [UUID!]!) {
  flowRuns(
    first: 4
    filter: { flowIds: $flowIds }
    orderBy: EXPECTED_START_TIME_DESC
  ) {
    nodes {
      ...FoundRun
    }
  }
}
    fragment FoundRun on FlowRun {
  id
  name
  stateType
  stateName
  expectedStartTime
  startTime
  endTime
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<PaletteRunsOfFlowsQuery, PaletteRunsOfFlowsQueryVariables>;
export const ServerFactsDocument = new TypedDocumentString(`
    query ServerFacts {
  server {
    product
    version
    now
    startedAt
    database
    isAnonymousAllowed
    workspace {
      id
      slug
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ServerFactsQuery, ServerFactsQueryVariables>;
export const DashboardCountsDocument = new TypedDocumentString(`
    query DashboardCounts {
  flowRunStateCounts {
    counts {
      type
      count
    }
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<DashboardCountsQuery, DashboardCountsQueryVariables>;
export const DashboardCountsChangedDocument = new TypedDocumentString(`
    subscription DashboardCountsChanged($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    changes {
      state {
        type
      }
      previousState {
        type
      }
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<DashboardCountsChangedSubscription, DashboardCountsChangedSubscriptionVariables>;
export const DashboardRunsDocument = new TypedDocumentString(`
    query DashboardRuns($first: Int!, $filter: FlowRunFilter) {
  flowRuns(first: $first, filter: $filter, orderBy: EXPECTED_START_TIME_DESC) {
    nodes {
      ...FlowRunRow
    }
    eventCursor
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<DashboardRunsQuery, DashboardRunsQueryVariables>;
export const DashboardRunsChangedDocument = new TypedDocumentString(`
    subscription DashboardRunsChanged($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    changes {
      flowRun {
        ...FlowRunRow
      }
    }
    gap {
      reason
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<DashboardRunsChangedSubscription, DashboardRunsChangedSubscriptionVariables>;
export const FirstRunDocument = new TypedDocumentString(`
    query FirstRun {
  server {
    version
    startedAt
    now
    database
    apiUrls {
      kind
      url
      isReachable
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FirstRunQuery, FirstRunQueryVariables>;
export const FlowRunDetailDocument = new TypedDocumentString(`
    query FlowRunDetail($id: UUID!) {
  flowRuns(first: 1, filter: { ids: [$id] }) {
    nodes {
      ...FlowRunFacts
    }
    eventCursor
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}
fragment FlowRunFacts on FlowRun {
  ...FlowRunRow
  created
  flowVersion
  deploymentId
  runCount
  parameters
  states {
    id
    type
    name
    timestamp
    message
  }
}`) as unknown as TypedDocumentString<FlowRunDetailQuery, FlowRunDetailQueryVariables>;
export const FlowRunLogsDocument = new TypedDocumentString(`
    query FlowRunLogs($id: UUID!, $first: Int!, $after: Cursor) {
  logs(
    first: $first
    after: $after
    filter: { flowRunIds: [$id] }
    orderBy: TIMESTAMP_DESC
  ) {
    nodes {
      ...LogLine
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    logCursor
  }
}
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
}`) as unknown as TypedDocumentString<FlowRunLogsQuery, FlowRunLogsQueryVariables>;
export const FlowRunDetailChangedDocument = new TypedDocumentString(`
    subscription FlowRunDetailChanged($id: UUID!, $after: Cursor) {
  flowRunStateChanged(filter: { ids: [$id] }, after: $after) {
    cursor
    changes {
      flowRun {
        ...FlowRunRow
        runCount
      }
      state {
        id
        type
        name
        timestamp
        message
      }
    }
    gap {
      reason
    }
  }
}
    fragment FlowRunRow on FlowRun {
  id
  name
  version
  stateType
  stateName
  stateTimestamp
  expectedStartTime
  startTime
  endTime
  totalRunTime
  tags
  flow {
    id
    name
  }
}`) as unknown as TypedDocumentString<FlowRunDetailChangedSubscription, FlowRunDetailChangedSubscriptionVariables>;
export const FlowRunLogAppendedDocument = new TypedDocumentString(`
    subscription FlowRunLogAppended($id: UUID!, $after: Cursor) {
  logAppended(filter: { flowRunIds: [$id] }, after: $after) {
    cursor
    logs {
      ...LogLine
    }
    gap {
      reason
    }
  }
}
    fragment LogLine on Log {
  id
  name
  level
  message
  timestamp
  taskRunId
}`) as unknown as TypedDocumentString<FlowRunLogAppendedSubscription, FlowRunLogAppendedSubscriptionVariables>;
export const ServerPageDocument = new TypedDocumentString(`
    query ServerPage {
  server {
    product
    version
    apiVersion
    database
    databaseLocation
    startedAt
    workspace {
      id
      slug
      name
    }
    isAuthenticationRequired
    isAnonymousAllowed
    apiUrls {
      kind
      url
      isReachable
      reason
    }
    unknownRoutes {
      method
      path
      count
      lastAskedAt
      userAgent
    }
    subscribers
  }
}
    `) as unknown as TypedDocumentString<ServerPageQuery, ServerPageQueryVariables>;
export const VariablesDocument = new TypedDocumentString(`
    query Variables($first: Int!, $after: Cursor) {
  variables(first: $first, after: $after) {
    nodes {
      id
      name
      value
      tags
      updated
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount {
      value
      isExact
    }
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<VariablesQuery, VariablesQueryVariables>;
export const VariableEventsDocument = new TypedDocumentString(`
    subscription VariableEvents($after: Cursor) {
  eventOccurred(
    filter: { resourceIdPrefixes: ["prefect.variable."] }
    after: $after
  ) {
    cursor
    events {
      id
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<VariableEventsSubscription, VariableEventsSubscriptionVariables>;