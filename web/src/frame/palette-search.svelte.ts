import { request } from '../client.ts'
import {
  type FoundRunFragment,
  type FoundTaskRunFragment,
  type FoundViewFragment,
  PaletteIdsDocument,
  PaletteRunsOfFlowsDocument,
  PaletteSearchDocument,
  type PaletteSearchQuery,
} from '../generated/graphql.ts'
import { linkTo } from '../links.ts'
import { lookOf } from '../parts/states.ts'
import { formatAgo } from '../parts/words.ts'
import type { PaletteEntry, PaletteQuery } from './palette-entries.ts'

const PAUSE_MILLISECONDS = 120

/** Asks the server once somebody pauses in typing. What was found stays until the next answer; an answer that comes late is dropped. */
export const createPaletteSearch = (now: () => number) => {
  let found = $state.raw<readonly PaletteEntry[]>([])
  let milliseconds = $state<number>()
  let error = $state.raw<unknown>()
  let isAsking = $state(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async (query: PaletteQuery, number: number) => {
    const askedAt = performance.now()
    try {
      const entries = await search(query, now())
      if (number !== asked) return
      found = entries
      error = undefined
      milliseconds = Math.round(performance.now() - askedAt)
    } catch (cause) {
      if (number !== asked) return
      found = []
      error = cause
    }
    isAsking = false
  }

  return {
    get found() {
      return found
    },
    get milliseconds() {
      return milliseconds
    },
    get error() {
      return error
    },
    get isAsking() {
      return isAsking
    },
    ask(query: PaletteQuery) {
      clearTimeout(timer)
      asked += 1
      const isWorthAsking = query.kind !== 'actions' && query.text !== ''
      isAsking = isWorthAsking
      if (isWorthAsking) timer = setTimeout(ask, PAUSE_MILLISECONDS, query, asked)
      else {
        found = []
        milliseconds = undefined
        error = undefined
      }
    },
  }
}

const search = async ({ kind, text }: PaletteQuery, now: number): Promise<readonly PaletteEntry[]> => {
  if (kind === 'id') return searchIds(text, now)
  if (kind !== 'idBeginning') return searchWords(kind, text, now)
  const [begun, named] = await Promise.all([searchIds(text, now), searchWords('everything', text, now)])
  const isNew = ({ id }: PaletteEntry) => begun.every(entry => entry.id !== id)
  return [...begun, ...named.filter(isNew)]
}

const searchIds = async (idPrefix: string, now: number): Promise<PaletteEntry[]> => {
  const { flowRuns, taskRuns, flows } = await request(PaletteIdsDocument, { idPrefix })
  const entries = [
    ...flowRuns.nodes.map(run => entryOfRun(run, now)),
    ...taskRuns.nodes.map(run => entryOfTaskRun(run, now)),
    ...flows.nodes.map(entryOfFlow),
  ]
  return entries.map(entry => ({ ...entry, qualifier: `${entry.qualifier} ${entry.id.replace(/^[a-z-]+:/, '')}` }))
}

const searchWords = async (kind: PaletteQuery['kind'], text: string, now: number): Promise<PaletteEntry[]> => {
  const filter = kind === 'tag' ? { tags: [text] } : { nameContains: text }
  const { flowRuns, flows, runViews, eventViews } = await request(PaletteSearchDocument, { runs: filter, flows: filter })
  const named = kind === 'everything' && flows.nodes.length > 0 ? await runsOf(flows.nodes) : []
  const runs = [...new Map([...flowRuns.nodes, ...named].map(run => [run.id, run])).values()]
  const isSought = ({ name }: FoundViewFragment) => kind === 'everything' && name.toLowerCase().includes(text.toLowerCase())
  const views = [...runViews, ...eventViews].filter(isSought)
  return [...runs.map(run => entryOfRun(run, now)), ...flows.nodes.map(entryOfFlow), ...views.map(entryOfView)]
}

const runsOf = async (flows: PaletteSearchQuery['flows']['nodes']): Promise<FoundRunFragment[]> =>
  (await request(PaletteRunsOfFlowsDocument, { flowIds: flows.map(({ id }) => id) })).flowRuns.nodes

const entryOfRun = (run: FoundRunFragment, now: number): PaletteEntry => ({
  id: `run:${run.id}`,
  group: 'Runs',
  name: run.name,
  qualifier: run.flow.name,
  href: linkTo.flowRun(run.id),
  ...howItIs(run, now),
})

const entryOfView = ({ id, list, name, query }: FoundViewFragment): PaletteEntry => ({
  id: `view:${id}`,
  group: 'Go to',
  name,
  ...(list === 'EVENTS'
    ? { qualifier: 'saved view of events', icon: 'events', href: `${linkTo.events()}?${query}` }
    : { qualifier: 'saved view of runs', icon: 'runs', href: `${linkTo.runs()}?${query}` }),
})

const entryOfTaskRun = (run: FoundTaskRunFragment, now: number): PaletteEntry => ({
  id: `task-run:${run.id}`,
  group: 'Runs',
  name: run.name,
  qualifier: run.flowRun ? `task of ${run.flowRun.name}` : 'task',
  href: linkTo.taskRun(run.id),
  ...howItIs(run, now),
})

type Run = Pick<FoundRunFragment, 'stateType' | 'stateName' | 'expectedStartTime' | 'startTime' | 'endTime'>

const howItIs = ({ stateType, stateName, expectedStartTime, startTime, endTime }: Run, now: number) => {
  const type = stateType ?? 'PENDING'
  const name = stateName ?? undefined
  const at = endTime ?? startTime ?? expectedStartTime
  const { label } = lookOf(type, name)
  return { state: { type, name }, status: at ? `${label}, ${formatAgo(Date.parse(at), now)}` : label }
}

const entryOfFlow = ({ id, name }: { id: string; name: string }): PaletteEntry => ({
  id: `flow:${id}`,
  group: 'Flows',
  name,
  qualifier: 'flow',
  icon: 'flows',
  href: linkTo.flow(id),
})
