/**
 * A duration around `average`, exponentially distributed as the gaps between independent events are, cut so that it is at most `1 + factor` times the
 * average and that the average stays what it is: whoever failed together does not come back together. The peer's formula.
 */
export function around(average: number, factor: number, random: () => number): number {
  const most = 1 + Math.max(0, factor)
  const shareBelow = (multiple: number) => 1 - Math.exp(-multiple)
  const [lower, upper] = [shareBelow(leastFor(most)), shareBelow(most)]
  return -Math.log(Math.max(1 - (lower + random() * (upper - lower)), 1e-10)) * average
}

/** How far below the average the cut must be when it is `most` times the average above. */
const leastFor = (most: number): number => (most >= 50 ? 0 : Math.max(0, Math.log2(Math.max(2 ** most / (2 ** most - 1), 1e-10))))
