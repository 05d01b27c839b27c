import { createInterface } from 'node:readline/promises'
import { AppError } from '../../kernel/errors.ts'

/** Asks on the terminal, unless `yes` has answered. Where nobody can answer it is refused. */
export async function agreed(yes: boolean | undefined, question: string): Promise<boolean> {
  if (yes) return true
  if (!process.stdin.isTTY) throw new AppError('INVALID', `${question} Nobody is there to answer: pass -y to agree. Nothing was changed.`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
