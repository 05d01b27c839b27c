import { type Instant, toIso } from '../../kernel/clock.ts'
import type { StateType } from '../states/index.ts'

/** What is to be told of a run that entered a state. */
export interface Occasion {
  readonly policyId: string
  readonly policyName: string | null
  readonly workspaceSlug: string
  readonly flowId: string
  readonly flowName: string
  readonly flowRunId: string
  readonly flowRunName: string
  readonly flowRunTags: readonly string[]
  readonly flowRunParameters: Readonly<Record<string, unknown>>
  readonly deploymentId: string | null
  readonly deploymentName: string | null
  readonly stateType: StateType
  readonly stateName: string
  readonly stateTimestamp: Instant
  readonly stateMessage: string | null
}

export interface Place {
  /** Of the pages, without a slash at its end. */
  readonly url: string
  /** IANA name, for times that people read. */
  readonly timeZone: string
}

type Variable = readonly [description: string, value: (occasion: Occasion, place: Place) => unknown]

export const flowRunUrl = ({ url }: Pick<Place, 'url'>, flowRunId: string): string => `${url}/runs/flow-run/${flowRunId}`

/** Every variable that a template may name: the peer's eleven, and what we add. */
const variables = {
  flow_run_notification_policy_id: ['Id of the policy.', one => one.policyId],
  flow_id: ['Id of the flow.', one => one.flowId],
  flow_name: ['Name of the flow.', one => one.flowName],
  flow_run_url: ['Address of the page of the run.', (one, place) => flowRunUrl(place, one.flowRunId)],
  flow_run_id: ['Id of the run.', one => one.flowRunId],
  flow_run_name: ['Name of the run.', one => one.flowRunName],
  flow_run_parameters: ['Parameters of the run, as JSON.', one => one.flowRunParameters],
  flow_run_state_type: ['Type of the state that was entered, such as FAILED.', one => one.stateType],
  flow_run_state_name: ['Name of that state, such as Failed.', one => one.stateName],
  flow_run_state_timestamp: ['When it was entered, in ISO 8601 and UTC.', one => toIso(one.stateTimestamp)],
  flow_run_state_message: ['What the state says.', one => one.stateMessage ?? ''],
  flow_run_state_time: [
    'When it was entered, as people write it, with the zone of CASTELLAN_NOTIFICATIONS_TIME_ZONE.',
    (one, { timeZone }) => timeText(one.stateTimestamp, timeZone),
  ],
  flow_run_tags: ['Tags of the run, a list.', one => one.flowRunTags],
  flow_url: ['Address of the page of the flow.', (one, { url }) => `${url}/flows/flow/${one.flowId}`],
  deployment_id: ['Id of the deployment; empty when the run has none.', one => one.deploymentId ?? ''],
  deployment_name: ['Name of the deployment; empty when the run has none.', one => one.deploymentName ?? ''],
  notification_policy_name: ['Name of the policy; empty when it has none.', one => one.policyName ?? ''],
  workspace_slug: ['Short name of the workspace.', one => one.workspaceSlug],
} as const satisfies Record<string, Variable>

export interface DescribedVariable {
  readonly name: string
  readonly description: string
}

export const messageVariables: readonly DescribedVariable[] = Object.entries(variables).map(([name, [description]]) => ({
  name,
  description,
}))

export const isVariable = (name: string): boolean => Object.hasOwn(variables, name)

export const valuesOf = (occasion: Occasion, place: Place): Record<string, unknown> =>
  Object.fromEntries(Object.entries<Variable>(variables).map(([name, [, value]]) => [name, value(occasion, place)]))

/** `2022-06-27 16:21:37 EST` */
export function timeText(instant: Instant, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(new Date(Math.floor(instant / 1000)))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`
}

/** Making one takes a millisecond. There are as many as zones in use. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const two = '2-digit'
  const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, timeZoneName: 'short' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts })
  formats.set(timeZone, made)
  return made
}
