import type { Added } from './log-book.ts'
import { contains } from './log-text.ts'

export interface Found {
  /** Of the lines that were searched; those of higher numbers came later. */
  lineCount: number
  count: number
  /** Rising; not all of them where there are too many. */
  numbers: readonly number[]
}

interface Searched {
  level: number
  message: string
}

/** Where in a log a text is, while the log grows. */
export const createMatches = (searched: string, least: number, found: Found) => {
  let { count } = found
  const isComplete = found.count === found.numbers.length
  let numbers = found.numbers.slice()

  const see = ({ number, line }: Added<Searched>) => {
    if (number <= found.lineCount || line.level < least || !contains(line.message, searched)) return
    count += 1
    if (isComplete) numbers.splice(lowerBound(numbers, number), 0, number)
  }

  return {
    /** A line that was there before the search was answered, and may have come after it was asked. */
    see,
    /** Lines that came, in the order they did; `lineCount`: how many there were before. */
    add(added: readonly Added<Searched>[], lineCount: number) {
      for (const [index, one] of added.entries()) {
        if (one.number <= lineCount + index) numbers = numbers.map(other => (other >= one.number ? other + 1 : other))
        see(one)
      }
    },
    get count() {
      return count
    },
    get numbers(): readonly number[] {
      return numbers
    },
    has: (number: number) => numbers[lowerBound(numbers, number)] === number,
    /** The place in `numbers` of the first match at or behind a line, and of the last one before it; round the ends. */
    from: (number: number) => (numbers.length === 0 ? -1 : lowerBound(numbers, number) % numbers.length),
    before: (number: number) => (numbers.length === 0 ? -1 : (lowerBound(numbers, number) - 1 + numbers.length) % numbers.length),
  }
}

export type Matches = ReturnType<typeof createMatches>

const lowerBound = (numbers: readonly number[], wanted: number): number => {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
