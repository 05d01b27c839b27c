import { describe, expect, test } from 'vitest'
import type { DurationPointFragment } from '../../web/src/generated/graphql.ts'
import { createPoints, MOST_POINTS, secondsOf, usualSeconds } from '../../web/src/pages/flow-runs/list-points.ts'
import { durationLines, durationName, plotOf, pointAt, timeAt, timeLines, xOf, yOf } from '../../web/src/pages/flow-runs/scatter.ts'

const noon = Date.parse('2026-11-25T12:00:00Z')
const minute = 60_000
const size = { width: 1000, height: 100 }
const at = (minutes: number, seconds: number) => ({ startedAt: noon + minutes * minute, seconds })

describe('a plot of durations', () => {
  const points = [at(-60, 5), at(-30, 300), at(0, 0.5)]
  const plot = plotOf(points, size, noon)

  test('holds every point, with times named on both sides of the durations', () => {
    for (const { startedAt, seconds } of points) {
      expect(xOf(plot, startedAt)).toBeGreaterThan(0)
      expect(xOf(plot, startedAt)).toBeLessThan(1000)
      expect(yOf(plot, seconds)).toBeGreaterThanOrEqual(0)
      expect(yOf(plot, seconds)).toBeLessThanOrEqual(100)
    }
    expect([plot.shortest, plot.longest]).toEqual([0.1, 600])
    expect(durationLines(plot)).toEqual([0.1, 1, 10, 60, 600])
    expect(durationLines(plot).map(durationName)).toEqual(['100 ms', '1s', '10s', '1m', '10m'])
  })

  test('is logarithmic: ten times as long is as far up, wherever it begins', () => {
    const decade = yOf(plot, 0.1) - yOf(plot, 1)
    expect(yOf(plot, 1) - yOf(plot, 10)).toBeCloseTo(decade)
    expect(yOf(plot, 0)).toBe(100)
  })

  test('a place in it is a moment, and the moment that place', () => {
    expect(xOf(plot, timeAt(plot, 400))).toBeCloseTo(400)
    expect(timeAt(plot, -50)).toBe(plot.from)
    expect(timeAt(plot, 5000)).toBe(plot.to)
  })

  test('is drawn for one point, and for none', () => {
    expect(xOf(plotOf([at(0, 1)], size, noon), noon)).toBeGreaterThan(0)
    expect(plotOf([], size, noon).to).toBeGreaterThan(plotOf([], size, noon).from)
  })

  test('has its lines of time at round hours of the clock it is told', () => {
    const day = plotOf([at(-24 * 60, 1)], size, noon)
    const hours = (ahead: number) => timeLines(day, 110, ahead).map(time => new Date(time + ahead).toISOString().slice(11, 16))
    expect(hours(0)).toEqual(['12:00', '15:00', '18:00', '21:00', '00:00', '03:00', '06:00', '09:00', '12:00'])
    expect(hours(90 * minute).every(hour => /^(00|03|06|09|12|15|18|21):00$/.test(hour))).toBe(true)
  })

  test('a point is meant by a place near it, the nearest first, and by none far away', () => {
    const [x, y] = [xOf(plot, points[1]!.startedAt), yOf(plot, points[1]!.seconds)]
    expect(pointAt(plot, points, x + 5, y - 5)).toBe(points[1])
    expect(pointAt(plot, points, x + 40, y)).toBeUndefined()
    expect(pointAt(plot, [at(-30, 300), points[1]!], x, y)?.seconds).toBe(300)
  })
})

describe('the points of the chart', () => {
  const read = (id: string, version = 1, minutes = 0): DurationPointFragment => ({
    id,
    version,
    name: id,
    flowName: 'etl',
    stateType: 'RUNNING',
    stateName: 'Running',
    startTime: new Date(noon + minutes * minute).toISOString(),
    duration: 10,
  })
  const run = (id: string, version: number, minutes = 0) => ({
    id,
    version,
    name: id,
    flow: { id: 'f', name: 'etl' },
    stateType: 'COMPLETED' as const,
    stateName: 'Completed',
    stateTimestamp: new Date(noon).toISOString(),
    startTime: new Date(noon + minutes * minute).toISOString(),
    expectedStartTime: null,
    endTime: null,
    totalRunTime: 42,
    tags: [],
    runCount: 1,
    state: null,
    deployment: null,
  })

  test('of a run are as new as what is known of it, whichever came first', () => {
    const points = createPoints()
    points.reset([read('a')], noon)
    points.apply([run('a', 2)])
    expect(points.read()).toMatchObject([{ id: 'a', version: 2, duration: 42, runningSince: undefined }])
    points.reset([read('a', 1), read('b', 3)], noon)
    expect(points.read().map(({ id, version }) => `${id}${version}`)).toEqual(['a2', 'b3'])
  })

  test('grow while their run runs', () => {
    const points = createPoints()
    points.reset([read('a')], noon)
    const [point] = points.read()
    expect([secondsOf(point!, noon), secondsOf(point!, noon + 3_000), secondsOf(point!, noon - 3_000)]).toEqual([10, 13, 10])
  })

  test('leave with their run, and are not of one that has not started', () => {
    const points = createPoints()
    points.apply([run('a', 1), { ...run('b', 1), startTime: null }])
    expect(points.read().map(({ id }) => id)).toEqual(['a'])
    points.remove(['a'])
    expect(points.read()).toEqual([])
  })

  test('do not grow in number without end: the oldest go', () => {
    const points = createPoints()
    for (let index = 0; index < 3 * MOST_POINTS; index += 1) points.apply([run(`r${index}`, 1, index)])
    expect(points.read().length).toBeLessThanOrEqual(MOST_POINTS * 1.2)
    expect(points.read().at(-1)?.id).toBe(`r${3 * MOST_POINTS - 1}`)
  })

  test('tell the usual duration of a flow: the middle of those that ended well, where there are enough', () => {
    const points = createPoints()
    points.apply([1, 2, 3, 4, 500].map(seconds => ({ ...run(`r${seconds}`, 1), totalRunTime: seconds })))
    points.apply([
      { ...run('failed', 1), stateType: 'FAILED', totalRunTime: 9 },
      { ...run('other', 1), flow: { id: 'g', name: 'rare' } },
    ])
    expect([...usualSeconds(points.read())]).toEqual([['etl', 3]])
  })
})
