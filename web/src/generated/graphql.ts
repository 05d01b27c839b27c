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

/** Runs to be deleted: ids, a filter, or both. INVALID with neither. */
export type DeleteFlowRunsInput = {
  /** Delete nothing, and say how many it would be. */
  dryRun?: boolean | null | undefined;
  /** Those that fulfil it. */
  filter?: FlowRunFilter | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
};

/** Which deployments are meant. Parts are joined by "and". */
export type DeploymentFilter = {
  /** Of any of these flows. */
  flowIds?: Array<string> | null | undefined;
  /** Of a flow named exactly one of these. */
  flowNames?: Array<string> | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whether their schedules rest. */
  isPaused?: boolean | null | undefined;
  /** Whose name contains this, in either case. */
  nameContains?: string | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** Which events are meant. Parts are joined by "and"; names and prefixes are alternatives to each other. */
export type EventFilter = {
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Whose name begins with one of these. */
  namePrefixes?: Array<string> | null | undefined;
  /** Named exactly one of these. */
  names?: Array<string> | null | undefined;
  /** Then or later. */
  occurredAfter?: string | null | undefined;
  /** Then or earlier. */
  occurredBefore?: string | null | undefined;
  /** About a resource whose id begins with one of these. */
  resourceIdPrefixes?: Array<string> | null | undefined;
  /** About one of these resources. */
  resourceIds?: Array<string> | null | undefined;
};

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

/** How flows are ordered. */
export type FlowOrder =
  /** Newest first. */
  | 'CREATED_DESC'
  /** By name. */
  | 'NAME_ASC';

/** Which runs: ids, a filter, or both. INVALID with neither. */
export type FlowRunActionInput = {
  /** Do nothing, and say with how many it would be done and why not with the others. */
  dryRun?: boolean | null | undefined;
  /** Those that fulfil it. */
  filter?: FlowRunFilter | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** What to say about it in the states it brings. */
  message?: string | null | undefined;
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
  /** In a state of any of these kinds or names: `["FAILED", "Late"]`; of a change: entering one. */
  states?: Array<string> | null | undefined;
  /** Carrying all of these. */
  tags?: Array<string> | null | undefined;
};

/** How runs are ordered. */
export type FlowRunOrder =
  /** Oldest first. */
  | 'EXPECTED_START_TIME_ASC'
  /** Newest first. */
  | 'EXPECTED_START_TIME_DESC';

/** Why something may have been missed. */
export type GapReason =
  /** What follows the cursor was older than retention and is gone. */
  | 'EXPIRED'
  /** The cursor belongs to another history: the database was reset or restored. */
  | 'RESET'
  /** The client read too slowly for too long. */
  | 'SLOW_CONSUMER';

/** What became of a proposed state. */
export type OrchestrationStatus =
  /** Nothing was written, and proposing again is of no use. */
  | 'ABORT'
  /** Written as proposed. */
  | 'ACCEPT'
  /** Not as proposed: another state was written, or the run stays in its own. */
  | 'REJECT'
  /** Nothing was written: propose again after `delaySeconds`. */
  | 'WAIT';

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

/** Which runs, and which tags. INVALID with neither ids nor a filter. */
export type TagFlowRunsInput = {
  /** Tags they shall carry. Default: none. */
  add?: Array<string> | null | undefined;
  /** Do nothing, and say with how many it would be done and why not with the others. */
  dryRun?: boolean | null | undefined;
  /** Those that fulfil it. */
  filter?: FlowRunFilter | null | undefined;
  /** Any of these. */
  ids?: Array<string> | null | undefined;
  /** Tags they shall not. Default: none. */
  remove?: Array<string> | null | undefined;
};

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

export type EventHistoryQueryVariables = Exact<{
  start: string;
  spanSize: number;
  spanCount: number;
  filter?: EventFilter | null | undefined;
}>;


export type EventHistoryQuery = { eventHistory: { counts: Array<number>, eventCursor: string } | null };

export type EventsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type EventsQuery = { events: { eventCursor: string, nodes: Array<{ id: string, event: string, occurred: string, resource: unknown, related: unknown }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EventRowFragment = { id: string, event: string, occurred: string, resource: unknown, related: unknown };

export type EventDetailQueryVariables = Exact<{
  id: string;
}>;


export type EventDetailQuery = { events: { nodes: Array<{ id: string, received: string, payload: unknown, follows: string | null }> } };

export type EventsOccurredSubscriptionVariables = Exact<{
  filter?: EventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type EventsOccurredSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string, event: string, occurred: string, resource: unknown, related: unknown }>, gap: { reason: GapReason } | null } };

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

export type ListedFlowRunFragment = { runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, flow: { id: string, name: string } };

export type FlowRunListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FlowRunFilter | null | undefined;
  orderBy: FlowRunOrder;
  standing?: FlowRunFilter | null | undefined;
  withParameters: boolean;
  withCounts: boolean;
}>;


export type FlowRunListQuery = { flowRuns: { eventCursor: string, nodes: Array<{ runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, flow: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount?: { value: number, isExact: boolean } }, standing?: { totalCount: { value: number, isExact: boolean } } };

export type FlowRunCursorQueryVariables = Exact<{
  id: string;
  orderBy: FlowRunOrder;
}>;


export type FlowRunCursorQuery = { flowRuns: { pageInfo: { endCursor: string | null } } };

export type FlowRunsAgainQueryVariables = Exact<{
  ids: Array<string> | string;
  withParameters: boolean;
}>;


export type FlowRunsAgainQuery = { flowRuns: { nodes: Array<{ runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, flow: { id: string, name: string } }> } };

export type FlowRunIdsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FlowRunFilter | null | undefined;
}>;


export type FlowRunIdsQuery = { flowRuns: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FlowRunListChangedSubscriptionVariables = Exact<{
  filter?: FlowRunFilter | null | undefined;
  after?: string | null | undefined;
  withParameters: boolean;
}>;


export type FlowRunListChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { runCount: number, parameters?: unknown, id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, deployment: { id: string, name: string } | null, flow: { id: string, name: string } }, state: { type: StateType, name: string }, previousState: { type: StateType, name: string } | null }>, gap: { reason: GapReason } | null } };

export type FlowRunListEditedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FlowRunListEditedSubscription = { eventOccurred: { cursor: string, events: Array<{ event: string, resource: unknown }>, gap: { reason: GapReason } | null } };

export type DurationPointFragment = { id: string, name: string, flowName: string, version: number, stateType: StateType | null, stateName: string | null, startTime: string, duration: number };

export type FlowRunListDurationsQueryVariables = Exact<{
  filter?: FlowRunFilter | null | undefined;
  standing?: FlowRunFilter | null | undefined;
  withStanding: boolean;
}>;


export type FlowRunListDurationsQuery = { matching: Array<{ id: string, name: string, flowName: string, version: number, stateType: StateType | null, stateName: string | null, startTime: string, duration: number }>, standing?: Array<{ id: string, name: string, flowName: string, version: number, stateType: StateType | null, stateName: string | null, startTime: string, duration: number }> };

export type FlowChoicesQueryVariables = Exact<{
  nameContains?: string | null | undefined;
  first: number;
}>;


export type FlowChoicesQuery = { flows: { nodes: Array<{ id: string, name: string }> } };

export type DeploymentChoicesQueryVariables = Exact<{
  filter?: DeploymentFilter | null | undefined;
  first: number;
}>;


export type DeploymentChoicesQuery = { deployments: { nodes: Array<{ id: string, name: string, flow: { name: string } }> } };

export type FlowRunActionAnswerFragment = { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> };

export type RetryFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type RetryFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type CancelFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type CancelFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type PauseFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type PauseFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type SuspendFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type SuspendFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type ResumeFlowRunsMutationVariables = Exact<{
  input: FlowRunActionInput;
}>;


export type ResumeFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type TagFlowRunsMutationVariables = Exact<{
  input: TagFlowRunsInput;
}>;


export type TagFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, eligibleCount: number, isEligibleCountExact: boolean, results: Array<{ status: OrchestrationStatus, reason: string | null, caveat: string | null, flowRun: { id: string, name: string } }>, refusals: Array<{ reason: string, flowRun: { id: string, name: string } }> } };

export type DeleteFlowRunsMutationVariables = Exact<{
  input: DeleteFlowRunsInput;
}>;


export type DeleteFlowRunsMutation = { answer: { matchedCount: number, isMatchedCountExact: boolean, deletedIds: Array<string> } };

export type FlowPageQueryVariables = Exact<{
  id: string;
  start: string;
  end: string;
  bucketSize: number;
  first: number;
  soon: string;
}>;


export type FlowPageQuery = { flow: { id: string, name: string, tags: Array<string>, created: string, activity: { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> } } | null, flowRunDurations: Array<{ id: string, name: string, stateType: StateType | null, startTime: string, duration: number }>, flowRuns: { nodes: Array<{ id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } }> }, deployments: { nodes: Array<{ id: string, name: string, version: string | null, isPaused: boolean, tags: Array<string>, updated: string }>, totalCount: { value: number } } };

export type FlowRunPointFragment = { id: string, name: string, stateType: StateType | null, startTime: string, duration: number };

export type FlowPageChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FlowPageChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { id: string, name: string, version: number, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null, startTime: string | null, endTime: string | null, totalRunTime: number, tags: Array<string>, flow: { id: string, name: string } }, state: { type: StateType }, previousState: { type: StateType } | null }>, gap: { reason: GapReason } | null } };

export type DeleteFlowMutationVariables = Exact<{
  id: string;
  dryRun: boolean;
}>;


export type DeleteFlowMutation = { deleteFlows: { deletedIds: Array<string>, flowRunCount: number, deploymentCount: number } };

export type FlowsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FlowFilter | null | undefined;
  orderBy: FlowOrder;
  start: string;
  end: string;
  bucketSize: number;
}>;


export type FlowsQuery = { flows: { eventCursor: string, nodes: Array<{ id: string, name: string, tags: Array<string>, activity: { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> }, lastRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { value: number, isExact: boolean } }, known: { totalCount: { value: number, isExact: boolean } } };

export type FlowRowFragment = { id: string, name: string, tags: Array<string>, activity: { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> }, lastRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null } | null };

export type FlowActivityFragment = { runningCount: number, eventCursor: string, counts: Array<{ bucket: number, type: StateType, count: number }> };

export type FlowLastRunFragment = { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null };

export type FlowRunChangeFragment = { flowRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null }, state: { type: StateType }, previousState: { type: StateType } | null };

export type FlowsRunsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FlowsRunsChangedSubscription = { flowRunStateChanged: { cursor: string, changes: Array<{ flowRun: { id: string, name: string, version: number, flowId: string, stateType: StateType | null, stateName: string | null, stateTimestamp: string | null, expectedStartTime: string | null }, state: { type: StateType }, previousState: { type: StateType } | null }>, gap: { reason: GapReason } | null } };

export type FlowsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FlowsChangedSubscription = { eventOccurred: { cursor: string, events: Array<{ id: string }>, gap: { reason: GapReason } | null } };

export type ServerPageQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerPageQuery = { server: { product: string, version: string, apiVersion: string, database: DatabaseKind, databaseLocation: string, startedAt: string, isAuthenticationRequired: boolean, isAnonymousAllowed: boolean, subscribers: number, openSockets: number, workspace: { id: string, slug: string, name: string }, apiUrls: Array<{ kind: ApiUrlKind, url: string, isReachable: boolean, reason: string }>, unknownRoutes: Array<{ method: string, path: string, count: number, lastAskedAt: string, userAgent: string | null }>, databaseFacts: { sizeBytes: number, revision: string, serverCount: number } | null, services: Array<{ name: string, every: number, lastTickAt: string | null, failure: string | null }>, retention: { runsDays: number, eventsDays: number, logsDays: number } } };

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
export const EventRowFragmentDoc = new TypedDocumentString(`
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}
    `, {"fragmentName":"EventRow"}) as unknown as TypedDocumentString<EventRowFragment, unknown>;
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
export const ListedFlowRunFragmentDoc = new TypedDocumentString(`
    fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
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
}`, {"fragmentName":"ListedFlowRun"}) as unknown as TypedDocumentString<ListedFlowRunFragment, unknown>;
export const DurationPointFragmentDoc = new TypedDocumentString(`
    fragment DurationPoint on FlowRunDuration {
  id
  name
  flowName
  version
  stateType
  stateName
  startTime
  duration
}
    `, {"fragmentName":"DurationPoint"}) as unknown as TypedDocumentString<DurationPointFragment, unknown>;
export const FlowRunActionAnswerFragmentDoc = new TypedDocumentString(`
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}
    `, {"fragmentName":"FlowRunActionAnswer"}) as unknown as TypedDocumentString<FlowRunActionAnswerFragment, unknown>;
export const FlowRunPointFragmentDoc = new TypedDocumentString(`
    fragment FlowRunPoint on FlowRunDuration {
  id
  name
  stateType
  startTime
  duration
}
    `, {"fragmentName":"FlowRunPoint"}) as unknown as TypedDocumentString<FlowRunPointFragment, unknown>;
export const FlowActivityFragmentDoc = new TypedDocumentString(`
    fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}
    `, {"fragmentName":"FlowActivity"}) as unknown as TypedDocumentString<FlowActivityFragment, unknown>;
export const FlowLastRunFragmentDoc = new TypedDocumentString(`
    fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}
    `, {"fragmentName":"FlowLastRun"}) as unknown as TypedDocumentString<FlowLastRunFragment, unknown>;
export const FlowRowFragmentDoc = new TypedDocumentString(`
    fragment FlowRow on Flow {
  id
  name
  tags
  activity(start: $start, end: $end, bucketSize: $bucketSize) {
    ...FlowActivity
  }
  lastRun {
    ...FlowLastRun
  }
}
    fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}
fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}`, {"fragmentName":"FlowRow"}) as unknown as TypedDocumentString<FlowRowFragment, unknown>;
export const FlowRunChangeFragmentDoc = new TypedDocumentString(`
    fragment FlowRunChange on FlowRunStateChange {
  flowRun {
    ...FlowLastRun
  }
  state {
    type
  }
  previousState {
    type
  }
}
    fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}`, {"fragmentName":"FlowRunChange"}) as unknown as TypedDocumentString<FlowRunChangeFragment, unknown>;
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
export const EventHistoryDocument = new TypedDocumentString(`
    query EventHistory($start: DateTime!, $spanSize: Duration!, $spanCount: Int!, $filter: EventFilter) {
  eventHistory(
    start: $start
    spanSize: $spanSize
    spanCount: $spanCount
    filter: $filter
  ) {
    counts
    eventCursor
  }
}
    `) as unknown as TypedDocumentString<EventHistoryQuery, EventHistoryQueryVariables>;
export const EventsDocument = new TypedDocumentString(`
    query Events($first: Int!, $after: Cursor, $filter: EventFilter) {
  events(first: $first, after: $after, filter: $filter) {
    nodes {
      ...EventRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    eventCursor
  }
}
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}`) as unknown as TypedDocumentString<EventsQuery, EventsQueryVariables>;
export const EventDetailDocument = new TypedDocumentString(`
    query EventDetail($id: UUID!) {
  events(first: 1, filter: { ids: [$id] }) {
    nodes {
      id
      received
      payload
      follows
    }
  }
}
    `) as unknown as TypedDocumentString<EventDetailQuery, EventDetailQueryVariables>;
export const EventsOccurredDocument = new TypedDocumentString(`
    subscription EventsOccurred($filter: EventFilter, $after: Cursor) {
  eventOccurred(filter: $filter, after: $after) {
    cursor
    events {
      ...EventRow
    }
    gap {
      reason
    }
  }
}
    fragment EventRow on Event {
  id
  event
  occurred
  resource
  related
}`) as unknown as TypedDocumentString<EventsOccurredSubscription, EventsOccurredSubscriptionVariables>;
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
export const FlowRunListDocument = new TypedDocumentString(`
    query FlowRunList($first: Int!, $after: Cursor, $filter: FlowRunFilter, $orderBy: FlowRunOrder!, $standing: FlowRunFilter, $withParameters: Boolean!, $withCounts: Boolean!) {
  flowRuns(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes {
      ...ListedFlowRun
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount @include(if: $withCounts) {
      value
      isExact
    }
    eventCursor
  }
  standing: flowRuns(first: 1, filter: $standing) @include(if: $withCounts) {
    totalCount {
      value
      isExact
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
}
fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}`) as unknown as TypedDocumentString<FlowRunListQuery, FlowRunListQueryVariables>;
export const FlowRunCursorDocument = new TypedDocumentString(`
    query FlowRunCursor($id: UUID!, $orderBy: FlowRunOrder!) {
  flowRuns(first: 1, filter: { ids: [$id] }, orderBy: $orderBy) {
    pageInfo {
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunCursorQuery, FlowRunCursorQueryVariables>;
export const FlowRunsAgainDocument = new TypedDocumentString(`
    query FlowRunsAgain($ids: [UUID!]!, $withParameters: Boolean!) {
  flowRuns(first: 200, filter: { ids: $ids }) {
    nodes {
      ...ListedFlowRun
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
}
fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}`) as unknown as TypedDocumentString<FlowRunsAgainQuery, FlowRunsAgainQueryVariables>;
export const FlowRunIdsDocument = new TypedDocumentString(`
    query FlowRunIds($first: Int!, $after: Cursor, $filter: FlowRunFilter) {
  flowRuns(first: $first, after: $after, filter: $filter) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunIdsQuery, FlowRunIdsQueryVariables>;
export const FlowRunListChangedDocument = new TypedDocumentString(`
    subscription FlowRunListChanged($filter: FlowRunFilter, $after: Cursor, $withParameters: Boolean!) {
  flowRunStateChanged(filter: $filter, after: $after) {
    cursor
    changes {
      flowRun {
        ...ListedFlowRun
      }
      state {
        type
        name
      }
      previousState {
        type
        name
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
}
fragment ListedFlowRun on FlowRun {
  ...FlowRunRow
  runCount
  deployment {
    id
    name
  }
  parameters @include(if: $withParameters)
}`) as unknown as TypedDocumentString<FlowRunListChangedSubscription, FlowRunListChangedSubscriptionVariables>;
export const FlowRunListEditedDocument = new TypedDocumentString(`
    subscription FlowRunListEdited($after: Cursor) {
  eventOccurred(
    filter: { names: ["flow-run.updated", "flow-run.deleted"] }
    after: $after
  ) {
    cursor
    events {
      event
      resource
    }
    gap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FlowRunListEditedSubscription, FlowRunListEditedSubscriptionVariables>;
export const FlowRunListDurationsDocument = new TypedDocumentString(`
    query FlowRunListDurations($filter: FlowRunFilter, $standing: FlowRunFilter, $withStanding: Boolean!) {
  matching: flowRunDurations(filter: $filter) {
    ...DurationPoint
  }
  standing: flowRunDurations(filter: $standing) @include(if: $withStanding) {
    ...DurationPoint
  }
}
    fragment DurationPoint on FlowRunDuration {
  id
  name
  flowName
  version
  stateType
  stateName
  startTime
  duration
}`) as unknown as TypedDocumentString<FlowRunListDurationsQuery, FlowRunListDurationsQueryVariables>;
export const FlowChoicesDocument = new TypedDocumentString(`
    query FlowChoices($nameContains: String, $first: Int!) {
  flows(first: $first, filter: { nameContains: $nameContains }) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<FlowChoicesQuery, FlowChoicesQueryVariables>;
export const DeploymentChoicesDocument = new TypedDocumentString(`
    query DeploymentChoices($filter: DeploymentFilter, $first: Int!) {
  deployments(first: $first, filter: $filter) {
    nodes {
      id
      name
      flow {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DeploymentChoicesQuery, DeploymentChoicesQueryVariables>;
export const RetryFlowRunsDocument = new TypedDocumentString(`
    mutation RetryFlowRuns($input: FlowRunActionInput!) {
  answer: retryFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<RetryFlowRunsMutation, RetryFlowRunsMutationVariables>;
export const CancelFlowRunsDocument = new TypedDocumentString(`
    mutation CancelFlowRuns($input: FlowRunActionInput!) {
  answer: cancelFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<CancelFlowRunsMutation, CancelFlowRunsMutationVariables>;
export const PauseFlowRunsDocument = new TypedDocumentString(`
    mutation PauseFlowRuns($input: FlowRunActionInput!) {
  answer: pauseFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<PauseFlowRunsMutation, PauseFlowRunsMutationVariables>;
export const SuspendFlowRunsDocument = new TypedDocumentString(`
    mutation SuspendFlowRuns($input: FlowRunActionInput!) {
  answer: suspendFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<SuspendFlowRunsMutation, SuspendFlowRunsMutationVariables>;
export const ResumeFlowRunsDocument = new TypedDocumentString(`
    mutation ResumeFlowRuns($input: FlowRunActionInput!) {
  answer: resumeFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<ResumeFlowRunsMutation, ResumeFlowRunsMutationVariables>;
export const TagFlowRunsDocument = new TypedDocumentString(`
    mutation TagFlowRuns($input: TagFlowRunsInput!) {
  answer: tagFlowRuns(input: $input) {
    ...FlowRunActionAnswer
  }
}
    fragment FlowRunActionAnswer on FlowRunActionPayload {
  matchedCount
  isMatchedCountExact
  eligibleCount
  isEligibleCountExact
  results {
    status
    reason
    caveat
    flowRun {
      id
      name
    }
  }
  refusals {
    reason
    flowRun {
      id
      name
    }
  }
}`) as unknown as TypedDocumentString<TagFlowRunsMutation, TagFlowRunsMutationVariables>;
export const DeleteFlowRunsDocument = new TypedDocumentString(`
    mutation DeleteFlowRuns($input: DeleteFlowRunsInput!) {
  answer: deleteFlowRuns(input: $input) {
    matchedCount
    isMatchedCountExact
    deletedIds
  }
}
    `) as unknown as TypedDocumentString<DeleteFlowRunsMutation, DeleteFlowRunsMutationVariables>;
export const FlowPageDocument = new TypedDocumentString(`
    query FlowPage($id: UUID!, $start: DateTime!, $end: DateTime!, $bucketSize: Duration!, $first: Int!, $soon: DateTime!) {
  flow(id: $id) {
    id
    name
    tags
    created
    activity(start: $start, end: $end, bucketSize: $bucketSize) {
      ...FlowActivity
    }
  }
  flowRunDurations(
    filter: {
      flowIds: [$id]
      stateTypes: [COMPLETED, FAILED, CRASHED, CANCELLED]
      expectedStartTimeAfter: $start
    }
  ) {
    ...FlowRunPoint
  }
  flowRuns(
    first: $first
    filter: { flowIds: [$id], expectedStartTimeBefore: $soon }
  ) {
    nodes {
      ...FlowRunRow
    }
  }
  deployments(first: 50, filter: { flowIds: [$id] }) {
    nodes {
      id
      name
      version
      isPaused
      tags
      updated
    }
    totalCount {
      value
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
}
fragment FlowRunPoint on FlowRunDuration {
  id
  name
  stateType
  startTime
  duration
}
fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}`) as unknown as TypedDocumentString<FlowPageQuery, FlowPageQueryVariables>;
export const FlowPageChangedDocument = new TypedDocumentString(`
    subscription FlowPageChanged($id: UUID!, $after: Cursor) {
  flowRunStateChanged(filter: { flowIds: [$id] }, after: $after) {
    cursor
    changes {
      flowRun {
        ...FlowRunRow
      }
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
}`) as unknown as TypedDocumentString<FlowPageChangedSubscription, FlowPageChangedSubscriptionVariables>;
export const DeleteFlowDocument = new TypedDocumentString(`
    mutation DeleteFlow($id: UUID!, $dryRun: Boolean!) {
  deleteFlows(input: { ids: [$id], dryRun: $dryRun }) {
    deletedIds
    flowRunCount
    deploymentCount
  }
}
    `) as unknown as TypedDocumentString<DeleteFlowMutation, DeleteFlowMutationVariables>;
export const FlowsDocument = new TypedDocumentString(`
    query Flows($first: Int!, $after: Cursor, $filter: FlowFilter, $orderBy: FlowOrder!, $start: DateTime!, $end: DateTime!, $bucketSize: Duration!) {
  flows(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes {
      ...FlowRow
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
  known: flows(first: 1) {
    totalCount {
      value
      isExact
    }
  }
}
    fragment FlowRow on Flow {
  id
  name
  tags
  activity(start: $start, end: $end, bucketSize: $bucketSize) {
    ...FlowActivity
  }
  lastRun {
    ...FlowLastRun
  }
}
fragment FlowActivity on FlowActivity {
  counts {
    bucket
    type
    count
  }
  runningCount
  eventCursor
}
fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}`) as unknown as TypedDocumentString<FlowsQuery, FlowsQueryVariables>;
export const FlowsRunsChangedDocument = new TypedDocumentString(`
    subscription FlowsRunsChanged($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    changes {
      ...FlowRunChange
    }
    gap {
      reason
    }
  }
}
    fragment FlowLastRun on FlowRun {
  id
  name
  version
  flowId
  stateType
  stateName
  stateTimestamp
  expectedStartTime
}
fragment FlowRunChange on FlowRunStateChange {
  flowRun {
    ...FlowLastRun
  }
  state {
    type
  }
  previousState {
    type
  }
}`) as unknown as TypedDocumentString<FlowsRunsChangedSubscription, FlowsRunsChangedSubscriptionVariables>;
export const FlowsChangedDocument = new TypedDocumentString(`
    subscription FlowsChanged($after: Cursor) {
  eventOccurred(
    filter: {
      namePrefixes: ["prefect.flow."]
      names: ["flow-run.deleted", "retention.swept"]
    }
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
    `) as unknown as TypedDocumentString<FlowsChangedSubscription, FlowsChangedSubscriptionVariables>;
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
    openSockets
    databaseFacts {
      sizeBytes
      revision
      serverCount
    }
    services {
      name
      every
      lastTickAt
      failure
    }
    retention {
      runsDays
      eventsDays
      logsDays
    }
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