import type { Answer } from './ask.ts'
import { differences } from './differences.ts'

export interface Mismatch {
  readonly key: string
  readonly recorded: Answer | undefined
  readonly ours: Answer
}

/** Splits the cells into equal ones, different ones that `differences.ts` gives a reason for, and the rest. */
export function compare(recorded: Readonly<Record<string, Answer>>, ours: Readonly<Record<string, Answer>>) {
  const mismatches = Object.entries(ours)
    .map(([key, answer]) => ({ key, recorded: recorded[key], ours: answer }))
    .filter(({ recorded: theirs, ours: own }) => JSON.stringify(theirs) !== JSON.stringify(own))
  const unlisted = mismatches.filter(mismatch => !differences.some(difference => difference.covers(mismatch)))
  return { equal: Object.keys(ours).length - mismatches.length, listed: mismatches.length - unlisted.length, unlisted }
}
