// Scenario `dom`: from a committed transition to the page that shows it, in a real browser, with no other load.
import { missingBrowser } from '../tests/support/browser.ts'
import { type DomLatency, latencyLine, measureDomLatency } from '../tests/web/browser/dom-latency.ts'
import { lookAtMachine, type MachineState } from './machine.ts'

export interface DomRow extends DomLatency {
  machine: MachineState
}

export const DOM_P95_MILLISECONDS = 100

/** One row for each page, as it is measured; none, aloud, where there is no browser. */
export async function* measureDom(transitions = 300): AsyncGenerator<DomRow> {
  const missing = missingBrowser()
  if (missing !== undefined) {
    console.error(`dom is left out: ${missing}.`)
    return
  }
  const machine = lookAtMachine()
  for await (const row of measureDomLatency(transitions)) yield { ...row, machine }
}

export const domLine = (row: DomRow): string =>
  `${latencyLine(row)}; calibration ${row.machine.calibrationMilliseconds.toFixed(0)} ms, load ${row.machine.load.toFixed(1)}`
