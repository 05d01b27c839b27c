import { resolve } from 'node:path'
import { AppError } from './errors.ts'

export type DatabaseTarget =
  | { readonly kind: 'sqlite-file'; readonly path: string }
  | { readonly kind: 'sqlite-memory' }
  | { readonly kind: 'postgres'; readonly url: string; readonly location: string }

/** Reads a connection URL in our spelling or the peer's (SQLAlchemy's). `source` names the setting in a refusal. */
export function parseDatabaseUrl(url: string, source: string): DatabaseTarget {
  const match = /^([a-z0-9]+)(?:\+[a-z0-9_]+)?:(.*)$/is.exec(url.trim())
  const scheme = match?.[1]?.toLowerCase()
  if (scheme === 'sqlite') return sqliteTarget(match![2]!)
  if (scheme === 'postgresql' || scheme === 'postgres') return postgresTarget(match![2]!, source)
  throw new AppError('INVALID', `${source} is not a database this server knows: it must begin with sqlite:// or postgresql://.`, { source })
}

function sqliteTarget(rest: string): DatabaseTarget {
  const [path = '', parameters = ''] = rest.replace(/^\/\/\/?/, '').split('?')
  const isMemory = path === '' || path.includes(':memory:') || /(^|&)mode=memory(&|$)/.test(parameters)
  return isMemory ? { kind: 'sqlite-memory' } : { kind: 'sqlite-file', path: resolve(path.replace(/^file:/, '')) }
}

function postgresTarget(rest: string, source: string): DatabaseTarget {
  try {
    const url = new URL(`postgresql:${rest}`)
    return { kind: 'postgres', url: url.href, location: `${url.host}${url.pathname}` }
  } catch {
    throw new AppError('INVALID', `${source} is not a Postgres address: postgresql://user:password@host:5432/name is expected.`, { source })
  }
}
