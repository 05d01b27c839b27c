// Asks one cell of the matrix of task runs.
import { type Answer, answerOf, type Columns, call, differences, kindOf, nameOf } from '../answers.ts'
import { FUTURE, PAST, stored, type WireState } from '../states.ts'
import { type Cell, type KnownKey, type Place, places, type Situation } from './cells.ts'

interface Ground {
  readonly api: string
  readonly flowId: string
  /** A flow run in each kind of state; none for a task in the background. */
  readonly flowRunIds: Readonly<Record<Place, string | null>>
  readonly cacheKeys: Readonly<Record<KnownKey, string>>
  /** A key that no task run has yet. */
  nextKey(): string
}

const toPlaces: Readonly<Record<Exclude<Place, 'background'>, readonly WireState[]>> = {
  running: [{ type: 'RUNNING', name: 'Running' }],
  scheduled: [{ type: 'SCHEDULED', name: 'Scheduled', state_details: { scheduled_time: FUTURE } }],
  pending: [{ type: 'PENDING', name: 'Pending' }],
  completed: [{ type: 'COMPLETED', name: 'Completed' }],
  failed: [{ type: 'FAILED', name: 'Failed' }],
  crashed: [{ type: 'CRASHED', name: 'Crashed' }],
  cancelled: [{ type: 'CANCELLED', name: 'Cancelled' }],
  cancelling: [
    { type: 'RUNNING', name: 'Running' },
    { type: 'CANCELLING', name: 'Cancelling' },
  ],
  paused: [
    { type: 'RUNNING', name: 'Running' },
    { type: 'PAUSED', name: 'Paused', state_details: { pause_timeout: FUTURE, pause_key: 'first' } },
  ],
  suspended: [
    { type: 'RUNNING', name: 'Running' },
    { type: 'PAUSED', name: 'Suspended', state_details: { pause_timeout: FUTURE, pause_reschedule: true, pause_key: 'first' } },
  ],
  retrying: [
    { type: 'RUNNING', name: 'Running' },
    { type: 'RUNNING', name: 'Retrying' },
  ],
}

export async function prepareGround(api: string): Promise<Ground> {
  // Results under a key outlive the ground that lent them.
  const unique = `${process.pid}-${Date.now()}`
  const flow = (await call('POST', `${api}/flows/`, { name: `compat-${unique}` })).body
  const flowRunIds: Record<string, string | null> = { background: null }
  for (const place of places) flowRunIds[place] = (await flowRunIn(api, { flow_id: flow.id }, toPlaces[place])).id
  let made = 0
  const cacheKeys = {
    lasting: `lasting ${unique}`,
    'until the future': `until the future ${unique}`,
    'until the past': `until the past ${unique}`,
    unknown: `unknown ${unique}`,
  }
  const ground: Ground = {
    api,
    flowId: flow.id,
    flowRunIds: flowRunIds as Record<Place, string | null>,
    cacheKeys,
    nextKey: () => `${unique}-${made++}`,
  }
  await lend(ground, { cache_key: cacheKeys.lasting })
  await lend(ground, { cache_key: cacheKeys['until the future'], cache_expiration: FUTURE })
  await lend(ground, { cache_key: cacheKeys['until the past'], cache_expiration: PAST })
  return ground
}

async function lend(ground: Ground, state_details: Readonly<Record<string, unknown>>): Promise<void> {
  const { id } = await newTaskRun(ground, {})
  await propose(ground, `task_runs/${id}`, { type: 'COMPLETED', name: 'Completed', data: stored, state_details })
}

async function flowRunIn(api: string, body: object, states: readonly WireState[]): Promise<any> {
  const run = (await call('POST', `${api}/flow_runs/`, body)).body
  for (const state of states) await propose({ api }, `flow_runs/${run.id}`, state, true)
  return run
}

const propose = ({ api }: Pick<Ground, 'api'>, run: string, state: WireState, force = false) =>
  call('POST', `${api}/${run}/set_state`, { state, force })

const newTaskRun = async (ground: Ground, { place = 'running', policy = {} }: Partial<Situation>, state?: WireState): Promise<any> =>
  (
    await call('POST', `${ground.api}/task_runs/`, {
      // The peer keeps a short queue of deferred runs for each task, and hangs when it is full.
      task_key: ground.nextKey(),
      dynamic_key: '0',
      flow_run_id: ground.flowRunIds[place],
      empirical_policy: policy,
      ...(state ? { state } : {}),
    })
  ).body

const columnsOf = async ({ api }: Ground, id: string, situation: Situation): Promise<Columns> =>
  columns((await call('GET', `${api}/task_runs/${id}`)).body, situation)

export async function ask(ground: Ground, cell: Cell): Promise<Answer> {
  const { situation } = cell
  if (situation.isCreated) return askCreation(ground, cell)
  const run = await newTaskRun(ground, situation)
  if (situation.isSubflow) return askSubflow(ground, cell, run.id)
  const path = `task_runs/${run.id}`
  for (const { state, isForced } of situation.before ?? []) await propose(ground, path, state, isForced)
  if (cell.from) await propose(ground, path, cell.from, true)
  const before = await columnsOf(ground, run.id, situation)
  const cacheKey = situation.knownKey ? ground.cacheKeys[situation.knownKey] : situation.ownKey && situation.ownKey + ground.nextKey()
  const answered = await propose(ground, path, withKey(cell.to, cacheKey), situation.isForced)
  const answer = answerOf(answered, before, await columnsOf(ground, run.id, situation))
  return situation.ownKey ? { ...answer, afterwards: await askForResult(ground, cacheKey!) } : answer
}

async function askCreation(ground: Ground, { situation, to }: Cell): Promise<Answer> {
  const run = await newTaskRun(ground, situation, to)
  const after = await columnsOf(ground, run.id, situation)
  return { http: 201, status: 'CREATED', reason: null, delay: false, answered: nameOf(run.state), changed: differences({}, after) }
}

async function askSubflow(ground: Ground, { situation, from, to }: Cell, taskRunId: string): Promise<Answer> {
  const child = await flowRunIn(ground.api, { flow_id: ground.flowId, parent_task_run_id: taskRunId }, from ? [from] : [])
  const before = await columnsOf(ground, taskRunId, situation)
  const answered = await propose(ground, `flow_runs/${child.id}`, to)
  return answerOf(answered, before, await columnsOf(ground, taskRunId, situation))
}

/** What a task run is answered that asks to run with the key. */
async function askForResult(ground: Ground, cacheKey: string): Promise<string> {
  const { id } = await newTaskRun(ground, {})
  const { body } = await propose(ground, `task_runs/${id}`, withKey({ type: 'RUNNING', name: 'Running' }, cacheKey))
  return `${body.status} ${nameOf(body.state)}`
}

const withKey = (state: WireState, cacheKey: string | undefined): WireState =>
  cacheKey === undefined ? state : { ...state, state_details: { ...state.state_details, cache_key: cacheKey } }

function columns(run: any, { policy = {}, knownKey, ownKey }: Situation): Columns {
  const details = run.state?.state_details ?? {}
  return {
    state: nameOf(run.state),
    message: run.state?.message ?? null,
    data: run.state?.data ?? null,
    state_is_new: run.state_id,
    run_count: run.run_count,
    flow_run_run_count: run.flow_run_run_count,
    has_started: run.start_time !== null,
    has_ended: run.end_time !== null,
    has_ended_at: run.end_time,
    has_run: run.total_run_time > 0,
    next_scheduled: kindOf(run.next_scheduled_start_time),
    expected: kindOf(run.expected_start_time),
    scheduled_time: kindOf(details.scheduled_time),
    due_in: dueIn(run.state, 'retry_jitter_factor' in policy),
    is_known: run.state ? details.task_run_id === run.id && details.flow_run_id === run.flow_run_id : null,
    child_flow_run_id: details.child_flow_run_id != null,
    cache_key: knownKey || ownKey ? details.cache_key != null : (details.cache_key ?? null),
    cache_expiration: kindOf(details.cache_expiration),
    deferred: details.deferred ?? false,
    task_parameters_id: details.task_parameters_id ?? null,
    retriable: details.retriable ?? null,
    transition_id: details.transition_id ?? null,
    pause_timeout: kindOf(details.pause_timeout),
    pause_reschedule: details.pause_reschedule ?? false,
    pause_key: details.pause_key ?? null,
  }
}

/** Whole seconds from the state to its time, where they are not drawn by lot. */
function dueIn(state: any, isDrawn: boolean): number | string | null {
  const time = state?.state_details.scheduled_time
  if (!time || kindOf(time) !== 'about now') return null
  const seconds = Math.round((Date.parse(time) - Date.parse(state.timestamp)) / 1000)
  return isDrawn && seconds !== 0 ? 'drawn' : seconds
}
