const steps = [
  [0.001, '1 ms'],
  [0.01, '10 ms'],
  [0.1, '100 ms'],
  [1, '1s'],
  [10, '10s'],
  [60, '1m'],
  [600, '10m'],
  [3600, '1h'],
  [36_000, '10h'],
  [360_000, '100h'],
] as const

/** Durations from the round one below the shortest to the round one above the longest, by their logarithm: 200 ms and two hours both are to be seen. */
export const durationScale = (seconds: readonly number[], height: number) => {
  const shortest = Math.min(...seconds)
  const longest = Math.max(...seconds)
  const low = Math.min(
    steps.length - 2,
    Math.max(
      0,
      steps.findLastIndex(([step]) => step <= shortest),
    ),
  )
  const above = steps.findIndex(([step], index) => index > low && step >= longest)
  const shown = steps.slice(low, (above < 0 ? steps.length - 1 : above) + 1)
  const [floor] = shown[0] ?? steps[0]
  const [ceiling] = shown.at(-1) ?? steps[1]
  const yOf = (value: number) => {
    const share = Math.log(Math.max(value, floor) / floor) / Math.log(ceiling / floor)
    return height - Math.min(1, share) * height
  }
  return { yOf, grid: shown.map(([step, label]) => ({ label, y: yOf(step) })) }
}
