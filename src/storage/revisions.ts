import { AppError } from '../kernel/errors.ts'

/** What a migration would do: revisions in the order they are applied, or taken back. */
export interface MigrationPlan {
  readonly direction: 'up' | 'down'
  readonly steps: readonly string[]
  /** Where the database is afterwards; null: nothing is left. */
  readonly target: string | null
}

/** `head` (the default), `+N`, or a revision by its name or a prefix that only it has. */
export function planUpgrade(known: readonly string[], applied: readonly string[], revision = 'head'): MigrationPlan {
  const pending = known.slice(applied.length)
  const count = relative(revision, '+')
  const until = revision === 'head' ? known.length : count !== undefined ? applied.length + count : indexOf(known, revision) + 1
  if (until > known.length) throw refuse(`There are only ${pending.length} revisions above this database, not ${count}.`)
  if (until < applied.length) throw refuse(`${known[until - 1]} is below this database: downgrade to it instead.`)
  return { direction: 'up', steps: known.slice(applied.length, until), target: known[until - 1] ?? null }
}

/** `-1` (the default), `-N`, `base`, or a revision by its name or a prefix that only it has: that one stays. */
export function planDowngrade(known: readonly string[], applied: readonly string[], revision = '-1'): MigrationPlan {
  const count = relative(revision, '-')
  const left = revision === 'base' ? 0 : count !== undefined ? applied.length - count : indexOf(known, revision) + 1
  if (left < 0) throw refuse(`This database has only ${applied.length} revisions, not ${count}.`)
  if (left > applied.length) throw refuse(`${known[left - 1]} is above this database: upgrade to it instead.`)
  return { direction: 'down', steps: applied.slice(left).toReversed(), target: applied[left - 1] ?? null }
}

const relative = (revision: string, sign: '+' | '-'): number | undefined =>
  revision.startsWith(sign) && /^\d+$/.test(revision.slice(1)) ? Number(revision.slice(1)) : undefined

function indexOf(known: readonly string[], revision: string): number {
  const exact = known.indexOf(revision)
  if (exact >= 0) return exact
  const found = known.filter(name => name.startsWith(revision) || name.replace(/^\d+-/, '').startsWith(revision))
  if (found.length === 1) return known.indexOf(found[0]!)
  if (found.length > 1) throw refuse(`${revision} could be any of ${found.join(', ')}.`)
  throw refuse(`There is no revision ${revision}. There are: ${known.join(', ')}, and head, base, +N, -N.`)
}

const refuse = (message: string): AppError => new AppError('INVALID', `${message} Nothing was changed.`)
