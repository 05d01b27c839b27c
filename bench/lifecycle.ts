// The lifecycle of a flow run as a client drives it: created as PENDING, then RUNNING, then COMPLETED. Each is one request, one operation.
import type { Answer, HttpClient } from './http-client.ts'

export type DoorName = 'rest' | 'graphql'

/** What the server has acknowledged: a state of a run, by their ids. */
export interface Acknowledged {
  runId: string
  /** Undefined where the door was not asked for it, since that would be one more look-up. */
  stateId?: string
}

/** One way to ask. Each call is one request; a refusal or an error throws. */
export interface Door {
  ensureFlow(client: HttpClient, name: string): Promise<string>
  create(client: HttpClient, flowId: string, tag?: string): Promise<Acknowledged>
  setState(client: HttpClient, runId: string, type: 'RUNNING' | 'COMPLETED'): Promise<Acknowledged>
}

const names = { RUNNING: 'Running', COMPLETED: 'Completed' }

const rest: Door = {
  async ensureFlow(client, name) {
    return parse<{ id: string }>(await client.post('/api/flows/', JSON.stringify({ name }))).id
  },
  async create(client, flowId, tag) {
    const body = { flow_id: flowId, state: { type: 'PENDING', name: 'Pending' }, ...(tag ? { tags: [tag] } : {}) }
    const { id, state } = parse<{ id: string; state: { id: string } }>(await client.post('/api/flow_runs/', JSON.stringify(body)))
    return { runId: id, stateId: state.id }
  },
  async setState(client, runId, type) {
    const body = JSON.stringify({ state: { type, name: names[type] } })
    const { status, state } = parse<{ status: string; state: { id: string } }>(await client.post(`/api/flow_runs/${runId}/set_state`, body))
    return { runId, stateId: accepted(status, state.id) }
  },
}

const createDocument = 'mutation Create($input: CreateFlowRunInput!) { createFlowRun(input: $input) { flowRun { id stateType } } }'
const setStateDocument = 'mutation SetState($input: SetFlowRunStateInput!) { setFlowRunState(input: $input) { status state { id } } }'

const graphql: Door = {
  ensureFlow: rest.ensureFlow,
  async create(client, flowId, tag) {
    const input = { flowId, state: { type: 'PENDING' }, ...(tag ? { tags: [tag] } : {}) }
    const { createFlowRun } = await ask<{ createFlowRun: { flowRun: { id: string } } }>(client, createDocument, input)
    return { runId: createFlowRun.flowRun.id }
  },
  async setState(client, runId, type) {
    const { setFlowRunState } = await ask<{ setFlowRunState: { status: string; state: { id: string } } }>(client, setStateDocument, {
      flowRunId: runId,
      state: { type },
    })
    return { runId, stateId: accepted(setFlowRunState.status, setFlowRunState.state.id) }
  },
}

export const doors: Record<DoorName, Door> = { rest, graphql }

async function ask<Data>(client: HttpClient, query: string, input: object): Promise<Data> {
  const { data, errors } = parse<{ data: Data; errors?: { message: string }[] }>(
    await client.post('/graphql', JSON.stringify({ query, variables: { input } })),
  )
  if (errors) throw new Error(errors.map(error => error.message).join('; '))
  return data
}

function parse<Body>({ status, body }: Answer): Body {
  if (status < 200 || status > 299) throw new Error(`${status} ${body.slice(0, 200)}`)
  return JSON.parse(body) as Body
}

function accepted(status: string, stateId: string): string {
  if (status !== 'ACCEPT') throw new Error(`The transition was answered ${status}.`)
  return stateId
}
