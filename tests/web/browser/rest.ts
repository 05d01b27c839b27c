// What a client does to the server while a page watches.
export interface Rest {
  createRun(input?: NewRun): Promise<string>
  /** Forced, so that a test may choose any path; answers the new state's timestamp, as milliseconds since the epoch. */
  setState(id: string, type: string, input?: { name?: string; message?: string; state_details?: object }): Promise<number>
  /** A task run in a flow run, which waits for those of `parents`. Answers its id. */
  createTask(flowRunId: string, name: string, parents?: readonly string[]): Promise<string>
  setTaskState(id: string, type: string, input?: { name?: string; message?: string; state_details?: object }): Promise<void>
  log(id: string, ...messages: (string | { message: string; level?: number; timestamp?: string })[]): Promise<void>
  /** A type of block with these fields, as a package makes one known. */
  makeBlockType(slug: string, fields: object): Promise<void>
  /** A deployment of a flow, by its id. */
  deploy(flow: string, name: string): Promise<string>
  setVariable(name: string, value: unknown, tags?: string[]): Promise<void>
  /** Answers its id. */
  makeArtifact(artifact: Readonly<Record<string, unknown>>): Promise<string>
  graphql<Answer>(query: string): Promise<Answer>
  /** The counts by state type, those of zero left out. */
  counts(): Promise<Record<string, number>>
}

export interface NewRun {
  name?: string
  flow?: string
  type?: string
  stateName?: string
  tags?: string[]
  parameters?: Record<string, unknown>
  deploymentId?: string
  scheduledTime?: string
}

export function restOf(url: string, authString?: string): Rest {
  const headers = {
    'content-type': 'application/json',
    ...(authString === undefined ? {} : { authorization: `Basic ${Buffer.from(authString).toString('base64')}` }),
  }
  const post = async (path: string, body: unknown): Promise<any> => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const flows = new Map<string, Promise<string>>()
  const flowId = (name: string) => {
    if (!flows.has(name))
      flows.set(
        name,
        post('/api/flows/', { name }).then(({ id }) => id as string),
      )
    return flows.get(name)!
  }
  const graphql = async <Answer>(query: string): Promise<Answer> => {
    const { data, errors } = await post('/graphql', { query })
    if (errors) throw new Error(JSON.stringify(errors))
    return data as Answer
  }

  return {
    graphql,
    async createRun({ name, flow = 'etl', type = 'PENDING', stateName, tags = [], parameters = {}, deploymentId, scheduledTime } = {}) {
      const details = scheduledTime === undefined ? {} : { state_details: { scheduled_time: scheduledTime } }
      const state = { type, ...(stateName === undefined ? {} : { name: stateName }), ...details }
      const run = { flow_id: await flowId(flow), name, tags, parameters, state, deployment_id: deploymentId }
      const { id } = await post('/api/flow_runs/', run)
      return id
    },
    async setState(id, type, input = {}) {
      const { status, state } = await post(`/api/flow_runs/${id}/set_state`, { state: { type, ...input }, force: true })
      if (status !== 'ACCEPT') throw new Error(`The transition of ${id} to ${type} was answered with ${status}.`)
      return Date.parse(state.timestamp)
    },
    async createTask(flowRunId, name, parents = []) {
      const task_inputs = { rows: parents.map(id => ({ input_type: 'task_run', id })) }
      return (await post('/api/task_runs/', { flow_run_id: flowRunId, name, task_key: name, dynamic_key: '0', task_inputs })).id
    },
    async setTaskState(id, type, input = {}) {
      await post(`/api/task_runs/${id}/set_state`, { state: { type, ...input }, force: true })
    },
    async log(id, ...messages) {
      const timestamp = new Date().toISOString()
      await post(
        '/api/logs/',
        messages.map(message => ({
          name: 'prefect.flow_runs',
          level: 20,
          timestamp,
          flow_run_id: id,
          ...(typeof message === 'string' ? { message } : message),
        })),
      )
    },
    async makeBlockType(slug, fields) {
      const { id } = await post('/api/block_types/', { name: slug, slug })
      await post('/api/block_schemas/', { block_type_id: id, fields: { type: 'object', block_type_slug: slug, ...fields } })
    },
    deploy: async (flow, name) => (await post('/api/deployments/', { flow_id: await flowId(flow), name })).id,
    setVariable: (name, value, tags = []) => post('/api/variables/', { name, value, tags }),
    makeArtifact: async artifact => (await post('/api/artifacts/', artifact)).id,
    async counts() {
      const { flowRunStateCounts } = await graphql<{ flowRunStateCounts: { counts: { type: string; count: number }[] } }>(
        '{ flowRunStateCounts { counts { type count } } }',
      )
      return Object.fromEntries(flowRunStateCounts.counts.filter(({ count }) => count > 0).map(({ type, count }) => [type, count]))
    },
  }
}
