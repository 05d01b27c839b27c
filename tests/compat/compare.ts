import type { Answer } from './answers.ts'

export interface Mismatch {
  readonly key: string
  readonly recorded: Answer | undefined
  readonly ours: Answer
}

/** Where our answer is not the peer's, on purpose. */
export interface Difference {
  readonly reason: string
  covers(mismatch: Mismatch): boolean
}

export type Answers = Readonly<Record<string, Answer>>

export const mismatches = (recorded: Answers, ours: Answers): Mismatch[] =>
  Object.entries(ours)
    .map(([key, answer]) => ({ key, recorded: recorded[key], ours: answer }))
    .filter(({ recorded: theirs, ours: own }) => !same(theirs, own))

/** Splits the cells into equal ones, different ones that a listed difference gives a reason for, and the rest. */
export function compare(recorded: Answers, ours: Answers, differences: readonly Difference[]) {
  const found = mismatches(recorded, ours)
  const unlisted = found.filter(mismatch => !differences.some(difference => difference.covers(mismatch)))
  return { equal: Object.keys(ours).length - found.length, listed: found.length - unlisted.length, unlisted }
}

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A reason without what Python calls a kind of state. */
export const withoutPythonNames = (reason: string | null): string | null => reason?.replaceAll('StateType.', '') ?? null
