// The matrices there are: what is asked of a server, cell by cell, and where our answers differ from the peer's on purpose.
import type { Answer } from './answers.ts'
import type { Answers, Difference } from './compare.ts'
import * as flowRuns from './flow-runs/ask.ts'
import { cells as flowRunCells } from './flow-runs/cells.ts'
import { differences as flowRunDifferences } from './flow-runs/differences.ts'
import * as taskRuns from './task-runs/ask.ts'
import { cells as taskRunCells } from './task-runs/cells.ts'
import { differences as taskRunDifferences } from './task-runs/differences.ts'

export interface Matrix {
  readonly name: string
  readonly keys: readonly string[]
  readonly differences: readonly Difference[]
  /** Answers how a cell is asked of the server, whose ground it prepares. */
  open(api: string): Promise<(key: string) => Promise<Answer>>
}

const matrix = <Cell extends { readonly key: string }, Ground>(
  name: string,
  cells: readonly Cell[],
  differences: readonly Difference[],
  { prepareGround, ask }: { prepareGround(api: string): Promise<Ground>; ask(ground: Ground, cell: Cell): Promise<Answer> },
): Matrix => {
  const byKey = new Map(cells.map(cell => [cell.key, cell]))
  return {
    name,
    keys: cells.map(({ key }) => key),
    differences,
    async open(api) {
      const ground = await prepareGround(api)
      return key => ask(ground, byKey.get(key)!)
    },
  }
}

export const matrices: readonly Matrix[] = [
  matrix('flow-runs', flowRunCells, flowRunDifferences, flowRuns),
  matrix('task-runs', taskRunCells, taskRunDifferences, taskRuns),
]

/** Asks the cells over several connections; one whose connection breaks, anew. `onAnswer` hears of each as it comes. */
export async function askAll(
  { open }: Matrix,
  api: string,
  keys: readonly string[],
  connections: number,
  onAnswer: (key: string, answer: Answer) => void = () => undefined,
): Promise<Answers> {
  const ask = await open(api)
  const answers: Record<string, Answer> = {}
  const waiting = keys.toReversed()
  const askOn = async () => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      const answer = await ask(key).catch(() => ask(key))
      answers[key] = answer
      onAnswer(key, answer)
    }
  }
  await Promise.all(Array.from({ length: connections }, askOn))
  return answers
}
