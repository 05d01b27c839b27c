export interface DiffLine {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Beyond this many pairs of lines the comparison would keep the page waiting. */
const MOST_PAIRS = 4_000_000

/** Which lines went and which came, by the longest common run of lines; undefined where there are too many to be compared. */
export const diffLines = (before: string, after: string): DiffLine[] | undefined => {
  const [old, young] = [before.split('\n'), after.split('\n')]
  const start = sharedStart(old, young)
  const end = sharedEnd(old.slice(start), young.slice(start))
  const [gone, come] = [old.slice(start, old.length - end), young.slice(start, young.length - end)]
  if (gone.length * come.length > MOST_PAIRS) return undefined
  return [
    ...old.slice(0, start).map(text => ({ kind: 'same', text }) as const),
    ...between(gone, come),
    ...old.slice(old.length - end).map(text => ({ kind: 'same', text }) as const),
  ]
}

const sharedStart = (one: readonly string[], other: readonly string[]): number => {
  let at = 0
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1
  return at
}

const sharedEnd = (one: readonly string[], other: readonly string[]): number => sharedStart(one.toReversed(), other.toReversed())

function between(gone: readonly string[], come: readonly string[]): DiffLine[] {
  const width = come.length + 1
  /** The length of the longest common run of what is left, from each pair of places on. */
  const left = new Uint32Array((gone.length + 1) * width)
  for (let i = gone.length - 1; i >= 0; i -= 1)
    for (let j = come.length - 1; j >= 0; j -= 1)
      left[i * width + j] =
        gone[i] === come[j] ? left[(i + 1) * width + j + 1]! + 1 : Math.max(left[(i + 1) * width + j]!, left[i * width + j + 1]!)

  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < gone.length || j < come.length) {
    if (i < gone.length && j < come.length && gone[i] === come[j]) {
      lines.push({ kind: 'same', text: gone[i]! })
      i += 1
      j += 1
    } else if (j >= come.length || (i < gone.length && left[(i + 1) * width + j]! >= left[i * width + j + 1]!)) {
      lines.push({ kind: 'gone', text: gone[i]! })
      i += 1
    } else {
      lines.push({ kind: 'new', text: come[j]! })
      j += 1
    }
  }
  return lines
}

export type DiffPart = DiffLine | { kind: 'skipped'; count: number }

/** Only what differs, with some lines around it. */
export const folded = (lines: readonly DiffLine[], around = 3): DiffPart[] => {
  const isNear = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'))
  const parts: DiffPart[] = []
  for (const [at, line] of lines.entries()) {
    const last = parts.at(-1)
    if (isNear[at]) parts.push(line)
    else if (last?.kind === 'skipped') last.count += 1
    else parts.push({ kind: 'skipped', count: 1 })
  }
  return parts
}
