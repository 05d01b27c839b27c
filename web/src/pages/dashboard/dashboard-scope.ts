import { QUARTER_HOUR, type TimeRange } from '../../charts/time-range.ts'
import type { DashboardQueryVariables } from '../../generated/graphql.ts'
import type { Query } from '../../links.ts'
import { isStateType, type StateType } from '../../parts/states.ts'
import { isRangeName, type RangeName } from './dashboard-range.ts'

/** What the whole page is about, as its address says it. */
export interface Scope {
  range: RangeName | { readonly after: number; readonly before: number }
  tag: string | undefined
  hasSubflows: boolean
  /** The kind of state that the chart shows bright. */
  state: StateType | undefined
}

const USUAL_RANGE: RangeName = '24h'

export const readScope = (search: URLSearchParams): Scope => {
  const range = search.get('range')
  // Runs are counted by quarters of an hour: what is said to be shown is what is shown.
  const after = Math.floor(Date.parse(search.get('after') ?? '') / QUARTER_HOUR) * QUARTER_HOUR
  const before = Math.ceil(Date.parse(search.get('before') ?? '') / QUARTER_HOUR) * QUARTER_HOUR
  const tag = search.get('tag')?.trim()
  const state = search.get('state') ?? ''
  return {
    range: after < before ? { after, before } : isRangeName(range) ? range : USUAL_RANGE,
    tag: tag === '' ? undefined : tag,
    hasSubflows: search.get('subflows') === 'shown',
    state: isStateType(state) ? state : undefined,
  }
}

export const queryOf = ({ range, tag, hasSubflows, state }: Scope): Query => ({
  ...(typeof range === 'string'
    ? { range: range === USUAL_RANGE ? undefined : range }
    : { after: toIso(range.after), before: toIso(range.before) }),
  tag,
  subflows: hasSubflows ? 'shown' : undefined,
  state,
})

type Filter = NonNullable<DashboardQueryVariables['filter']>

export const filterOf = ({ tag, hasSubflows }: Scope): Filter => ({ ...(tag ? { tag } : {}), ...(hasSubflows ? {} : { isSubflow: false }) })

/** The same runs on their own page: `/runs` with this query counts what the dashboard counts. Without times: whenever they were expected. */
export const runsQuery = (
  filter: Filter | null | undefined,
  states: readonly string[],
  { start, end }: Partial<Pick<TimeRange, 'start' | 'end'>> = {},
): Query => ({
  state: states,
  tag: filter?.tag ?? undefined,
  after: start === undefined ? undefined : toIso(start),
  before: end === undefined ? undefined : toIso(end - 1),
  subflows: filter?.isSubflow === false ? 'hidden' : undefined,
})

const toIso = (time: number) => new Date(time).toISOString()
