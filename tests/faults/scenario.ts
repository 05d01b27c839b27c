/** A way to hurt the server, and what must still hold. Run by a test with its defaults, and by `npm run faults` with whatever is asked. */
export interface Scenario {
  name: string
  sentence: string
  databases: readonly FaultDatabase[]
  /** Numbers on the command line, `--kills 100`, with their defaults. */
  options: Readonly<Record<string, number>>
  /** Flows of the SDK run in it. */
  needsPython?: boolean
  run(order: ScenarioOrder): Promise<Figures>
}

export type FaultDatabase = 'sqlite' | 'postgres'

export interface ScenarioOrder {
  database: FaultDatabase
  options: Readonly<Record<string, number>>
  /** How it goes, for whoever waits. */
  tell(line: string): void
}

/** What came of it. A scenario throws nothing for a broken promise: it counts, so that all of them are seen. */
export interface Figures {
  /** Broken promises by name; all must be zero. */
  broken: Record<string, number>
  /** What was done and how long it took. */
  seen: Record<string, number | string>
  /** First few details of what was broken. */
  details: string[]
}

export const isWhole = ({ broken }: Figures): boolean => Object.values(broken).every(count => count === 0)

export const describeFigures = ({ broken, seen, details }: Figures): string =>
  [
    Object.entries(broken)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
    Object.entries(seen)
      .map(([name, value]) => `${name} ${typeof value === 'number' ? Math.round(value * 10) / 10 : value}`)
      .join(', '),
    ...details,
  ].join('\n  ')
