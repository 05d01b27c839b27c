import type { DurationPointFragment, ListedFlowRunFragment } from '../../generated/graphql.ts'
import { compareText } from '../../live/text-order.ts'

export interface Point extends DurationPointFragment {
  startedAt: number
  /** Milliseconds since the epoch at which `duration` was true, for one that is running; none for one that is not. */
  runningSince: number | undefined
}

/** Beyond, the oldest go: a chart of more is a smear. */
export const MOST_POINTS = 1_000

/** The points of the chart: the newest of the runs that have started, by their newest version. */
export const createPoints = () => {
  let points = new Map<string, Point>()

  const offer = (point: Point) => {
    const known = points.get(point.id)
    if (known === undefined || known.version <= point.version) points.set(point.id, point)
  }
  const prune = (most: number) => {
    if (points.size <= most) return
    const newest = [...points.values()].sort((left, right) => compareText(right.startTime, left.startTime)).slice(0, MOST_POINTS)
    points = new Map(newest.map(point => [point.id, point]))
  }

  return {
    reset(read: readonly DurationPointFragment[], readAt: number) {
      // What came live while they were read is newer.
      const before = points
      points = new Map()
      for (const point of read) offer({ ...point, startedAt: Date.parse(point.startTime), runningSince: sinceOf(point.stateType, readAt) })
      for (const { id } of read) offer(before.get(id) ?? points.get(id)!)
    },
    apply(runs: readonly ListedFlowRunFragment[]) {
      for (const run of runs) {
        const point = pointOf(run)
        if (point !== undefined) offer(point)
      }
      // Some slack, so that a busy stream does not sort them at every change.
      prune(MOST_POINTS * 1.2)
    },
    remove(ids: readonly string[]) {
      for (const id of ids) points.delete(id)
    },
    /** Oldest first. */
    read: (): readonly Point[] => [...points.values()].sort((left, right) => compareText(left.startTime, right.startTime)),
  }
}

const pointOf = ({ flow, startTime, totalRunTime, ...run }: ListedFlowRunFragment): Point | undefined => {
  if (!startTime) return undefined
  const { id, name, version, stateType, stateName, stateTimestamp } = run
  const runningSince = sinceOf(stateType, Date.parse(stateTimestamp ?? startTime))
  return {
    id,
    name,
    version,
    stateType,
    stateName,
    flowName: flow.name,
    startTime,
    startedAt: Date.parse(startTime),
    duration: totalRunTime,
    runningSince,
  }
}

const sinceOf = (stateType: string | null | undefined, at: number) => (stateType === 'RUNNING' ? at : undefined)

export const secondsOf = ({ duration, runningSince }: Point, now: number): number =>
  duration + (runningSince === undefined ? 0 : Math.max(0, now - runningSince) / 1000)

const FEWEST_FOR_USUAL = 5

/** The median duration of the runs of each flow that ended well; none of a flow that has too few of them to tell. */
export const usualSeconds = (points: readonly Point[]): ReadonlyMap<string, number> => {
  const completed = Map.groupBy(
    points.filter(({ stateType }) => stateType === 'COMPLETED'),
    ({ flowName }) => flowName,
  )
  return new Map(
    [...completed]
      .filter(([, ofFlow]) => ofFlow.length >= FEWEST_FOR_USUAL)
      .map(([flowName, ofFlow]) => [
        flowName,
        ofFlow.map(({ duration }) => duration).sort((one, other) => one - other)[ofFlow.length >> 1]!,
      ]),
  )
}
