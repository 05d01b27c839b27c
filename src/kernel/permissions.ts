/** `noun:level`; a higher level includes the lower ones. */
export type Level = 'read' | 'write' | 'admin'
export type Permission = `${string}:${Level}`

export interface Actor {
  readonly id: string
  readonly kind: 'user' | 'service-account' | 'system' | 'anonymous'
  readonly name: string
  readonly grants: Grants
}

/** `'*'` allows everything; else the highest level held by noun. */
export type Grants = '*' | Readonly<Record<string, Level>>

const rank: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 }

export function allows(grants: Grants, needed: Permission): boolean {
  if (grants === '*') return true
  const [noun, level] = needed.split(':') as [string, Level]
  const held = grants[noun]
  return held !== undefined && rank[held] >= rank[level]
}

/** Who acts while authentication is off, and who holds the shared auth string. */
export const owner: Actor = Object.freeze({ id: '00000000-0000-7000-8000-000000000001', kind: 'user', name: 'owner', grants: '*' })

export const systemActor = (service: string): Actor => ({ id: `system:${service}`, kind: 'system', name: service, grants: '*' })
