// Task runs as the SDK reports them over /events/in: three events each, a kilobyte and a half a piece.
import { uuidAt } from './uuids.ts'

export interface FlowRunNamed {
  id: string
  flowId: string
  name: string
}

const steps = [
  { type: 'PENDING', name: 'Pending' },
  { type: 'RUNNING', name: 'Running' },
  { type: 'COMPLETED', name: 'Completed' },
] as const

export interface Report {
  id: string
  frame: string
}

/** Of how many task runs before it one takes the result of one. */
const NEAR = 50

/** The reports of one task run after the other, without end, each with the moment at which it is asked for. Chained ones take results of one another. */
export function* taskRunReports(flowRun: FlowRunNamed, chance: () => number, { isChained = false } = {}): Generator<Report, never> {
  const related = [
    { 'prefect.resource.id': `prefect.flow-run.${flowRun.id}`, 'prefect.resource.role': 'flow-run', 'prefect.resource.name': flowRun.name },
    { 'prefect.resource.id': `prefect.flow.${flowRun.flowId}`, 'prefect.resource.role': 'flow', 'prefect.resource.name': 'bench' },
  ]
  const near: string[] = []
  for (;;) {
    const id = uuidAt(Date.now(), chance)
    const parent = isChained ? near[Math.floor(chance() * near.length)] : undefined
    near.push(id)
    if (near.length > NEAR) near.shift()
    const dynamicKey = uuidAt(Date.now(), chance)
    const name = `double-${dynamicKey.slice(-3)}`
    const times: string[] = []
    let follows: string | null = null
    for (const [index, { type, name: stateName }] of steps.entries()) {
      const eventId: string = uuidAt(Date.now(), chance)
      times.push(`${new Date().toISOString().slice(0, -1)}${String(index).padStart(3, '0')}Z`)
      const before = index === 0 ? null : steps[index - 1]!
      const state = { type, name: stateName, message: '', state_details: index === 2 ? { untrackable_result: true } : {} }
      const frame = JSON.stringify({
        id: eventId,
        occurred: times[index],
        event: `prefect.task-run.${stateName}`,
        resource: {
          'prefect.resource.id': `prefect.task-run.${id}`,
          'prefect.resource.name': name,
          'prefect.run-count': index === 0 ? '0' : '1',
          'prefect.state-message': '',
          'prefect.state-name': stateName,
          'prefect.state-timestamp': times[index],
          'prefect.state-type': type,
          'prefect.orchestration': 'client',
        },
        related,
        payload: {
          intended: { from: before?.type ?? null, to: type },
          initial_state: before && { ...before, message: '', state_details: {} },
          validated_state: { ...state, data: null },
          task_run: {
            name,
            task_key: 'double-fdbb5535',
            dynamic_key: dynamicKey,
            empirical_policy: { max_retries: 0, retry_delay_seconds: 0, retries: 0, retry_delay: 0 },
            tags: [],
            labels: {},
            task_inputs: { number: parent === undefined ? [] : [{ input_type: 'task_run', id: parent }] },
            run_count: index === 0 ? 0 : 1,
            flow_run_run_count: index === 0 ? 0 : 1,
            expected_start_time: times[0],
            ...(index > 0 ? { start_time: times[1] } : {}),
            ...(index > 1 ? { end_time: times[2] } : {}),
            total_run_time: 0,
          },
        },
        follows,
      })
      follows = eventId
      yield { id: eventId, frame }
    }
  }
}
