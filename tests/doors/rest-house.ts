// A server asked through its REST door, for the suites of that door.
import { expect } from 'vitest'
import { knock, type RawAnswer } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

export interface RestHouse {
  readonly doors: Doors
  /** A text is sent as it is, anything else as JSON. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: any; text: string; type: string; headers: RawAnswer['headers'] }>
  /** Its id. */
  newFlow(name: string, rest?: object): Promise<string>
  /** Its id. */
  newRun(flowId: string, rest?: object): Promise<string>
  setState(runId: string, state: object): Promise<void>
  close(): Promise<void>
}

export async function openRest(environment: Record<string, string> = {}): Promise<RestHouse> {
  const doors = await openDoors(environment)
  const ask: RestHouse['ask'] = async (method, path, body, headers = {}) => {
    const answer = await knock(doors.port, {
      method,
      path: `/api${path}`,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const type = answer.headers['content-type'] ?? ''
    return {
      status: answer.status,
      body: type.startsWith('application/json') ? JSON.parse(answer.text) : undefined,
      text: answer.text,
      type,
      headers: answer.headers,
    }
  }
  return {
    doors,
    ask,
    newFlow: async (name, rest = {}) => (await ask('POST', '/flows/', { name, ...rest })).body.id,
    newRun: async (flowId, rest = {}) => (await ask('POST', '/flow_runs/', { flow_id: flowId, ...rest })).body.id,
    setState: async (runId, state) => void (await ask('POST', `/flow_runs/${runId}/set_state`, { state, force: true })),
    close: () => doors.close(),
  }
}

export const unknownId = '019ab000-0000-7000-8000-00000000dead'
export const anyUuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
