/** Chance that can be had again: the same seed, the same numbers (mulberry32). */
export function createChance(seed: number) {
  let state = seed
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!
  const some = <T>(values: readonly T[]): T[] => values.filter(() => random() < 0.4)
  return { below, pick, some, isLucky: (share: number) => random() < share }
}

export type Chance = ReturnType<typeof createChance>
