import type { StateType } from '../parts/states.ts'

/** How many runs of each kind; kinds without runs are left out. */
export type StateBucket = Readonly<Partial<Record<StateType, number>>>

/** From the line upward, and from it downward. What has not started yet stands uppermost, as an outline. */
export const upward = ['COMPLETED', 'RUNNING', 'PENDING', 'PAUSED', 'CANCELLING', 'CANCELLED', 'SCHEDULED'] as const satisfies StateType[]
export const downward = ['FAILED', 'CRASHED'] as const satisfies StateType[]

export const sumOf = (bucket: StateBucket, types: readonly StateType[]): number => types.reduce((sum, type) => sum + (bucket[type] ?? 0), 0)
export const heightAbove = (bucket: StateBucket): number => sumOf(bucket, upward)
export const heightBelow = (bucket: StateBucket): number => sumOf(bucket, downward)

export const added = (bucket: StateBucket, type: StateType, by: number): StateBucket => ({ ...bucket, [type]: (bucket[type] ?? 0) + by })

/** From counts that leave out what is zero. */
export const bucketsFrom = (counts: readonly { bucket: number; type: StateType; count: number }[], bucketCount: number): StateBucket[] => {
  const buckets: StateBucket[] = Array.from({ length: bucketCount }, () => ({}))
  for (const { bucket, type, count } of counts) buckets[bucket] = { ...buckets[bucket], [type]: count }
  return buckets
}

/** One failure alone is no column. */
const LEAST_BELOW = 3

/** The most failures in one bar of any strip: the scale below the line that all strips of a list share. */
export const mostBelowIn = (strips: readonly (readonly StateBucket[])[]): number => Math.max(LEAST_BELOW, ...strips.flat().map(heightBelow))

export const totalOf = (buckets: readonly StateBucket[]): StateBucket => {
  const total: Partial<Record<StateType, number>> = {}
  for (const bucket of buckets)
    for (const [type, count] of Object.entries(bucket)) total[type as StateType] = (total[type as StateType] ?? 0) + count
  return total
}

/** Neighbours together, where there is no room for each; the first of them begins `lead` buckets before the first one there is. */
export const merged = (buckets: readonly StateBucket[], factor: number, lead = 0): StateBucket[] =>
  Array.from({ length: Math.ceil((buckets.length + lead) / factor) }, (_, index) =>
    totalOf(buckets.slice(Math.max(0, index * factor - lead), (index + 1) * factor - lead)),
  )

export interface Segment {
  type: StateType
  y: number
  height: number
}

interface Scale {
  /** Where the line is. */
  line: number
  upper: number
  lower: number
  mostAbove: number
  mostBelow: number
}

const LEAST_FAILURE = 2.5

/** The parts of one bar, parted by a pixel of surface where they are high enough to lose one. Above and below have scales of their own. */
export const segmentsOf = (bucket: StateBucket, { line, upper, lower, mostAbove, mostBelow }: Scale): Segment[] => {
  const segments: Segment[] = []
  let y = line
  for (const type of upward) {
    const height = ((bucket[type] ?? 0) / Math.max(1, mostAbove)) * upper
    if (height <= 0) continue
    const gap = segments.length > 0 && height > 2 ? 1 : 0
    y -= height
    segments.push({ type, y, height: Math.max(1, height - gap) })
  }
  y = line + 1
  for (const type of downward) {
    const count = bucket[type] ?? 0
    if (count <= 0) continue
    const height = Math.min(lower, Math.max(LEAST_FAILURE, (count / Math.max(1, mostBelow)) * lower))
    segments.push({ type, y, height })
    y += height + 1
  }
  return segments
}

/** The smallest of 1, 2, 5, 10, 20 … that makes at most so many steps. */
export const stepFor = (most: number, lines: number): number => {
  let step = 1
  for (let index = 0; most / step > lines; index += 1) step *= index % 3 === 1 ? 2.5 : 2
  return step
}
