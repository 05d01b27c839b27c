import type { FlowRunFilter, StateType } from '../../generated/graphql.ts'
import type { Query } from '../../links.ts'
import { isStateType } from '../../parts/states.ts'

export const ranges = [
  { value: '1h', label: 'last hour', hours: 1 },
  { value: '24h', label: 'last 24 hours', hours: 24 },
  { value: '7d', label: 'last 7 days', hours: 168 },
  { value: '30d', label: 'last 30 days', hours: 720 },
] as const

export type Range = (typeof ranges)[number]['value'] | 'upcoming'
export type Subflows = 'hidden' | 'only'

/** What somebody wants to see, as the address says it. What is empty or undefined is not asked. */
export interface Choice {
  /** Kinds of states in capitals, and names of states, mixed. */
  states: readonly string[]
  flows: readonly string[]
  tags: readonly string[]
  deployments: readonly string[]
  /** A part of the name, or a whole id. */
  name: string
  range: Range | undefined
  after: string | undefined
  before: string | undefined
  subflows: Subflows | undefined
  parent: string | undefined
  isOldestFirst: boolean
}

export const readChoice = (search: URLSearchParams): Choice => {
  const range = search.get('range')
  const subflows = search.get('subflows')
  return {
    states: distinct(search.getAll('state')),
    flows: distinct(search.getAll('flow')),
    tags: distinct(search.getAll('tag')),
    deployments: distinct(search.getAll('deployment')).filter(isId),
    name: search.get('name')?.trim() ?? '',
    range: range === 'upcoming' ? range : ranges.find(({ value }) => value === range)?.value,
    after: momentOf(search.get('after')),
    before: momentOf(search.get('before')),
    subflows: subflows === 'hidden' || subflows === 'only' ? subflows : undefined,
    parent: [search.get('parent') ?? ''].find(isId),
    isOldestFirst: search.get('order') === 'oldest',
  }
}

export const queryOf = ({
  states,
  flows,
  tags,
  deployments,
  name,
  range,
  after,
  before,
  subflows,
  parent,
  isOldestFirst,
}: Choice): Query => ({
  name: name === '' ? undefined : name,
  state: states,
  flow: flows,
  tag: tags,
  deployment: deployments,
  range,
  after,
  before,
  subflows,
  parent,
  order: isOldestFirst ? 'oldest' : undefined,
})

/** Whether anything but the order is asked. */
export const isNarrowed = (choice: Choice): boolean =>
  Object.values(queryOf({ ...choice, isOldestFirst: false })).some(value => value !== undefined && value.length > 0)

/** Those scheduled for next week must not push what happens now off the page, unless somebody asks for them. */
export const leavesOutAhead = ({ states, range, after, before }: Choice): boolean =>
  states.length === 0 && range !== 'upcoming' && after === undefined && before === undefined

const SOON_MILLISECONDS = 60_000
export const soonAfter = (now: number): string => new Date(now + SOON_MILLISECONDS).toISOString()

/** The part of the filter which no change of state makes true or untrue, so that a stream of changes may be filtered by it. */
export const standingFilter = (choice: Choice, now: number): FlowRunFilter => {
  const hours = ranges.find(({ value }) => value === choice.range)?.hours
  const after = hours === undefined ? (choice.range === 'upcoming' ? new Date(now).toISOString() : choice.after) : hoursBefore(now, hours)
  return {
    ...(isId(choice.name) ? { ids: [choice.name] } : choice.name !== '' ? { nameContains: choice.name } : {}),
    ...(choice.flows.length > 0 ? { flowNames: [...choice.flows] } : {}),
    ...(choice.tags.length > 0 ? { tags: [...choice.tags] } : {}),
    ...(choice.deployments.length > 0 ? { deploymentIds: [...choice.deployments] } : {}),
    ...(choice.subflows ? { isSubflow: choice.subflows === 'only' } : {}),
    ...(choice.parent ? { parentTaskRunIds: [choice.parent] } : {}),
    ...(after ? { expectedStartTimeAfter: after } : {}),
    ...(choice.before && choice.range === undefined ? { expectedStartTimeBefore: choice.before } : {}),
  }
}

export const filterOf = (choice: Choice, now: number): FlowRunFilter => ({
  ...standingFilter(choice, now),
  ...stateFilter(choice.states),
  ...(leavesOutAhead(choice) ? { expectedStartTimeBefore: soonAfter(now) } : {}),
})

const stateFilter = (states: readonly string[]): FlowRunFilter => {
  const types = states.filter(isStateType) as StateType[]
  if (states.length === 0) return {}
  if (types.length === states.length) return { stateTypes: types }
  return types.length === 0 ? { stateNames: [...states] } : { states: [...states] }
}

interface Stated {
  type?: string | null
  name?: string | null
}

export const isInStates = (states: readonly string[], { type, name }: Stated): boolean =>
  states.length === 0 || states.includes(type ?? '') || states.includes(name ?? '')

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const distinct = (values: readonly string[]) => [...new Set(values.map(value => value.trim()).filter(value => value !== ''))]
const hoursBefore = (now: number, hours: number) => new Date(now - hours * 3_600_000).toISOString()
const momentOf = (text: string | null): string | undefined =>
  text === null || Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString()
