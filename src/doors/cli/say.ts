export const say = (line: string): void => void process.stdout.write(`${line}\n`)

export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

/** In columns; the last one is as wide as it is. */
export function sayTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  for (const row of rows) say(row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  '))
}
