/** Python's levels; each stands for what lies between it and the next. */
export const logLevels = [
  { key: 'debug', from: 0, word: 'DEBUG' },
  { key: 'info', from: 20, word: 'INFO' },
  { key: 'warning', from: 30, word: 'WARN' },
  { key: 'error', from: 40, word: 'ERROR' },
  { key: 'critical', from: 50, word: 'CRITICAL' },
] as const

export type LevelKey = (typeof logLevels)[number]['key']
export type LevelCounts = Record<LevelKey, number>

export const levelOf = (level: number): (typeof logLevels)[number] => logLevels.findLast(({ from }) => level >= from) ?? logLevels[0]

export const noLines = (): LevelCounts => ({ debug: 0, info: 0, warning: 0, error: 0, critical: 0 })

/** How many of the lines are of a level or graver. */
export const countFrom = (counts: LevelCounts, least: number): number =>
  logLevels.reduce((sum, { key, from }) => (from >= least ? sum + counts[key] : sum), 0)
