import { type Instant, MICROSECONDS_PER_SECOND, toIso } from '../../kernel/clock.ts'
import type { CommandEnv } from '../../kernel/context.ts'
import type { EventDraft, Labels, LogEvent } from '../../kernel/event-log.ts'
import { isUuid } from '../../kernel/ids.ts'
import type { Decision, FlowRunFacts, FlowRunRecord } from '../orchestration/index.ts'
import type { ProposedState, StateRecord, StateType } from '../states/index.ts'

const PREFIX = 'prefect.flow-run.'
const LONGEST_MESSAGE = 100_000
/** Two states further apart than this are not said to follow each other. */
const TIGHT = 5 * 60 * MICROSECONDS_PER_SECOND

/** A flow run entered a state. The event's id is the state's. */
export function flowRunStateChanged({ state: from, flowName }: FlowRunFacts, { intended, written }: Decision): EventDraft {
  const { run, state } = written!
  return {
    id: state.id,
    workspaceId: run.workspaceId,
    occurred: state.timestamp,
    received: state.timestamp,
    event: PREFIX + state.name,
    resource: {
      'prefect.resource.id': PREFIX + run.id,
      'prefect.resource.name': run.name,
      'prefect.run-count': String(run.runCount),
      'prefect.state-message': (state.message ?? '').slice(0, LONGEST_MESSAGE),
      'prefect.state-name': state.name,
      'prefect.state-timestamp': toIso(state.timestamp),
      'prefect.state-type': state.type,
    },
    related: relatedOf(run, flowName),
    payload: {
      intended: { from: from?.type ?? null, to: intended.type },
      initial_state: from && summary(from),
      validated_state: summary(state),
    },
    follows: from && state.timestamp - from.timestamp <= TIGHT ? from.id : null,
  }
}

type Env = Pick<CommandEnv, 'ids' | 'now'>

/** A change of a run that is no change of its state. The peer has no such events: the names are our own. */
const changed =
  (verb: 'updated' | 'deleted') =>
  ({ ids, now }: Env, run: FlowRunRecord, flowName: string): EventDraft => ({
    id: ids.uuid(),
    workspaceId: run.workspaceId,
    occurred: now,
    received: now,
    event: `flow-run.${verb}`,
    resource: { 'prefect.resource.id': PREFIX + run.id, 'prefect.resource.name': run.name },
    related: relatedOf(run, flowName),
    payload: {},
    follows: null,
  })

export const flowRunEvents = { updated: changed('updated'), deleted: changed('deleted') } as const

const relatedOf = (run: FlowRunRecord, flowName: string): Labels[] => [
  { 'prefect.resource.id': `prefect.flow.${run.flowId}`, 'prefect.resource.role': 'flow', 'prefect.resource.name': flowName },
  ...run.tags.map(tag => ({ 'prefect.resource.id': `prefect.tag.${tag}`, 'prefect.resource.role': 'tag' })),
]

const summary = ({ type, name, message }: Pick<ProposedState, 'type' | 'name' | 'message'>) => ({ type, name, message: message ?? '' })

/** What a state-change event says, read back from the log. */
export interface FlowRunStateChange {
  readonly flowRunId: string
  readonly flowName: string | null
  readonly stateId: string
  readonly state: { readonly type: StateType; readonly name: string }
  readonly previousState: { readonly type: StateType; readonly name: string } | null
  readonly occurred: Instant
}

/** Undefined when the event is no state change of a flow run of this server's own making. */
export function stateChangeOf(event: LogEvent): FlowRunStateChange | undefined {
  const resourceId = event.resource['prefect.resource.id'] ?? ''
  const state = event.payload.validated_state as Pick<StateRecord, 'type' | 'name'> | undefined
  const flowRunId = resourceId.slice(PREFIX.length)
  if (!event.event.startsWith(PREFIX) || !resourceId.startsWith(PREFIX) || !isUuid(flowRunId) || !state) return undefined
  return {
    flowRunId,
    flowName: event.related.find(related => related['prefect.resource.role'] === 'flow')?.['prefect.resource.name'] ?? null,
    stateId: event.id,
    state,
    previousState: (event.payload.initial_state as Pick<StateRecord, 'type' | 'name'> | null | undefined) ?? null,
    occurred: event.occurred,
  }
}
