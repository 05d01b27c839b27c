import type { Run } from './live-list.ts'

const columns: Record<string, (run: Run) => unknown> = {
  id: run => run.id,
  name: run => run.name,
  flow: run => run.flow.name,
  deployment: run => run.deployment?.name,
  state: run => run.stateType,
  state_name: run => run.stateName,
  state_since: run => run.stateTimestamp,
  state_message: run => run.state?.message,
  expected_start: run => run.expectedStartTime,
  start: run => run.startTime,
  end: run => run.endTime,
  run_seconds: run => run.totalRunTime,
  attempts: run => run.runCount,
  tags: run => run.tags.join(' '),
  parameters: run => (run.parameters === undefined ? undefined : JSON.stringify(run.parameters)),
}

/** By RFC 4180: a head, then a line for each run. */
export const toCsv = (runs: readonly Run[]): string =>
  [Object.keys(columns), ...runs.map(run => Object.values(columns).map(read => read(run)))]
    .map(line => `${line.map(cell).join(',')}\r\n`)
    .join('')

// A spreadsheet takes what begins so for a formula, and runs it.
const isFormula = (text: string) => /^[=+\-@\t\r]/.test(text)

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = isFormula(String(value)) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
