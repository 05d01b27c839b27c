import type { LifecycleRow } from './lifecycles.ts'
import type { StartRow } from './starts.ts'

const columns: [title: string, width: number, cell: (row: LifecycleRow, rows: readonly LifecycleRow[]) => string][] = [
  ['database', 10, row => row.database.slice(0, 10)],
  ['door', 8, row => row.door],
  ['clients', 7, row => String(row.clients)],
  ['operations/s', 12, row => rate(row).toFixed(0)],
  ['lifecycles/s', 12, row => (rate(row) / 3).toFixed(0)],
  ['p50 ms', 8, row => row.p50Milliseconds.toFixed(1)],
  ['p99 ms', 8, row => row.p99Milliseconds.toFixed(1)],
  ['server µs/op', 12, row => row.serverCpuMicroseconds?.toFixed(0) ?? '–'],
  ['load µs/op', 10, row => row.clientCpuMicroseconds.toFixed(0)],
  ['errors', 6, row => String(row.errors)],
  ['RSS MB', 6, row => row.residentMegabytes?.toFixed(0) ?? '–'],
  ['machine load', 12, row => row.machine.load.toFixed(1)],
  ['calibration', 11, row => `${row.machine.calibrationMilliseconds.toFixed(0)} ms`],
  ['times peer', 10, (row, rows) => ratio(row, rows)],
]

export const lifecycleTable = (rows: readonly LifecycleRow[]): string =>
  [
    columns.map(([title, width]) => title.padStart(width)),
    ...rows.map(row => columns.map(([, width, cell]) => cell(row, rows).padStart(width))),
  ]
    .map(cells => cells.join('  '))
    .join('\n')

export const lifecycleLine = (row: LifecycleRow): string =>
  `${row.database} ${row.door}, ${row.clients} clients: ${rate(row).toFixed(0)} operations/s, p99 ${row.p99Milliseconds.toFixed(1)} ms, server ${row.serverCpuMicroseconds?.toFixed(0) ?? '–'} µs/op, ${row.errors} errors${row.firstError ? ` (${row.firstError})` : ''}; calibration ${row.machine.calibrationMilliseconds.toFixed(0)} ms, load ${row.machine.load.toFixed(1)}`

export const startLine = (row: StartRow): string =>
  `start: median ${row.medianMilliseconds.toFixed(0)} ms (${row.fastestMilliseconds.toFixed(0)} to ${row.slowestMilliseconds.toFixed(0)}), first with an empty database ${row.firstMilliseconds.toFixed(0)} ms, CPU ${row.cpuMilliseconds?.toFixed(0) ?? '–'} ms, idle RSS ${row.idleMegabytes?.toFixed(0) ?? '–'} MB; calibration ${row.machine.calibrationMilliseconds.toFixed(0)} ms, load ${row.machine.load.toFixed(1)}`

export const rate = ({ operations, seconds }: Pick<LifecycleRow, 'operations' | 'seconds'>): number => operations / seconds

/** Our rate by the rate of the peer at as many clients. */
function ratio(row: LifecycleRow, rows: readonly LifecycleRow[]): string {
  const peer = rows.find(other => other.database === 'peer' && other.clients === row.clients)
  return peer && row !== peer ? `${(rate(row) / rate(peer)).toFixed(1)}x` : '–'
}
